// Keeps the numbers of who took part in an open round up to date. Without this module they are those of the page.

const list = document.querySelector("[data-stand]");

async function look() {
  try {
    const answer = await fetch(list.dataset.stand, { headers: { Accept: "application/json" } });
    const now = answer.ok ? await answer.json() : null;
    const typing = [...document.querySelectorAll(".round-count input")].some((field) => field.value);
    if (now && now.state !== "open" && !typing) return location.reload();
    for (const place of now ? list.querySelectorAll("[data-count]") : []) {
      const count = String(now[place.dataset.count]);
      if (place.textContent !== count) place.textContent = count;
    }
  } catch {
    // No connection for a moment: the next look tries again.
  }
  setTimeout(look, 2000);
}

if (list) setTimeout(look, 2000);
