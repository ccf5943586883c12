// Where the focus goes when what had it disappears or is switched off: never to nowhere, or the keyboard is lost.

const usable = (element) => element?.isConnected && !element.disabled && element.getClientRects().length > 0;

export class FocusKeeper {
  /** Watches `roots`; `next()` gives elements to try, the best first, once the focused one of them is gone. */
  constructor(roots, next) {
    this.next = next;
    this.last = null;
    document.addEventListener("focusin", (event) => {
      this.last = roots.some((root) => root.contains(event.target)) ? event.target : null;
    });
    // A press beside everything takes the focus away on purpose; what was there is still usable then.
    document.addEventListener("pointerdown", () => requestAnimationFrame(() => this.forget()));
    const seen = new MutationObserver(() => requestAnimationFrame(() => this.keep()));
    const what = { subtree: true, childList: true, attributes: true };
    for (const root of roots) seen.observe(root, { ...what, attributeFilter: ["hidden", "disabled", "open", "data-state", "data-party", "data-view"] });
  }

  forget() {
    if (document.activeElement === document.body && usable(this.last)) this.last = null;
  }

  keep() {
    if (!this.last || usable(this.last) || document.querySelector("dialog[open]")) return;
    if (document.activeElement !== document.body && usable(document.activeElement)) return;
    this.last = null;
    this.next().find(usable)?.focus();
  }
}
