// For those who decide: N and P go through what waits, and the clock of a comment follows what is played.

const waiting = [...document.querySelectorAll("[data-waits]")];
let at = -1;

function go(step) {
  if (!waiting.length) return;
  at = Math.min(waiting.length - 1, Math.max(0, at + step));
  const item = waiting[at];
  item.closest("details.criterion")?.setAttribute("open", "");
  const form = item.querySelector("details.decide");
  if (form) form.open = true;
  (form?.querySelector("input[type=radio]") ?? item).focus();
  item.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  const step = { n: 1, p: -1 }[event.key.toLowerCase()];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, input:not([type=radio])")) return;
  event.preventDefault();
  go(step);
});
