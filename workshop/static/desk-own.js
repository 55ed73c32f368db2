// What the rules say and how the card will print, while one types. Without this module, saving shows the same.

const CHECK_MS = 700;
const DRAW_MS = 1800;
const form = document.getElementById("kaart");
const state = document.querySelector("[data-state] .chip");
const rooms = document.querySelector("[data-rooms]");
let checking;
let drawing;
let round = 0;

function typed() {
  const body = new FormData(form);
  body.delete("plaatje");
  return new URLSearchParams([...body].filter(([, value]) => typeof value === "string"));
}

function listed(list, items) {
  list.replaceChildren(
    ...items.map((item) => {
      const line = document.createElement("li");
      line.className = item.level;
      line.textContent = item.text;
      return line;
    }),
  );
}

async function check() {
  const mine = ++round;
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body: typed(), redirect: "error" });
    if (!answer.ok || mine !== round) return;
    const found = await answer.json();
    if (mine !== round) return;
    for (const list of form.querySelectorAll("[data-remarks]")) listed(list, found.remarks[list.dataset.remarks] ?? []);
    listed(rooms, found.rooms);
    state.textContent = found.right ? state.dataset.right : state.dataset.wrong;
    state.classList.toggle("good", found.right);
    state.classList.toggle("warn", !found.right);
  } catch {
    // no network: saving says the same later
  }
}

async function draw() {
  for (const picture of document.querySelectorAll("[data-side]")) {
    const said = document.querySelector(`[data-undrawn="${picture.dataset.side}"]`);
    try {
      const answer = await fetch(picture.dataset.typed, { method: "POST", body: typed(), redirect: "error" });
      if (answer.status === 409) {
        said.textContent = await answer.text();
        picture.hidden = true;
      } else if (answer.ok) {
        const shown = picture.src;
        picture.src = URL.createObjectURL(await answer.blob());
        picture.hidden = false;
        said.textContent = "";
        if (shown.startsWith("blob:")) URL.revokeObjectURL(shown);
      }
    } catch {
      return;
    }
  }
}

form.addEventListener("input", () => {
  clearTimeout(checking);
  clearTimeout(drawing);
  checking = setTimeout(check, CHECK_MS);
  drawing = setTimeout(draw, DRAW_MS);
});

let left = false;
form.addEventListener("input", () => (left = true));
form.addEventListener("submit", () => (left = false));
addEventListener("beforeunload", (event) => left && event.preventDefault());

for (const picture of document.querySelectorAll("[data-side]")) {
  const undrawn = () => (picture.hidden = true);
  picture.addEventListener("error", undrawn);
  if (picture.complete && !picture.naturalWidth) undrawn();
}
