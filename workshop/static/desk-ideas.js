// Choosing many ideas: shift-click takes all between two, and the bar says how many. Without this module the boxes work too.

const form = document.querySelector("[data-together]");
const boxes = [...document.querySelectorAll("input[name=idee][form=samen]")];
const all = form?.querySelector("[data-all]");
const said = form?.querySelector("[data-picked]");
const unsaid = said?.textContent;
let last = null;

function tell() {
  const count = all.checked ? Number(form.dataset.found) : boxes.filter((box) => box.checked).length;
  said.textContent = count === 0 ? unsaid : count === 1 ? said.dataset.one : said.dataset.more.replace("#", count);
  form.classList.toggle("on", count > 0);
}

function choose(box, event) {
  if (event.shiftKey && last && last !== box) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
  }
  if (!box.checked) all.checked = false;
  last = box;
  tell();
}

if (form) {
  for (const box of boxes) box.addEventListener("click", (event) => choose(box, event));
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  addEventListener("pageshow", tell); // a browser that goes back remembers what was chosen
  tell();
}
