// The floor of a shift: watches where it stands. The server's clock decides; this page only counts along between looks.

import { clock } from "../clock.js";

const data = JSON.parse(document.getElementById("floor-data").textContent);
const $ = (id) => document.getElementById(id);
const EVERY_MS = 2000;
const LATE_S = 20;
const ring = new Audio(data.ring);
ring.volume = 0.3;

let standing = data.state;
let seenAt = performance.now();
let waitingBefore = standing.waits.length;

function show() {
  const gone = (performance.now() - seenAt) / 1000;
  $("floor").dataset.state = standing.state;
  $("state-text").textContent = data.texts.states[standing.state];
  $("state-for").textContent = clock(standing.for_s + gone);
  $("left").textContent = clock(standing.left_s - gone);
  $("waiting-count").textContent = standing.waits.length;
  $("queue-empty").hidden = standing.waits.length > 0;
  // Switched off while the keyboard stands on it, the focus would be lost; pressed then, the server says that nobody waits.
  $("answer").disabled = !standing.waits.length && document.activeElement !== $("answer");
  if (standing.call) $("to-call").href = standing.call;
  const rows = [...$("queue").children];
  standing.waits.forEach((wait, place) => {
    const row = rows[place] ?? $("queue").appendChild(document.createElement("li"));
    if (!row.firstChild) row.append(document.createElement("span"), document.createElement("span"));
    row.firstChild.textContent = `${place + 1}`;
    row.lastChild.className = "num";
    row.lastChild.textContent = clock(wait + gone);
    row.classList.toggle("is-late", wait + gone > LATE_S);
  });
  rows.slice(standing.waits.length).forEach((row) => row.remove());
  for (const [id, value] of Object.entries(standing.figures)) {
    const place = document.querySelector(`[data-figure="${id}"]`);
    if (place) place.textContent = value;
  }
}

async function look() {
  try {
    const response = await fetch(data.url, { headers: { Accept: "application/json" } });
    if (response.redirected || response.status === 401) return window.location.reload();
    if (!response.ok) throw new Error(String(response.status));
    standing = await response.json();
    seenAt = performance.now();
    $("offline").hidden = true;
  } catch {
    $("offline").textContent = data.texts.offline;
    $("offline").hidden = false;
  }
  if (standing.state === "over") return window.location.assign(data.page);
  if (standing.waits.length > waitingBefore && standing.state === "ready") ring.play().catch(() => {});
  waitingBefore = standing.waits.length;
  show();
  return setTimeout(look, EVERY_MS);
}

show();
setInterval(show, 500);
setTimeout(look, EVERY_MS);
