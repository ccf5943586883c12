// The words of both sides, as they are said: a live region for readers of the screen.

export class Captions {
  constructor(list, texts) {
    this.list = list;
    this.texts = texts;
    this.shown = new Set();
    this.pending = new Map();
    new ResizeObserver(() => this.toEnd()).observe(list);
  }

  /** The latest words stay in sight. */
  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  /** A line not yet confirmed by the server. */
  expect(key, text) {
    const item = this.item("operator", this.texts.you, text);
    item.classList.add("is-pending");
    this.pending.set(key, item);
  }

  settle(key) {
    this.pending.get(key)?.remove();
    this.pending.delete(key);
  }

  show(event) {
    if (this.shown.has(event.seq)) return;
    this.shown.add(event.seq);
    if (event.type === "customer_line") this.item("customer", this.texts.customer, event.text);
    else if (event.type === "operator_utterance") this.item("operator", this.texts.you, event.text);
    else if (event.type === "aside_line") this.item("aside", this.texts.others[event.party], event.text);
    else if (event.type === "aside_utterance") this.item("operator", this.texts.you, event.text);
    else if (event.type === "dialled") this.item("note", "", this.texts.dialled[event.result]);
    else if (this.texts.events[event.type]) this.item("note", "", this.texts.events[event.type]);
  }

  item(kind, who, text) {
    const item = document.createElement("li");
    item.className = `caption caption-${kind}`;
    if (who) {
      const name = document.createElement("span");
      name.className = "caption-who";
      name.textContent = who;
      item.append(name);
    }
    const words = document.createElement("span");
    words.className = "caption-text";
    words.textContent = text;
    item.append(words);
    this.list.append(item);
    this.toEnd();
    return item;
  }
}
