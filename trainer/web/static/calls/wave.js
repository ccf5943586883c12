// The picture of the call: the last seconds of sound as bars, in the page's own colours; calm where motion is unwanted.

export class Wave {
  constructor(canvas) {
    this.canvas = canvas;
    this.bars = [];
    this.voice = "quiet";
    this.still = window.matchMedia("(prefers-reduced-motion: reduce)");
    new ResizeObserver(() => this.fit()).observe(canvas);
    this.fit();
    const draw = () => {
      this.draw();
      this.frame = this.still.matches ? setTimeout(draw, 500) : requestAnimationFrame(draw);
    };
    draw();
  }

  fit() {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.max(1, this.canvas.clientWidth * ratio);
    this.canvas.height = Math.max(1, this.canvas.clientHeight * ratio);
  }

  /** `level` in decibels below full scale; `voice` is "customer", "operator" or "quiet". */
  push(level, voice) {
    this.bars.push({ size: Math.max(0.03, Math.min(1, (level + 62) / 52)), voice });
    if (this.bars.length > 400) this.bars.shift();
  }

  draw() {
    const context = this.canvas.getContext("2d");
    const style = getComputedStyle(this.canvas);
    const { width, height } = this.canvas;
    const step = 4 * (window.devicePixelRatio || 1);
    context.clearRect(0, 0, width, height);
    const shown = this.bars.slice(-Math.floor(width / step));
    shown.forEach((bar, place) => {
      const x = width - (shown.length - place) * step;
      const tall = Math.max(2, bar.size * height * 0.9);
      context.fillStyle = style.getPropertyValue(`--wave-${bar.voice}`) || "#888";
      context.fillRect(x, (height - tall) / 2, step * 0.55, tall);
    });
  }
}
