// The clock of a paper. The server decides; this shows what is left and goes on when it is over.
import { clock } from "../clock.js";

const shown = document.querySelector(".exam-clock");
const warning = document.getElementById("exam-warning");
const end = performance.now() + Number(shown.dataset.seconds) * 1000;
let last = Infinity;

function tick() {
  const left = (end - performance.now()) / 1000;
  shown.querySelector("span").textContent = clock(left);
  shown.classList.toggle("is-short", left < 300);
  for (const [seconds, text] of [[300, warning.dataset.five], [60, warning.dataset.one]]) {
    if (left <= seconds && last > seconds) warning.textContent = text;
  }
  last = left;
  if (left <= -1) {
    // What was chosen and not sent yet is sent: the server takes it for some seconds more.
    const form = document.querySelector("main form.card");
    if (form && form.querySelector(":checked[type], textarea, input.form-control")) form.requestSubmit();
    else location.assign(shown.dataset.over);
    return;
  }
  setTimeout(tick, 500);
}
tick();
