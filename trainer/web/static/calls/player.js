// The customer's voice. Where no sound comes (no engine, no loudspeaker allowed), the caption stays for its reading time.

export class Player {
  constructor({ audioUrl, onPlaying = () => {} }) {
    this.audioUrl = audioUrl;
    this.onPlaying = onPlaying;
    this.element = new Audio();
    this.element.preload = "auto";
    this.stopNow = null;
    this.muted = false;
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
