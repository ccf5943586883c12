// The telephone's own keys: hold, transfer, hang up, keypad, and the question before what cannot be undone.

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

export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export class Phone {
  /** `send(body)` reports a happening; `onHold(on)` lets the page close its ears meanwhile. */
  constructor(root, { send, onHold, texts }) {
    Object.assign(this, { root, send, onHold, texts });
    this.onHoldNow = false;
    this.hold = root.querySelector("[data-hold]");
    this.hold.addEventListener("click", () => this.toggleHold());
    root.querySelector("[data-hangup]").addEventListener("click", () => this.hangUp());
    root.querySelector("[data-transfer]")?.addEventListener("click", () => this.transfer());
    const pad = root.querySelector("[data-keypad]");
    pad?.addEventListener("click", (event) => {
      const key = event.target.closest("button[data-key]")?.dataset.key;
      if (key) this.send({ kind: "key", key });
    });
  }

  toggleHold() {
    this.showHold(!this.onHoldNow);
    this.send({ kind: this.onHoldNow ? "hold_start" : "hold_end" });
  }

  showHold(on) {
    if (this.onHoldNow === on) return;
    this.onHoldNow = on;
    this.hold.setAttribute("aria-pressed", String(on));
    this.hold.querySelector("[data-label]").textContent = on ? this.texts.resume : this.texts.hold;
    this.onHold(on);
  }

  async hangUp() {
    if (await ask(document.getElementById("ask-hangup"))) this.send({ kind: "hang_up" });
  }

  async transfer() {
    const answer = await ask(document.getElementById("ask-transfer"));
    if (answer) this.send({ kind: "transfer", to: answer.to || "", briefing: answer.briefing || "" });
  }

  /** Nothing more can be pressed: the line is dead. */
  close() {
    this.root.querySelectorAll("button").forEach((button) => {
      button.disabled = true;
    });
  }
}
