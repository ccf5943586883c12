// A row of tabs, of which one panel is in sight: by pointer, by the arrow keys, Home and End.

/** `tabs`: the buttons, each with `aria-controls`; `onChosen(tab)` is told of what a person chose. Gives `choose(tab)`. */
export function tabRow(tabs, onChosen = () => {}) {
  const choose = (tab) => {
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
    }
  };
  const byHand = (tab) => {
    choose(tab);
    onChosen(tab);
  };
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => byHand(tab));
    tab.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      const next = tabs.at(steps[event.key] % tabs.length);
      next.focus();
      byHand(next);
    });
  });
  return choose;
}
