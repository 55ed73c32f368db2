// Counts the minutes down, and shows the page again when somebody changed the plan. No sound, and nothing jumps.

const SECONDS = 3;
const box = document.querySelector("[data-beats]");
const left = document.querySelector("[data-due]");
const late = left ? Date.now() - Number(left.dataset.now) : 0; // this clock may be ahead of the server's, or behind

function tick() {
  const minutes = Math.round((Number(left.dataset.due) - (Date.now() - late)) / 60000);
  const said = String(Math.abs(minutes));
  const shown = left.querySelector("[data-left]");
  if (shown.textContent !== said) shown.textContent = said;
  left.classList.toggle("over", minutes < 0);
  for (const [name, hidden] of [["[data-to-go]", minutes < 0], ["[data-over]", minutes >= 0]]) {
    const unit = left.querySelector(name);
    const words = said === "1" ? unit.dataset.one : unit.dataset.more;
    unit.hidden = hidden;
    if (unit.textContent !== words) unit.textContent = words;
  }
}

async function look() {
  if (document.hidden) return;
  const answer = await fetch(box.dataset.state, { headers: { Accept: "application/json" } });
  if (answer.ok && String((await answer.json()).beats) !== box.dataset.beats) {
    const here = new URL(location);
    for (const name of ["gedaan", "stap"]) here.searchParams.delete(name);
    location.replace(here);
  }
}

if (left) setInterval(tick, 1000);
if (box) setInterval(() => look().catch(() => {}), SECONDS * 1000); // without a connection the next look tries again
