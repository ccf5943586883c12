// The one place above the captions where the page tells what happened and what can be done about it.

export class Notices {
  constructor(place) {
    this.place = place;
  }

  /** `action` is { label, href } or { label, act }; `about` lets a later success take back only its own notice. */
  show(kind, text, action = null, about = "line") {
    this.place.replaceChildren(document.createTextNode(`${text} `));
    this.place.className = `call-notice notice-${kind}`;
    this.place.dataset.about = about;
    this.place.hidden = false;
    if (!action) return;
    const button = document.createElement(action.href ? "a" : "button");
    button.className = "btn btn-sm btn-primary";
    button.textContent = action.label;
    if (action.href) button.href = action.href;
    else button.addEventListener("click", action.act);
    this.place.append(button);
  }

  clear(about) {
    if (!about || this.place.dataset.about === about) this.place.hidden = true;
  }
}

/** The checklist of a practice call. */
export function showHints(list, hints, texts) {
  if (!list || !hints) return;
  list.replaceChildren(
    ...hints.map(({ text, done }) => {
      const item = document.createElement("li");
      item.className = done ? "hint is-done" : "hint";
      item.textContent = text;
      const said = document.createElement("span");
      said.className = "visually-hidden";
      said.textContent = ` (${done ? texts.done : texts.open})`;
      item.append(said);
      return item;
    }),
  );
}
