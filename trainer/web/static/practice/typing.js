// The clock of a typing round: from the first key to the last. The server takes no more than went by there.
import { clock } from "../clock.js";

const form = document.getElementById("typing");
const text = form.querySelector("textarea");
const shown = document.getElementById("typing-clock");
let first = 0;
let last = 0;

text.addEventListener("input", () => {
  last = performance.now();
  if (!first) {
    first = last;
    setInterval(() => { shown.textContent = clock((performance.now() - first) / 1000); }, 500);
  }
});
text.addEventListener("paste", (event) => event.preventDefault());
form.addEventListener("submit", () => { form.elements.seconds.value = ((last - first) / 1000).toFixed(2); });
