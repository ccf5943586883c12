// A drill: the customer is heard, the reply is typed or spoken, a draft outlives a reload, the time is shown calmly.

import { HoldToSpeak } from "../calls/hold.js";

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("drill-data").textContent);
const { urls, texts } = data;
const TICK_MS = 5000;
const voice = new Audio();
const reply = $("reply");

function notice(text, kind = "") {
  $("drill-notice").textContent = text;
  $("drill-notice").className = `notice ${kind && `notice-${kind}`}`;
  $("drill-notice").hidden = !text;
}

function startTime() {
  const begun = Date.now() - data.seconds * 1000;
  const limit = data.minutes * 60;
  const box = $("drill-time");
  setInterval(() => {
    const seconds = (Date.now() - begun) / 1000;
    box.querySelector("progress").value = Math.min(limit, seconds);
    if (seconds >= limit) box.querySelector("p").textContent = box.dataset.over;
  }, TICK_MS);
}

function startVoice() {
  const button = $("hear-line");
  const play = (missing) => {
    voice.src = button.dataset.sound;
    voice.play().catch(() => missing && notice(missing));
  };
  button.hidden = false;
  button.addEventListener("click", () => play(texts.silent));
  if ("atOnce" in button.dataset) play(""); // a browser may refuse; the words are there to be read
}

/** What was written stays until it is sent, also when the page is opened anew. */
function keepDraft() {
  reply.value ||= sessionStorage.getItem(data.draft) ?? "";
  reply.addEventListener("input", () => sessionStorage.setItem(data.draft, reply.value));
}

function startTyping() {
  $("enter-help").hidden = false;
  reply.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    $("reply-form").requestSubmit();
  });
  $("reply-form").addEventListener("submit", (event) => {
    if ($("send-reply").disabled) event.preventDefault();
    voice.pause();
    setTimeout(() => ($("send-reply").disabled = true)); // once, however often Enter is pressed
  });
  window.addEventListener("pageshow", () => ($("send-reply").disabled = false));
}

function startSpeaking() {
  $("hold-to-speak").hidden = false;
  new HoldToSpeak($("hold-to-speak"), {
    workletUrl: urls.worklet,
    onStart: () => {
      voice.pause();
      notice(texts.listening);
    },
    onProblem: (reason) => notice(reason ? texts.microphone[reason] : texts.nothing, "warn"),
    onSound: heard,
  });
}

/** What was recognized goes into the field, where it can be put right: a misheard word costs nothing. */
async function heard(wav) {
  notice(texts.working);
  const response = await fetch(urls.hear, {
    method: "POST",
    headers: { "Content-Type": "audio/wav", "X-CSRFToken": data.csrf, Accept: "application/json" },
    body: wav,
  }).catch(() => null);
  if (!response) return notice(texts.offline, "warn");
  if (response.redirected || response.status === 401) return window.location.reload();
  const answer = await response.json();
  if (!response.ok) return notice(answer.message, "warn");
  if (!answer.text) return notice(texts.nothing, "warn");
  reply.value = [reply.value.trim(), answer.text].filter(Boolean).join(" ");
  sessionStorage.setItem(data.draft, reply.value);
  notice(texts.heard);
  reply.focus();
}

if (reply) {
  startTime();
  startVoice();
  keepDraft();
  startTyping();
  startSpeaking();
}
const result = $("result");
if (result) result.focus();
else reply.focus();
