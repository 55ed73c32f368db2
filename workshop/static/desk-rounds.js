// Keeps the numbers of who took part in an open round up to date, and lets Enter go to the next count at once.
// Without this module the numbers are those of the page, and Enter saves one count before it goes to the next.

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

const fields = [...document.querySelectorAll(".round-count input")];

for (const [at, field] of fields.entries()) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || at === fields.length - 1) return;
    event.preventDefault();
    fields[at + 1].focus();
    fields[at + 1].select();
  });
}
