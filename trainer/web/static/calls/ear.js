// From microphone frames to turns of speech, by voice activity or by a held key.

import { Microphone } from "./microphone.js";
import { decibels, FRAME_MS, VoiceActivity } from "./vad.js";
import { wavOf } from "./wav.js";

export class Ear {
  /**
   * `on`: level(db, speaking), start(), pause(wav), turn({ wav, startedMs, endedMs }), lost().
   * `now()` is the call's clock in ms; `loud()` asks for clearer speech, while the customer's voice is in the room.
   */
  constructor({ workletUrl, now, waitMs, loud, on }) {
    this.now = now;
    this.on = on;
    this.manner = "auto";
    this.listening = false;
    this.held = null;
    this.activity = new VoiceActivity({ waitMs, margin: () => (loud() ? 16 : 9) });
    this.microphone = new Microphone({ workletUrl, onFrame: (frame) => this.hear(frame), onLost: () => on.lost() });
  }

  get isOpen() {
    return this.microphone.isOpen;
  }

  get speaking() {
    return this.activity.speaking || this.held !== null;
  }

  async open() {
    await this.microphone.open();
  }

  close() {
    this.microphone.close();
    this.activity.reset();
  }

  /** "auto" (voice activity) or "push" (hold a key or a button). */
  setManner(manner) {
    this.manner = manner;
    this.held = null;
    this.activity.reset();
  }

  hear(frame) {
    const level = decibels(frame);
    this.on.level(level, this.speaking);
    if (!this.listening) {
      this.activity.reset();
      return;
    }
    if (this.manner === "push") {
      this.held?.push(frame);
      if (this.held && this.held.length * FRAME_MS > 55000) this.release();
      return;
    }
    const happened = this.activity.push(frame, level);
    if (happened === "start") this.on.start();
    else if (happened === "pause") this.on.pause(wavOf(this.activity.turn()));
    else if (happened === "end") this.finish();
  }

  finish() {
    const ended = this.now() - this.activity.trailingMs();
    const startedMs = this.now() - this.activity.lengthMs();
    this.on.turn({ wav: wavOf(this.activity.turn()), startedMs: Math.max(0, startedMs), endedMs: Math.max(0, ended) });
    this.activity.reset();
  }

  /** Push-to-talk went down. */
  press() {
    if (this.manner !== "push" || this.held || !this.listening || !this.isOpen) return;
    this.held = [];
    this.pressedMs = this.now();
    this.on.start();
  }

  /** Push-to-talk came up: what was said meanwhile is the turn. A tap of under 200 ms is a slip. */
  release() {
    const frames = this.held;
    this.held = null;
    if (!frames || frames.length * FRAME_MS < 200) return;
    this.on.turn({ wav: wavOf(frames), startedMs: this.pressedMs, endedMs: this.now() });
  }
}
