// Playing a voice menu: every press and word is added to a list, and the server says where the list leads.

import { HoldToSpeak } from "./hold.js";
import { Tones } from "./tones.js";

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("menu-data").textContent);
const { urls, texts } = data;
const REPEAT_MS = 8000;
const MOST_REPEATS = 2;
const RING_MS = 2500;

const tones = new Tones(urls.tone);
const voice = new Audio();
let moves = [];
let looks = 0;
let repeats = 0;
let timer = null;
let live = false;

function enable(on) {
  live = on;
  document.querySelectorAll("#menu [data-key], #menu-talk, #menu-say *, #menu-hangup").forEach((key) => {
    key.disabled = !on;
  });
  $("menu-dial").disabled = on;
}

function quiet() {
  clearTimeout(timer);
  voice.pause();
  tones.stop();
}

function notice(text) {
  $("menu-notice").textContent = text;
  $("menu-notice").hidden = !text;
}

function speak(at) {
  voice.src = urls.prompt.replace("PROMPT", encodeURIComponent(at.prompt));
  voice.onended = () => afterwards(at);
  voice.onerror = () => {
    timer = setTimeout(() => afterwards(at), 400 * at.text.split(" ").length);
  };
  voice.play().catch(() => voice.onerror());
}

/** The prompt is over: music while one waits, else the menu waits for a key, twice, and gives up. */
function afterwards(at) {
  if (!live) return;
  if (at.queue) {
    if (at.open) tones.play("hold-music", { loop: true, volume: 0.25 });
    else timer = setTimeout(() => hangUp(""), 1500);
    return;
  }
  timer = setTimeout(() => {
    if (repeats >= MOST_REPEATS) hangUp(texts.goodbye);
    else {
      repeats += 1;
      speak(at);
    }
  }, REPEAT_MS);
}

function show(at) {
  $("menu-text").textContent = at.text;
  $("menu-way").textContent = at.labels.length ? at.labels.join(" › ") : "–";
  $("menu-choices").replaceChildren(
    ...at.choices.map(({ key, label }) => {
      const item = document.createElement("li");
      const cap = document.createElement("kbd");
      const name = document.createElement("span");
      cap.textContent = key;
      name.textContent = label;
      item.append(cap, name);
      return item;
    }),
  );
  $("menu-queue").hidden = !at.queue;
  if (!at.queue) return;
  $("menu-state").textContent = at.open ? texts.waiting : texts.closed;
  $("menu-queue-name").textContent = at.queue;
  $("menu-queue-open").textContent = at.open ? texts.open : texts.closed;
  $("menu-arrive").hidden = !at.arrive.length;
  $("menu-arrive-list").replaceChildren(
    ...at.arrive.map(({ title, url }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = url;
      link.textContent = title;
      item.append(link);
      return item;
    }),
  );
}

/** Where the moves lead. Of several asked for in a hurry only the latest answer is heard; none of the keys is lost. */
async function go() {
  const look = ++looks;
  quiet();
  notice("");
  let response;
  try {
    response = await fetch(urls.step, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": data.csrf, Accept: "application/json" },
      body: JSON.stringify({ moves }),
    });
  } catch {
    notice(texts.offline);
    return;
  }
  if (response.redirected || response.status === 401) return window.location.reload();
  const at = await response.json();
  if (look !== looks || !live) return;
  if (!response.ok) return notice(at.message);
  show(at);
  speak(at);
}

function move(one) {
  if (!live) return;
  repeats = 0;
  moves.push(one);
  go();
}

function press(key) {
  if (!live) return;
  tones.pressKey(key);
  move({ key });
}

function hangUp(text) {
  quiet();
  enable(false);
  moves = [];
  looks += 1;
  $("menu-state").textContent = text;
  $("menu-dial").focus();
}

$("menu-dial").addEventListener("click", async () => {
  moves = [];
  repeats = 0;
  enable(true);
  document.querySelector("[data-keypad] button").focus(); // the one that was pressed is switched off
  $("menu-state").textContent = "";
  tones.play("ringback", { loop: true });
  const look = looks;
  await new Promise((resolve) => setTimeout(resolve, RING_MS));
  if (live && look === looks && !moves.length) go();
});
$("menu-hangup").addEventListener("click", () => hangUp(""));
document.querySelector("[data-keypad]").addEventListener("click", (event) => {
  const key = event.target.closest("[data-key]")?.dataset.key;
  if (key) press(key);
});
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^[0-9*#]$/.test(event.key)) press(event.key);
});
$("menu-say").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = $("menu-words").value.trim();
  $("menu-words").value = "";
  if (words) move({ say: words });
});

new HoldToSpeak($("menu-talk"), {
  workletUrl: urls.worklet,
  onStart: quiet,
  onProblem: (reason) => notice(reason ? texts.microphone[reason] : texts.nothing),
  onSound: said,
});

async function said(wav) {
  if (!live) return;
  const response = await fetch(urls.hear, {
    method: "POST",
    headers: { "Content-Type": "audio/wav", "X-CSRFToken": data.csrf, Accept: "application/json" },
    body: wav,
  }).catch(() => null);
  if (!response) return notice(texts.offline);
  const answer = await response.json();
  if (!response.ok) return notice(answer.message);
  if (!answer.text) return notice(texts.nothing);
  move({ say: answer.text });
  notice(`${texts.heard} ${answer.text}`);
}
