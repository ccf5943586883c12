// What every page can do: remember light or dark, close menus, open and close dialogs.
const root = document.documentElement;
const system = window.matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.bsTheme ? root.dataset.bsTheme === "dark" : system.matches;
}

function remember(theme) {
  // The cookie is for the server's first paint; the storage for browsers that drop cookies on closing.
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage can be forbidden; the cookie is enough.
  }
}

function setUpTheme() {
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    // As above.
  }
  if (!root.dataset.bsTheme && (kept === "light" || kept === "dark")) {
    root.dataset.bsTheme = kept;
    remember(kept);
  }
  document.querySelectorAll("[data-theme-toggle]").forEach((button) => {
    button.hidden = false;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    show();
    system.addEventListener("change", show);
    button.addEventListener("click", () => {
      root.dataset.bsTheme = isDark() ? "light" : "dark";
      remember(root.dataset.bsTheme);
      show();
    });
  });
}

function setUpMenus() {
  const menus = [...document.querySelectorAll("details[data-menu]")];
  const closeAll = (but) => menus.forEach((menu) => menu !== but && menu.removeAttribute("open"));
  document.addEventListener("click", (event) => closeAll(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = menus.find((menu) => menu.open);
    if (open) {
      open.removeAttribute("open");
      open.querySelector("summary").focus();
    }
  });
}

// <button data-opens="dialog-id">, and inside the dialog <button data-closes>.
function setUpDialogs() {
  document.querySelectorAll("[data-opens]").forEach((button) => {
    const dialog = document.getElementById(button.dataset.opens);
    button.addEventListener("click", () => dialog?.showModal());
  });
  document.querySelectorAll("dialog [data-closes]").forEach((button) => {
    button.addEventListener("click", () => button.closest("dialog").close());
  });
}

// <button data-copies="field-id" data-done="Copied">
function setUpCopying() {
  document.querySelectorAll("[data-copies]").forEach((button) => {
    const source = document.getElementById(button.dataset.copies);
    if (!source) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      source.select();
      try {
        await navigator.clipboard.writeText(source.value);
      } catch {
        document.execCommand("copy"); // Plain http has no clipboard of its own.
      }
      button.querySelector("[data-label]").textContent = button.dataset.done;
    });
  });
}

setUpTheme();
setUpMenus();
setUpDialogs();
setUpCopying();
