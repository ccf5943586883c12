// Samples to the only sound format the server takes: WAV, 16 kHz, mono, signed 16 bit.

export const RATE = 16000;

/** Samples at `from` Hz as samples at 16 kHz. Going down, neighbours are averaged, which is filter enough for speech. */
export function resample(samples, from) {
  if (from === RATE) return samples;
  const ratio = from / RATE;
  const out = new Float32Array(Math.floor(samples.length / ratio));
  for (let i = 0; i < out.length; i += 1) {
    const start = Math.floor(i * ratio);
    const end = Math.max(start + 1, Math.floor((i + 1) * ratio));
    let sum = 0;
    for (let j = start; j < end && j < samples.length; j += 1) sum += samples[j];
    out[i] = sum / (end - start);
  }
  return out;
}

/** A WAV file (ArrayBuffer) of Float32Array frames, one after the other. */
export function wavOf(frames) {
  const count = frames.reduce((sum, frame) => sum + frame.length, 0);
  const buffer = new ArrayBuffer(44 + count * 2);
  const view = new DataView(buffer);
  const ascii = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  ascii(0, "RIFF");
  view.setUint32(4, 36 + count * 2, true);
  ascii(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  ascii(36, "data");
  view.setUint32(40, count * 2, true);
  let at = 44;
  for (const frame of frames) {
    for (const sample of frame) {
      view.setInt16(at, Math.max(-1, Math.min(1, sample)) * 32767, true);
      at += 2;
    }
  }
  return buffer;
}
