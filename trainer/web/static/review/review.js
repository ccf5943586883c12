// Plays turns of the call: one, from a word on, or the whole call from there; and shows where it is.

const root = document.getElementById("review");
const state = document.getElementById("play-state");
const stopButton = document.getElementById("stop-all");
const audio = new Audio();
let going = false;
let current = null;

const sounding = () => [...root.querySelectorAll("li[data-sound]")];

function mark(item) {
  current?.classList.remove("is-playing");
  current = item;
  if (!item) return;
  item.classList.add("is-playing");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  item.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

function stop(text = root.dataset.stopped) {
  going = false;
  audio.pause();
  stopButton.hidden = true;
  state.textContent = text;
  mark(null);
}

function play(seq, { from = 0, on = false } = {}) {
  const item = document.getElementById(`turn-${seq}`);
  going = on;
  mark(item);
  audio.src = root.dataset.audio.replace("/0", `/${seq}`);
  audio.currentTime = from;
  stopButton.hidden = false;
  state.textContent = root.dataset.playing;
  audio.play().catch(() => stop(root.dataset.missing));
}

audio.addEventListener("ended", () => {
  const items = sounding();
  const next = items[items.indexOf(current) + 1];
  if (going && next) play(next.dataset.seq, { on: true });
  else stop("");
});

root.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-play]");
  if (asked) {
    event.preventDefault();
    if (current?.dataset.seq === asked.dataset.play && !audio.paused && asked.matches("button")) {
      stop();
      return;
    }
    play(asked.dataset.play, { from: Number(asked.dataset.from || 0) });
  }
});

document.getElementById("play-all").addEventListener("click", () => {
  const [first] = sounding();
  if (first) play(first.dataset.seq, { on: true });
});
stopButton.addEventListener("click", () => stop());
