// The customer database: searching for people, and opening the record of one of them.

/** `text` without accents and capitals: what a search compares. */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const digits = (text) => text.replace(/\D/g, "");

export class People {
  /** `people`: [{ id, name, reference, phone, words, lines: [[label, value]] }]; `onAction` is told of searches and openings. */
  constructor(root, people, onAction) {
    Object.assign(this, { root, people, onAction });
    this.form = root.querySelector("[data-people-search]");
    if (!this.form) return;
    this.box = this.form.querySelector("input");
    this.list = root.querySelector("[data-people-found]");
    this.none = root.querySelector("[data-people-none]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
  }

  search() {
    const asked = this.box.value.trim();
    if (asked.length < 2) return;
    const words = plain(asked).split(/\s+/);
    const number = digits(asked).length >= 4 ? digits(asked) : "";
    const found = this.people.filter((one) => {
      const text = plain(`${one.words} ${one.reference}`);
      const joined = text.replace(/[^a-z0-9]/g, "");
      if (number && digits(one.phone).includes(number)) return true;
      return words.every((word) => text.includes(word) || joined.includes(word.replace(/[^a-z0-9]/g, "")));
    });
    this.onAction({ action: "search", field: "people", value: asked.slice(0, 200) });
    this.show(found);
  }

  show(found) {
    this.list.replaceChildren(
      ...found.slice(0, 8).map((one) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "people-row";
        for (const [text, kind] of [[one.name, "people-name"], [one.reference, "num"], [one.phone, "num"]]) {
          const part = document.createElement("span");
          part.className = kind;
          part.textContent = text;
          button.append(part);
        }
        button.addEventListener("click", () => this.open(one));
        item.append(button);
        return item;
      }),
    );
    this.list.hidden = !found.length;
    this.none.hidden = found.length > 0;
  }

  open(one) {
    const own = one.id === "own";
    this.root.querySelector("[data-record-hint]")?.remove();
    const ownRecord = this.root.querySelector("[data-record-of=own]");
    const other = this.root.querySelector("[data-record-of=other]");
    if (ownRecord) ownRecord.hidden = !own;
    other.hidden = own;
    if (!own) {
      other.querySelector("[data-other-name]").textContent = one.name;
      other.querySelector("[data-other-lines]").replaceChildren(
        ...one.lines.flatMap(([label, value]) => {
          const term = document.createElement("dt");
          const told = document.createElement("dd");
          term.textContent = label;
          told.textContent = value;
          return [term, told];
        }),
      );
    }
    this.list.hidden = true;
    this.root.querySelector(`[data-record-of=${own ? "own" : "other"}]`)?.focus();
    this.onAction({ action: "open", field: own ? "record" : one.id.slice(0, 80), value: "" });
  }

  /** Show the own record again where an earlier page of this call had opened it. */
  restore(opened) {
    if (opened && this.form) {
      this.root.querySelector("[data-record-hint]")?.remove();
      const own = this.root.querySelector("[data-record-of=own]");
      if (own) own.hidden = false;
    }
  }
}
