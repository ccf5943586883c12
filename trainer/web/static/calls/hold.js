// A button that is held while one speaks, by finger, mouse or key: what was said comes out as a WAV file.

import { Microphone, NoMicrophone } from "./microphone.js";
import { wavOf } from "./wav.js";

const SHORTEST_FRAMES = 10;

export class HoldToSpeak {
  /** `onStart()` when it is pressed; `onSound(wav)` when it is let go; `onProblem(reason)` gets why the microphone does
   * not work, or "" where it was let go before anything could be heard. */
  constructor(button, { workletUrl, onStart, onSound, onProblem }) {
    this.button = button;
    this.onStart = onStart;
    this.onSound = onSound;
    this.onProblem = onProblem;
    this.frames = null;
    this.microphone = new Microphone({ workletUrl, onFrame: (frame) => this.frames?.push(frame) });
    button.addEventListener("pointerdown", () => this.listen());
    for (const name of ["pointerup", "pointercancel"]) button.addEventListener(name, () => this.letGo());
    button.addEventListener("keydown", (event) => {
      if ((event.code === "Space" || event.code === "Enter") && !event.repeat) {
        event.preventDefault();
        this.listen();
      }
    });
    button.addEventListener("keyup", (event) => {
      if (event.code === "Space" || event.code === "Enter") this.letGo();
    });
  }

  async listen() {
    this.onStart();
    this.frames = [];
    this.button.classList.add("is-held");
    try {
      await this.microphone.open();
    } catch (error) {
      this.stop();
      this.onProblem(error instanceof NoMicrophone ? error.reason : "broken");
    }
  }

  stop() {
    const heard = this.frames;
    this.frames = null;
    this.button.classList.remove("is-held");
    return heard;
  }

  letGo() {
    const heard = this.stop();
    if (!heard) return;
    if (heard.length < SHORTEST_FRAMES) this.onProblem("");
    else this.onSound(wavOf(heard));
  }
}
