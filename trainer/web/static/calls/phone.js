// The telephone's own keys: hold, a colleague, transfer, dialling again, hang up, keypad, and the question before what
// cannot be undone.

import { clock } from "../clock.js";

/** Opens a <dialog>; gives what its form was submitted with ({ button, ...fields }) or null when it was closed. */
export function ask(dialog) {
  return new Promise((resolve) => {
    const form = dialog.querySelector("form");
    form.reset();
    dialog.returnValue = "";
    dialog.addEventListener(
      "close",
      () => {
        if (!dialog.returnValue || dialog.returnValue === "cancel") resolve(null);
        else resolve({ button: dialog.returnValue, ...Object.fromEntries(new FormData(form)) });
      },
      { once: true },
    );
    dialog.showModal();
  });
}

export class Phone {
  /** `send(body)` reports a happening; `onHold(on)` lets the page close its ears meanwhile. */
  constructor({ send, onHold, texts, tones }) {
    Object.assign(this, { send, onHold, texts, tones });
    this.root = document.getElementById("phone");
    this.bar = document.getElementById("party");
    this.onHoldNow = false;
    this.party = "customer";
    this.hold = this.root.querySelector("[data-hold]");
    this.holdClock = this.root.querySelector("[data-hold-clock]");
    this.hold.addEventListener("click", () => this.toggleHold());
    this.root.querySelector("[data-hangup]").addEventListener("click", () => this.hangUp());
    this.root.querySelector("[data-transfer]")?.addEventListener("click", () => this.transfer());
    this.bar.querySelector("[data-put-through]").addEventListener("click", () => this.putThrough());
    this.bar.querySelector("[data-back]").addEventListener("click", () => this.send({ kind: "hold_end" }));
    this.bar.querySelector("[data-dial]").addEventListener("click", () => this.send({ kind: "dial" }));
    const pad = this.root.querySelector("[data-keypad]");
    pad?.addEventListener("click", (event) => {
      const key = event.target.closest("button[data-key]")?.dataset.key;
      if (key) this.press(key);
    });
    pad?.closest("details").addEventListener("keydown", (event) => {
      if (!event.currentTarget.open || event.ctrlKey || event.metaKey || event.altKey || !/^[0-9*#]$/.test(event.key)) return;
      event.preventDefault();
      this.press(event.key);
    });
    setInterval(() => this.tick(), 500);
  }

  press(key) {
    this.tones.pressKey(key);
    this.send({ kind: "key", key });
  }

  toggleHold() {
    this.showHold(!this.onHoldNow);
    this.send({ kind: this.onHoldNow ? "hold_start" : "hold_end" });
  }

  showHold(on, sinceMs = 0) {
    if (on) this.heldFrom ??= performance.now() - sinceMs;
    else this.heldFrom = undefined;
    if (this.onHoldNow === on) return;
    this.onHoldNow = on;
    this.hold.setAttribute("aria-pressed", String(on));
    this.hold.querySelector("[data-label]").textContent = on ? this.texts.resume : this.texts.hold;
    this.holdClock.hidden = !on;
    this.tick();
    this.music();
    this.onHold(on);
  }

  /** The customer hears music while on hold; the operator hears it faintly, and not under a colleague's voice. */
  music() {
    const plays = this.onHoldNow && this.party === "customer";
    if (plays && this.tones.name !== "hold-music") this.tones.play("hold-music", { loop: true, volume: 0.12 });
    else if (!plays && this.tones.name === "hold-music") this.tones.stop();
  }

  tick() {
    if (this.heldFrom !== undefined) this.holdClock.textContent = clock((performance.now() - this.heldFrom) / 1000);
  }

  /** With whom the operator speaks: "customer", "colleague" (who `takes` the call or not yet), "other", "machine", "". */
  showParty(party, takes = false) {
    this.party = party;
    const text = party === "colleague" && takes ? this.texts.parties.takes : this.texts.parties[party || "nobody"];
    this.bar.hidden = party === "customer" || !text;
    this.bar.dataset.party = party || "nobody";
    this.bar.querySelector("[data-party-text]").textContent = text || "";
    this.music();
  }

  async hangUp() {
    if (["other", "machine"].includes(this.party)) this.send({ kind: "hang_up" });
    else {
      const question = document.getElementById("ask-hangup");
      question.querySelector("[data-still-there]").hidden = this.party === "";
      if (await ask(question)) this.send({ kind: "hang_up" });
    }
  }

  async transfer() {
    const answer = await ask(document.getElementById("ask-transfer"));
    if (answer?.button === "consult") this.send({ kind: "consult", to: answer.to || "" });
    else if (answer) this.send({ kind: "transfer", to: answer.to || "", briefing: answer.briefing || "" });
  }

  putThrough() {
    this.send({ kind: "transfer", to: "", briefing: "" });
  }

  /** Nothing more can be pressed: the line is dead. */
  close() {
    this.tones.stop();
    this.bar.hidden = true;
    this.root.querySelectorAll("button").forEach((button) => {
      button.disabled = true;
    });
  }
}
