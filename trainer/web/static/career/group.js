// Shows how far a group has come, and the result once it is there.

const group = document.getElementById("group");

async function look() {
  try {
    const response = await fetch(group.dataset.state, { headers: { Accept: "application/json" } });
    const state = response.ok ? await response.json() : null;
    if (response.redirected || (state && state.finished)) {
      window.location.reload();
      return;
    }
    if (state) {
      document.getElementById("group-done").textContent = state.done;
      document.getElementById("group-progress").value = state.done;
    }
  } catch {
    // no connection: ask again
  }
  setTimeout(look, 2000);
}

if (group) setTimeout(look, 1000);
