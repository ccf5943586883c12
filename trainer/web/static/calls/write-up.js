// After the call: how it ended, a note where the record form has none, and saving; the record form beside it stays open for corrections.

import { clock } from "../clock.js";

const $ = (selector) => document.querySelector(selector);

export class WriteUp {
  /** `save(body)` sends what was written; `values()` gives the record form as it stands. */
  constructor({ save, values, texts }) {
    Object.assign(this, { save, values, texts });
    this.endedAt = null;
    $("#save-wrap-up").addEventListener("click", () => this.submit());
  }

  open(call) {
    this.endedAt ??= performance.now() - (call.since_end_ms || 0);
    this.ticking ??= setInterval(() => {
      $("#after-call").textContent = clock((performance.now() - this.endedAt) / 1000);
    }, 500);
    $("#answer").hidden = true;
    $("#talk").hidden = true;
    $("#wrap-up").hidden = false;
    $("#outcome").textContent = this.texts.outcomes[call.outcome] || "";
    $("#wrap-up-fields").hidden = false;
    $("#wrap-up-title").focus();
  }

  refused(message) {
    const place = $("#wrap-up-problem");
    place.textContent = message;
    place.hidden = false;
    this.showSaving(false);
  }

  /** The button keeps the focus while it saves, so that a refusal finds the keyboard where it was. */
  showSaving(on) {
    this.saving = on;
    $("#save-wrap-up").setAttribute("aria-disabled", String(on));
  }

  submit() {
    if (this.saving) return;
    const disposition = $("#disposition").value;
    if (!disposition) {
      this.refused(this.texts.dispositionMissing);
      $("#disposition").focus();
      return;
    }
    $("#wrap-up-problem").hidden = true;
    this.showSaving(true);
    const seconds = Math.round((performance.now() - this.endedAt) / 1000);
    this.save({ fields: this.values(), disposition, notes: $("#notes")?.value ?? "", seconds });
  }
}
