// What a telephone sounds like besides voices: ringing, busy, the beep of a machine, keys, music on hold.

const KEY_NAMES = { "*": "star", "#": "hash" };

export class Tones {
  /** `url` has NAME where a tone's name goes. Browsers may refuse sound before the first press: then it stays quiet. */
  constructor(url) {
    this.url = url;
    this.element = new Audio();
    this.name = "";
  }

  /** Play a tone; with `loop` until `stop`, else once, then resolve. */
  play(name, { loop = false, volume = 0.6 } = {}) {
    this.stop();
    this.name = name;
    this.element.loop = loop;
    this.element.volume = volume;
    this.element.src = this.url.replace("NAME", name);
    return new Promise((resolve) => {
      this.finish = resolve;
      this.element.onended = resolve;
      this.element.onerror = resolve;
      this.element.play().catch(resolve);
    });
  }

  /** The short sound of a key (0 to 9, *, #), over whatever else is playing. */
  pressKey(key) {
    const sound = new Audio(this.url.replace("NAME", `key-${KEY_NAMES[key] ?? key}`));
    sound.volume = 0.4;
    sound.play().catch(() => {});
  }

  stop() {
    this.name = "";
    this.element.onended = null;
    this.element.onerror = null;
    this.element.pause();
    this.finish?.();
    this.finish = null;
  }
}
