// The way to the server: one thing after the other, in order, each sent again until it is confirmed.

import { newId } from "./ids.js";

const WAITS = [1000, 2000, 4000, 8000, 15000];
const PATIENCE_MS = 180000; // longer than the longest queue; a connection that went dead without a word ends here

export class Line {
  /**
   * `on` holds what the page wants to hear: answer(item, json), refused(item, {code, message}), expired(), taken(message),
   * waiting(message) while something could not be delivered (`again` tells that a button must be pressed), clear().
   */
  constructor({ outbox, csrf, stateUrl, tab, on }) {
    Object.assign(this, { outbox, csrf, stateUrl, tab, on });
    this.running = false;
    this.stopped = false;
    this.failures = 0;
    this.timer = null;
  }

  /** Keep `item` and send it when those before it are through. Gives the item's key, which the server knows as turn id. */
  async send({ path, query = {}, body, kind, key = newId() }) {
    await this.outbox.add({ key, path, query, body, kind });
    this.run();
    return key;
  }

  get busy() {
    return this.outbox.items.length > 0;
  }

  /** Go on after a pause: a new sign-in, a retry button, the network coming back. */
  resume() {
    this.stopped = false;
    clearTimeout(this.timer);
    this.run();
  }

  async run() {
    if (this.running || this.stopped) return;
    this.running = true;
    clearTimeout(this.timer);
    try {
      while (this.outbox.items.length && !this.stopped) {
        if (!(await this.deliver(this.outbox.items[0]))) break;
      }
    } finally {
      this.running = false;
    }
  }

  async deliver(item, refreshed = false) {
    let response;
    try {
      response = await this.post(item);
    } catch {
      return this.later("offline");
    }
    if (response.redirected || response.status === 401) return this.pause(() => this.on.expired());
    const json = await response.json().catch(() => null);
    if (response.ok && json) {
      this.failures = 0;
      await this.outbox.remove(item.key);
      this.on.clear();
      await this.on.answer(item, json);
      return true;
    }
    if (json?.code === "error.csrf" && !refreshed && (await this.renewToken())) return this.deliver(item, true);
    // What does not come from the product itself (a proxy, the page of a hotel's network) decides nothing.
    if (!json && response.status !== 413) return this.later("server");
    return this.sortOut(item, response.status, json || {});
  }

  async sortOut(item, status, { code = "", message = "" }) {
    if (code === "call.other_tab") return this.pause(() => this.on.taken(message));
    if (status === 507) return this.pause(() => this.on.waiting(message, true));
    if (status >= 500 || status === 408 || status === 429) return this.later("server", message);
    // The server looked at it and will not take it, now or later: say why, and let the learner go on.
    await this.outbox.remove(item.key);
    this.on.refused(item, { code, message, status });
    return true;
  }

  post(item) {
    const sound = item.body instanceof ArrayBuffer;
    const url = new URL(item.path, window.location.href);
    Object.entries({ ...item.query, tab: this.tab }).forEach(([name, value]) => url.searchParams.set(name, value));
    return fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": sound ? "audio/wav" : "application/json",
        "X-CSRFToken": this.csrf,
        Accept: "application/json",
      },
      body: sound ? item.body : JSON.stringify(item.body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }

  /** A sign-in from another tab changes the form token: fetch the one in force. */
  async renewToken() {
    try {
      const response = await fetch(this.stateUrl, { headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) return false;
      this.csrf = (await response.json()).csrf;
      return true;
    } catch {
      return false;
    }
  }

  later(why, message = "") {
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    if (this.failures > 1) this.on.waiting(message, false, why);
    this.timer = setTimeout(() => this.run(), wait);
    return false;
  }

  pause(tell) {
    this.stopped = true;
    tell();
    return false;
  }
}
