// The typing desk by keyboard: Ctrl+Enter saves, Alt with a key presses the button that names it.
// Without this module every button works by mouse, touch and Tab.

import { zoom } from "./desk-zoom.js";

const form = document.getElementById("over");
const tools = document.querySelector("[data-picture-tools]");
const perspective = document.querySelector("[data-perspective]");
const link = document.querySelector("[data-clean]");

if (tools && link) {
  const toggle = tools.querySelector("[data-toggle]");
  tools.hidden = false;
  zoom(document.querySelector("[data-zoom]"), tools.querySelector("[data-in]"), tools.querySelector("[data-out]"));
  toggle.addEventListener("click", () => {
    const raw = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", raw);
    link.href = raw ? link.dataset.raw : link.dataset.clean;
    link.querySelector("img").src = link.href;
  });
}

let sent = false;
form.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => (sent = false));

addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.querySelector("[data-save]").click();
  }
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  const button = document.querySelector(`[data-alt="${event.code.replace("NumpadAdd", "Equal").replace("NumpadSubtract", "Minus")}"]`);
  if (digit && Number(digit[1]) < perspective.options.length) perspective.selectedIndex = Number(digit[1]);
  else if (button) button.click();
  else return;
  event.preventDefault();
});
