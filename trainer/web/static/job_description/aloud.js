// Reads the job description aloud: one section, or from the first to the last. Where no voice works, it says so.

const sections = [...document.querySelectorAll("[data-aloud]")];
const all = document.querySelector("[data-aloud-all]");
const state = document.querySelector("[data-aloud-status]");
const voice = new Audio();
let current = null;
let goesOn = false;

/** The button says what pressing it does now. */
function label(button, isOn) {
  const words = button.querySelector("span");
  button.dataset.start ??= words.textContent;
  words.textContent = isOn ? button.dataset.stop : button.dataset.start;
}

function stop() {
  voice.pause();
  if (current) {
    label(current, false);
    current.closest(".job-part").classList.remove("is-read");
  }
  current = null;
}

function end() {
  stop();
  goesOn = false;
  label(all, false);
}

function silent() {
  current.closest(".job-part").querySelector(".job-part-head").after(state); // where the person is looking
  end();
  state.textContent = state.dataset.silent;
  state.hidden = false;
}

function play(button) {
  stop();
  state.hidden = true;
  current = button;
  label(button, true);
  button.closest(".job-part").classList.add("is-read");
  voice.src = button.dataset.aloud;
  // Another section was begun meanwhile, or this one was stopped: that is no fault of a voice.
  voice.play().catch((error) => current === button && error.name !== "AbortError" && silent());
}

voice.addEventListener("ended", () => {
  const next = sections[sections.indexOf(current) + 1];
  if (goesOn && next) play(next);
  else end();
});

for (const button of sections) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const wasOn = current === button;
    end();
    if (!wasOn) play(button);
  });
}

all.hidden = false;
all.addEventListener("click", () => {
  const wasOn = goesOn;
  end();
  if (wasOn) return;
  goesOn = true;
  label(all, true);
  play(sections[0]);
});
