// What the learner did and the server has not confirmed yet, kept in the browser so that a lost network, a full disk
// or an expired sign-in loses nothing. An item: { key, call, order, path, query, kind, body (ArrayBuffer or object) }.

const NAME = "call-outbox";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("items", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Outbox {
  constructor(call) {
    this.call = call;
    this.items = []; // what is certain even where the browser gives no database (private windows)
    this.lastOrder = 0;
    this.db = null;
  }

  /** Items left by an earlier page of the same call, in order. */
  async load() {
    try {
      this.db = await open();
      const all = await finished(this.db.transaction("items").objectStore("items").getAll());
      const known = new Set(this.items.map((item) => item.key));
      const kept = all.filter((item) => item.call === this.call && !known.has(item.key));
      this.items = [...kept.sort((a, b) => a.order - b.order), ...this.items];
      this.lastOrder = Math.max(this.lastOrder, ...kept.map((item) => item.order));
    } catch {
      this.db = null;
    }
    return this.items;
  }

  async add(item) {
    // Keys pressed within one millisecond, or after the computer's clock was set back, keep their order over a reload.
    this.lastOrder = Math.max(Date.now(), this.lastOrder + 0.01);
    const kept = { ...item, call: this.call, order: this.lastOrder };
    this.items.push(kept);
    await this.write((store) => store.put(kept));
    return kept;
  }

  async remove(key) {
    this.items = this.items.filter((item) => item.key !== key);
    await this.write((store) => store.delete(key));
  }

  async clear() {
    for (const { key } of [...this.items]) await this.remove(key);
  }

  async write(change) {
    if (!this.db) return;
    try {
      await finished(change(this.db.transaction("items", "readwrite").objectStore("items")));
    } catch {
      this.db = null; // the items in memory still hold it
    }
  }
}
