// Says what others change while this page is open, and who looks at which idea. Nothing on the page moves by itself.

const SECONDS = 4;
const bar = document.querySelector("[data-watch]");
const said = bar?.querySelector("[data-watch-said]");
let mark = null;

async function look() {
  if (document.hidden) return;
  const answer = await fetch(bar.dataset.watch, { headers: mark ? { "If-None-Match": mark } : {} });
  if (answer.status !== 200) return; // 304: as it was; anything else: the next time will do
  mark = answer.headers.get("ETag");
  const now = await answer.json();
  if (said.textContent !== now.said) said.textContent = now.said;
  bar.hidden = !now.said;
  for (const place of document.querySelectorAll("[data-looks]")) {
    const who = now.looking[place.dataset.looks] ?? "";
    if (place.textContent !== who) place.textContent = who;
  }
}

if (bar) setInterval(() => look().catch(() => {}), SECONDS * 1000);
