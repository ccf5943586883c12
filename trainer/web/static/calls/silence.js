// How long the customer has been left without a word. It counts only while the learner could speak and does nothing.

/** While the learner types, waiting is a quarter as long for the customer, who hears the keyboard. */
const TYPING_FACTOR = 0.25;
const TICK_MS = 250;

export class SilenceClock {
  /** `counts()` tells whether silence counts now, `typing()` whether the keyboard is in use; `onSilence(seconds)` reports. */
  constructor({ limits, counts, typing, onSilence }) {
    Object.assign(this, { limits, counts, typing, onSilence });
    this.pauseS = 0; // while the customer dictates: the silence after which they go on, in seconds
    this.restart();
    setInterval(() => this.tick(), TICK_MS);
  }

  /** Somebody spoke: begin anew. */
  restart() {
    this.waited = 0;
    this.stage = 0;
    this.paused = false;
  }

  tick() {
    if (!this.counts()) return;
    this.waited += (TICK_MS / 1000) * (this.typing() ? TYPING_FACTOR : 1);
    if (this.pauseS && !this.paused && this.stage === 0 && this.waited >= this.pauseS) {
      this.paused = true;
      this.onSilence(this.pauseS);
      return;
    }
    if (this.stage < this.limits.length && this.waited >= this.limits[this.stage]) {
      this.stage += 1;
      this.onSilence(this.limits[this.stage - 1]);
    }
  }
}
