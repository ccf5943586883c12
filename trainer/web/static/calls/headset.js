// The headset check of the brief: play a line, record three seconds, show what was heard. Nothing of it is kept.

import { Microphone, NoMicrophone } from "./microphone.js";
import { decibels } from "./vad.js";
import { wavOf } from "./wav.js";

const RECORD_MS = 3500;
const ENOUGH = 0.3; // of the words of the sentence: recognizers write numbers in their own way
const root = document.getElementById("headset");
const language = document.getElementById("language");
const result = document.getElementById("headset-result");
const level = document.getElementById("level");
const check = document.getElementById("check-microphone");
const texts = root.dataset;

function showLanguage() {
  root.querySelectorAll("q[data-language]").forEach((sentence) => {
    sentence.hidden = sentence.dataset.language !== language.value;
  });
}

function tell(kind, ...lines) {
  result.hidden = false;
  result.className = `headset-result result-${kind}`;
  result.replaceChildren(
    ...lines.map((line) => {
      const part = document.createElement("span");
      part.textContent = line;
      return part;
    }),
  );
}

document.getElementById("play-line").addEventListener("click", () => {
  const line = root.querySelector(`audio[data-language="${language.value}"]`);
  line.onerror = () => tell("warn", texts.textNoSound);
  line.currentTime = 0;
  line.play().catch(() => tell("warn", texts.textNoSound));
});

async function record() {
  const frames = [];
  const microphone = new Microphone({
    workletUrl: texts.worklet,
    onFrame: (frame) => {
      frames.push(frame);
      level.value = Math.max(0, Math.min(100, (decibels(frame) + 65) * 1.8));
    },
  });
  await microphone.open();
  tell("info", texts.textListen);
  await new Promise((resolve) => setTimeout(resolve, RECORD_MS));
  microphone.close();
  level.value = 0;
  return frames;
}

check.addEventListener("click", async () => {
  check.disabled = true;
  try {
    const frames = await record();
    tell("info", texts.textThinking);
    await ask(wavOf(frames));
  } catch (error) {
    const reason = error instanceof NoMicrophone ? error.reason : "broken";
    tell("bad", texts[`text${reason[0].toUpperCase()}${reason.slice(1)}`]);
  } finally {
    check.disabled = false;
  }
});

const words = (text) => new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []);

function arrived(heard) {
  const read = words(root.querySelector("q[data-language]:not([hidden])").textContent);
  const known = words(heard);
  return [...read].filter((word) => known.has(word)).length >= ENOUGH * read.size;
}

function advise(heard) {
  if (heard.other_language) return ["warn", texts.textLanguage];
  if (heard.loudness_db < -45) return ["warn", texts.textQuiet];
  return arrived(heard.text) ? ["good", texts.textGood] : ["warn", texts.textLittle];
}

async function ask(wav) {
  const response = await fetch(`${texts.check}?language=${language.value}`, {
    method: "POST",
    headers: { "Content-Type": "audio/wav", "X-CSRFToken": texts.csrf, Accept: "application/json" },
    body: wav,
  });
  if (response.redirected || response.status === 401) return tell("bad", texts.textSignedOut);
  const heard = await response.json();
  if (!response.ok) return tell("bad", heard.message);
  if (!heard.text) return tell("bad", texts.textNothing);
  const [kind, advice] = advise(heard);
  return tell(kind, `${texts.textHeard} “${heard.text}”`, advice);
}

language.addEventListener("change", showLanguage);
showLanguage();
