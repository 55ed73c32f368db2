// Keys for lists: j/k or arrows move, letters press the button with that letter, ? shows which.
// Without this module everything works by mouse, touch and Tab. Keys can be switched off (WCAG 2.1.4).
// Between sending a form and the page that answers it no letter does anything: it was meant for what is to come.

const STORED = "bureau-toetsen";
const STAYS_MS = 5000; // a form that gives a file leaves the page where it is
const root = document.documentElement;
const list = document.querySelector("[data-list]");
const dialog = document.getElementById("toetsen");
const tick = document.getElementById("toetsen-aan");
let on = localStorage.getItem(STORED) !== "uit";

const items = () => [...(list?.querySelectorAll("[data-item]") ?? [])];
const current = () => document.activeElement?.closest?.("[data-item]");

function typing(target) {
  return target.closest("textarea, select, dialog, [contenteditable]") || (target.matches("input") && !["radio", "checkbox"].includes(target.type));
}

function go(item) {
  (item.querySelector("[data-main]") ?? item.querySelector("a, button"))?.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = items();
  if (!all.length) return false;
  const at = all.indexOf(current());
  go(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]);
  return true;
}

function press(key) {
  const inItem = current()?.querySelector(`[data-key="${key}"]`);
  const opens = document.querySelector(`[data-opens="${key}"]`);
  const button = inItem ?? document.querySelector(`[data-page-key="${key}"]`);
  if (opens) {
    opens.open = true;
    opens.querySelector("textarea, input:not([type=hidden])").focus();
  } else if (button) button.click();
  else if (list?.querySelector(`[data-key="${key}"]`)) move(1); // nothing is acted on before it is pointed at
  return Boolean(opens || button);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || event.defaultPrevented) return;
  if (event.key === "?") {
    dialog.showModal();
    event.preventDefault();
    return;
  }
  if (!on || "leaving" in root.dataset) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  const arrows = event.key.startsWith("Arrow");
  const done = step && (arrows ? current() && move(step) : move(step) || press(event.key));
  if (done || (!step && event.key.length === 1 && event.key !== " " && press(event.key))) event.preventDefault();
});

function stay() {
  delete root.dataset.leaving;
}

addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  root.dataset.leaving = "";
  setTimeout(stay, STAYS_MS);
});
addEventListener("pageshow", stay); // back to a page that was kept

tick.checked = on;
tick.addEventListener("change", () => {
  on = tick.checked;
  localStorage.setItem(STORED, on ? "aan" : "uit");
});

for (const opener of document.querySelectorAll("[data-open-keys]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
}

const here = document.querySelector("[data-here]");
if (here) addEventListener("load", () => setTimeout(go, 0, here)); // after the browser went to #hier, which drops the focus
