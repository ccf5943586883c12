// Is somebody speaking? Energy against a noise floor that follows the room, with a wait before a turn is over.

export const FRAME_MS = 20;
const START_MS = 120; // this much speech within the last 200 ms begins a turn: a click or a breath does not
const PREROLL_MS = 400; // kept from before the beginning was noticed, so that no first sound is lost
const TAIL_MS = 240; // kept after the last speech
const FIRST_PAUSE_MS = 300; // recognition may begin here, before the end is certain
const LONGEST_MS = 55000;

/** Level of a frame in decibels below full scale (0 is the loudest, -100 is silence). */
export function decibels(frame) {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return 10 * Math.log10(sum / frame.length + 1e-10);
}

/**
 * Takes frames of 20 ms and tells what happened: "start", "pause" (maybe over), "resume", "end", "abandoned", or "".
 * `waitMs()` is asked for the silence that ends a turn, since numbers and addresses need a longer one;
 * `margin()` for the decibels above the floor that count as speech.
 */
export class VoiceActivity {
  constructor({ waitMs = () => 800, margin = () => 9 } = {}) {
    this.waitMs = waitMs;
    this.margin = margin;
    this.floor = -60;
    this.reset();
  }

  reset() {
    this.frames = [];
    this.recent = [];
    this.speaking = false;
    this.paused = false;
    this.silentMs = 0;
    this.spokenMs = 0;
    this.lastSpeech = 0;
  }

  isSpeech(level) {
    const speech = level > Math.max(this.floor + this.margin(), -58);
    // The floor falls at once to a quieter room and climbs slowly to a louder one; hardly at all under speech.
    if (level < this.floor) this.floor += (level - this.floor) * 0.2;
    else this.floor += (level - this.floor) * (speech ? 0.0008 : 0.02);
    this.floor = Math.min(-28, Math.max(-85, this.floor));
    return speech;
  }

  push(frame, level = decibels(frame)) {
    const speech = this.isSpeech(level);
    this.frames.push(frame);
    if (!this.speaking) return this.waitForSpeech(speech);
    if (speech) {
      this.spokenMs += FRAME_MS;
      this.silentMs = 0;
      this.lastSpeech = this.frames.length;
      if (this.paused) {
        this.paused = false;
        return "resume";
      }
    } else {
      this.silentMs += FRAME_MS;
    }
    if (this.silentMs >= this.waitMs() || this.frames.length * FRAME_MS >= LONGEST_MS) {
      this.speaking = false;
      return "end";
    }
    if (!this.paused && this.silentMs >= FIRST_PAUSE_MS) {
      this.paused = true;
      return "pause";
    }
    return "";
  }

  waitForSpeech(speech) {
    this.recent.push(speech);
    if (this.recent.length > 10) this.recent.shift();
    if (this.frames.length * FRAME_MS > PREROLL_MS + START_MS) this.frames.shift();
    if (this.recent.filter(Boolean).length * FRAME_MS < START_MS) return "";
    this.speaking = true;
    this.paused = false;
    this.silentMs = 0;
    this.spokenMs = START_MS;
    this.lastSpeech = this.frames.length;
    this.recent = [];
    return "start";
  }

  /** The frames of the turn up to a little after the last speech: the same at the first pause as at the end. */
  turn() {
    return this.frames.slice(0, Math.min(this.frames.length, this.lastSpeech + TAIL_MS / FRAME_MS));
  }

  /** How long the speaker has been silent since the last sound, in milliseconds. */
  trailingMs() {
    return (this.frames.length - this.lastSpeech) * FRAME_MS;
  }

  lengthMs() {
    return this.frames.length * FRAME_MS;
  }
}
