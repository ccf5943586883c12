// Shows how far a group has come, and the whole page anew once it is there.

const PARTS = ["group", "group-people"];

async function look() {
  try {
    const response = await fetch(window.location.href);
    if (response.redirected) {
      window.location.reload();
      return;
    }
    const now = new DOMParser().parseFromString(await response.text(), "text/html");
    if (now.getElementById("group")?.dataset.finished === "yes") {
      window.location.reload();
      return;
    }
    for (const name of PARTS) {
      const shown = document.getElementById(name);
      const fresh = now.getElementById(name);
      // What somebody is about to follow stays under their finger.
      if (response.ok && fresh && !shown.contains(document.activeElement)) shown.replaceWith(fresh);
    }
  } catch {
    // no connection: ask again
  }
  setTimeout(look, 2000);
}

if (document.getElementById("group")?.dataset.finished === "no") setTimeout(look, 1000);
