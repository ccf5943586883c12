// Reading aloud: record until the reader stops, send the sound, go on to the figures.
import { Microphone, NoMicrophone } from "../calls/microphone.js";
import { decibels } from "../calls/vad.js";
import { wavOf } from "../calls/wav.js";

const MOST_S = 58;
const root = document.getElementById("diction");
const texts = root.dataset;
const [read, stop, level, state] = ["read", "stop", "level", "diction-state"].map((id) => document.getElementById(id));
let frames = [];
let microphone = null;
let limit = 0;

function tell(text) {
  state.textContent = text;
}

read.addEventListener("click", async () => {
  frames = [];
  microphone = new Microphone({
    workletUrl: texts.worklet,
    onFrame: (frame) => {
      frames.push(frame);
      level.value = Math.max(0, Math.min(100, (decibels(frame) + 65) * 1.8));
    },
  });
  read.disabled = true;
  try {
    await microphone.open();
  } catch (error) {
    const reason = error instanceof NoMicrophone ? error.reason : "broken";
    read.disabled = false;
    tell(texts[`text${reason[0].toUpperCase()}${reason.slice(1)}`]);
    return;
  }
  tell(texts.textListening);
  read.hidden = true;
  stop.hidden = false;
  stop.focus();
  limit = setTimeout(send, MOST_S * 1000);
});

stop.addEventListener("click", () => send());
read.disabled = false; // a click before this would be lost

async function send() {
  clearTimeout(limit);
  microphone.close();
  level.value = 0;
  stop.hidden = true;
  read.hidden = false;
  tell(texts.textThinking);
  try {
    const response = await fetch(texts.send, {
      method: "POST",
      headers: { "Content-Type": "audio/wav", "X-CSRFToken": texts.csrf, Accept: "application/json" },
      body: wavOf(frames),
    });
    if (response.redirected || response.status === 401) tell(texts.textSignedOut);
    else {
      const answer = await response.json();
      if (response.ok) {
        location.assign(answer.result);
        return;
      }
      tell(answer.message);
    }
  } catch {
    tell(texts.textLost);
  }
  read.disabled = false;
}
