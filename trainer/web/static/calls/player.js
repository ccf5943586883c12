// The customer's voice. Where no sound comes (no engine, no loudspeaker allowed), the caption stays for its reading time.

import { decibels } from "./vad.js";

export class Player {
  constructor({ audioUrl, onPlaying = () => {}, onSound = () => {} }) {
    this.audioUrl = audioUrl;
    this.onPlaying = onPlaying;
    this.element = new Audio();
    this.element.addEventListener("playing", () => onSound());
    this.element.preload = "auto";
    this.stopNow = null;
    this.heardMs = null; // of the line that was stopped, how much had been heard
    this.muted = false;
    this.analyser = null;
  }

  /** Let the page see how loud the customer is. Call it after a press of a button, which browsers ask for. */
  async openMeter() {
    if (this.analyser) return;
    try {
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      analyser.fftSize = 512;
      context.createMediaElementSource(this.element).connect(analyser);
      analyser.connect(context.destination);
      await context.resume();
      this.samples = new Float32Array(analyser.fftSize);
      this.analyser = analyser;
    } catch {
      this.analyser = null; // the voice is heard all the same, without its picture
    }
  }

  /** Loudness now, in decibels below full scale. */
  level() {
    if (!this.analyser) return -100;
    this.analyser.getFloatTimeDomainData(this.samples);
    return decibels(this.samples);
  }

  get playing() {
    return this.stopNow !== null;
  }

  /** Play one customer event to its end; gives "done", "stopped" (interrupted) or "silent" (only captions). */
  play(event) {
    const reading = Math.max(1200, Math.min(9000, event.text.length * 55));
    return new Promise((resolve) => {
      let timer = null;
      const finish = (how) => {
        if (this.stopNow !== stop) return;
        clearTimeout(timer);
        this.heardMs = event.audio && !this.muted ? Math.round(this.element.currentTime * 1000) : null;
        this.element.onended = null;
        this.element.onerror = null;
        this.element.pause();
        this.stopNow = null;
        resolve(how);
      };
      const stop = () => finish("stopped");
      const silent = () => {
        if (this.stopNow === stop) timer = setTimeout(() => finish("silent"), reading);
      };
      this.stopNow = stop;
      this.onPlaying(event);
      if (this.muted || !event.audio) {
        silent();
        return;
      }
      this.element.onended = () => finish("done");
      this.element.onerror = silent;
      this.element.src = this.audioUrl.replace("/0", `/${event.seq}`);
      this.element.play().catch(silent);
    });
  }

  stop() {
    this.stopNow?.();
  }
}
