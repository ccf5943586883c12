// The learner's microphone: opened on request, read in frames of 20 ms at 16 kHz, closed for good when done.

import { RATE, resample } from "./wav.js";

/** `reason` is "insecure", "missing", "refused", "busy" or "broken". */
export class NoMicrophone extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const REASONS = {
  NotAllowedError: "refused",
  SecurityError: "insecure",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

export class Microphone {
  /** `onFrame(Float32Array)` gets each frame; `onLost()` when the device goes away. */
  constructor({ workletUrl, onFrame, onLost = () => {} }) {
    this.workletUrl = workletUrl;
    this.onFrame = onFrame;
    this.onLost = onLost;
    this.stream = null;
  }

  get isOpen() {
    return this.stream !== null;
  }

  /** Ask for the device and begin to listen. Throws NoMicrophone. */
  async open() {
    if (this.stream) return;
    if (!window.isSecureContext || !navigator.mediaDevices) throw new NoMicrophone("insecure");
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch (error) {
      throw new NoMicrophone(REASONS[error.name] || "broken");
    }
    try {
      await this.connect(stream, RATE);
    } catch {
      // Some browsers refuse to mix sample rates: take the device's own and resample here.
      await this.context?.close().catch(() => {});
      try {
        await this.connect(stream, undefined);
      } catch {
        stream.getTracks().forEach((track) => track.stop());
        throw new NoMicrophone("broken");
      }
    }
    this.stream = stream;
    stream.getAudioTracks()[0].addEventListener("ended", () => {
      this.close();
      this.onLost();
    });
  }

  async connect(stream, sampleRate) {
    this.context = new AudioContext(sampleRate ? { sampleRate } : {});
    await this.context.audioWorklet.addModule(this.workletUrl);
    const source = this.context.createMediaStreamSource(stream);
    const node = new AudioWorkletNode(this.context, "capture", { numberOfInputs: 1, numberOfOutputs: 0 });
    const rate = this.context.sampleRate;
    node.port.onmessage = ({ data }) => this.onFrame(resample(data, rate));
    source.connect(node);
    await this.context.resume();
  }

  close() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.context?.close().catch(() => {});
    this.stream = null;
    this.context = null;
  }
}
