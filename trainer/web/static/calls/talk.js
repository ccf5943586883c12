// The controls of speaking: the typed reply, hands free or push-to-talk, mute.

const $ = (selector) => document.querySelector(selector);
const ELSEWHERE = "input, textarea, select, a, summary, dialog, button:not(#push)";

export class Talk {
  /** `on`: typed(), firstKey(), manner(value), press(), release(), mute(on), openMicrophone(). */
  constructor(on) {
    this.on = on;
    this.typedAt = -Infinity;
    this.manner = "auto";
    this.bindTyping();
    this.bindPush();
    document.querySelectorAll("input[name=manner]").forEach((choice) =>
      choice.addEventListener("change", () => {
        this.manner = choice.value;
        on.manner(choice.value);
      }),
    );
    $("#mute").addEventListener("click", () => {
      const muted = $("#mute").getAttribute("aria-pressed") !== "true";
      $("#mute").setAttribute("aria-pressed", String(muted));
      on.mute(muted);
    });
    $("#open-microphone").addEventListener("click", () => on.openMicrophone());
  }

  /** The keyboard was used within the last five seconds. */
  typing() {
    return performance.now() - this.typedAt < 5000;
  }

  bindTyping() {
    const box = $("#typed");
    $("#send").addEventListener("click", () => this.on.typed());
    box.addEventListener("input", () => {
      this.typedAt = performance.now();
      this.on.firstKey();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.on.typed();
      }
    });
  }

  bindPush() {
    const key = $("#push");
    const down = () => {
      key.classList.add("is-held");
      this.on.press();
    };
    const up = () => {
      key.classList.remove("is-held");
      this.on.release();
    };
    key.addEventListener("pointerdown", down);
    for (const name of ["pointerup", "pointerleave", "pointercancel"]) key.addEventListener(name, up);
    const spaced = (act) => (event) => {
      if (event.code !== "Space" || this.manner !== "push" || event.target.closest(ELSEWHERE)) return;
      event.preventDefault();
      if (!event.repeat) act();
    };
    document.addEventListener("keydown", spaced(down));
    document.addEventListener("keyup", spaced(up));
  }
}
