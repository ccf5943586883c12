// The operator's screen: tabs, the search in the company's knowledge, and the sheets, whose every change is kept at once.

import { People, plain } from "./people.js";
import { Sheets } from "./sheets.js";
import { tabRow } from "./tabs.js";

const DICTATED = new Set(["phone", "email", "reference", "number", "address", "money"]);

export class Workscreen {
  /** `onAction({ action, field, value })` is told what was done on the screen; `hidden`: the record has to be searched. */
  constructor(root, { people, hidden, onAction, onCallback }) {
    this.root = root;
    this.onAction = onAction;
    this.hidden = hidden;
    this.form = root.querySelector("form[data-record]");
    this.known = new Map();
    this.typedAt = -Infinity;
    this.tabs();
    this.search();
    this.fields();
    this.people = new People(root, people, onAction);
    this.sheets = new Sheets(root, { onCallback });
  }

  tabs() {
    const tabs = [...this.root.querySelectorAll("[role=tab][data-panel]")];
    const choose = tabRow(tabs, (tab) => {
      const panel = tab.dataset.panel === "customer" && this.hidden ? "desk" : tab.dataset.panel;
      this.onAction({ action: "open", field: panel, value: "" });
    });
    this.show = (panel) => choose(tabs.find((tab) => tab.dataset.panel === panel) || tabs[0]);
  }

  search() {
    const box = this.root.querySelector("[data-search]");
    if (!box) return;
    const rows = [...this.root.querySelectorAll("[data-fact]")].map((row) => [row, plain(`${row.textContent} ${row.dataset.words ?? ""}`)]);
    const groups = [...this.root.querySelectorAll("[data-found-group]")];
    const none = this.root.querySelector("[data-nothing-found]");
    box.addEventListener("input", () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const [row, text] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        found += row.hidden ? 0 : 1;
      }
      for (const group of groups) group.hidden = !group.querySelector("[data-fact]:not([hidden])");
      none.hidden = found > 0;
    });
    for (const article of this.root.querySelectorAll("[data-article]")) {
      article.addEventListener("toggle", () => {
        if (article.open) this.onAction({ action: "open", field: `article:${article.dataset.article}`, value: "" });
      });
    }
    box.addEventListener("change", () => {
      if (box.value.trim()) this.onAction({ action: "search", field: "company", value: box.value.trim().slice(0, 200) });
    });
  }

  fields() {
    for (const input of this.inputs()) {
      this.known.set(input.name, input.value);
      input.addEventListener("change", () => this.keep(input));
      input.addEventListener("blur", () => this.keep(input));
    }
    this.root.addEventListener("input", () => {
      this.typedAt = performance.now();
    });
  }

  inputs() {
    return this.form ? [...this.form.querySelectorAll("[data-field]")] : [];
  }

  keep(input) {
    if (this.known.get(input.name) === input.value) return;
    this.known.set(input.name, input.value);
    this.problem(input.name, "");
    this.onAction({ action: "fill", field: input.name, value: input.value });
  }

  /** Put back what an earlier page of this call had entered. */
  restore(values) {
    for (const input of this.inputs()) {
      if (input.name in values && this.known.get(input.name) === input.value) {
        input.value = values[input.name];
        this.known.set(input.name, input.value);
      }
    }
    this.sheets.count();
  }

  values() {
    return Object.fromEntries(this.inputs().map((input) => [input.name, input.value]));
  }

  /** Show why a field was not taken (or, with "", that it was). */
  problem(name, message) {
    const input = this.inputs().find((one) => one.name === name);
    if (!input) return false;
    input.setAttribute("aria-invalid", String(Boolean(message)));
    const place = document.getElementById(`${input.id}-problem`);
    place.textContent = message;
    place.hidden = !message;
    if (message) {
      this.known.delete(name);
      this.sheets.reveal(input);
    }
    return true;
  }

  typing() {
    return performance.now() - this.typedAt < 5000;
  }

  /** A number or an address is being taken down now, so the end of a turn deserves a longer wait. */
  takingDown() {
    const active = document.activeElement;
    return Boolean(active?.dataset?.field && DICTATED.has(active.dataset.type));
  }
}
