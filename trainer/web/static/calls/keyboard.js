// Keys that work from everywhere in the console, with Alt. The letters are those that no browser's menu uses; the page
// lists them in its keyboard help, which is built from the same buttons.

/** The letter of a key pressed with Alt: what is printed on it, or its place where Alt makes a sign of it. */
const letter = (event) => (/^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "")).toUpperCase();

const reachable = (element) => !element.disabled && !element.closest("[hidden]") && getComputedStyle(element).display !== "none";

/**
 * Every element with `data-key-alt="P"` is pressed, or focused where it is a field or a tab, by Alt and that letter.
 * `reveal(element)` brings its side of a narrow screen into sight first.
 */
export function listenToKeys(reveal) {
  const keyed = [...document.querySelectorAll("[data-key-alt]")];
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
    const pressed = letter(event);
    const wanted = keyed.filter((element) => element.dataset.keyAlt === pressed);
    if (!wanted.length) return;
    event.preventDefault();
    if (document.querySelector("dialog[open]")) return;
    const element = wanted.find(reachable);
    if (!element) return;
    reveal(element);
    if (element.matches("textarea, input, [role=tab]")) element.focus();
    if (!element.matches("textarea, input")) element.click();
  });
}
