// The sheets of the record: one in sight at a time, how much of each is filled, text templates, the calendar.

import { tabRow } from "./tabs.js";

export class Sheets {
  /** `onCallback({ day, time, phone })` plans a call back. */
  constructor(root, { onCallback }) {
    this.root = root;
    this.tabs = [...root.querySelectorAll("[data-sheet]")];
    this.show = tabRow(this.tabs);
    for (const choice of root.querySelectorAll("[data-snippet-for]")) {
      choice.addEventListener("change", () => this.insert(choice));
    }
    for (const button of root.querySelectorAll("[data-plan-callback]")) {
      const panel = button.closest("[data-sheet-panel]");
      const value = (name) => panel.querySelector(`[name="${name}"]`)?.value ?? "";
      button.addEventListener("click", () => onCallback({ day: value("day"), time: value("time"), phone: value("phone") }));
    }
    root.addEventListener("input", () => this.count());
    this.count();
  }

  /** Bring the sheet of a field into sight. */
  reveal(input) {
    const panel = input.closest("[data-sheet-panel]");
    const tab = this.tabs.find((one) => one.dataset.sheet === panel?.dataset.sheetPanel);
    if (tab) this.show(tab);
  }

  /** How many of the needed fields of each sheet are filled. */
  count() {
    for (const tab of this.tabs) {
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      const needed = [...panel.querySelectorAll("[data-required]")];
      const filled = needed.filter((input) => input.value.trim()).length;
      tab.querySelector("[data-count]").textContent = needed.length ? `${filled}/${needed.length}` : "";
    }
  }

  insert(choice) {
    const box = document.getElementById(choice.dataset.snippetFor);
    if (choice.value) {
      box.value = box.value.trim() ? `${box.value.trim()}\n${choice.value}` : choice.value;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      const gap = /\[[^\]]*\]/.exec(box.value);
      box.focus();
      if (gap) box.setSelectionRange(gap.index, gap.index + gap[0].length);
    }
    choice.value = "";
  }

  planned(text) {
    const place = this.root.querySelector("[data-callback-planned]");
    if (place) place.textContent = text;
  }
}
