// The plan by hand and keys: times follow what one types, alt with an arrow moves a block, and blocks can be dragged.
// Every move is sent as a form of the page, so that the server decides and it can be undone.

import { drags } from "./desk-drag.js";

const board = document.querySelector("[data-board]");
const blocks = () => [...board.querySelectorAll("[data-card]")];

function clock(minutes) {
  const at = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}

function times() {
  const [hours, first] = board.dataset.start.split(":").map(Number);
  let at = hours * 60 + first;
  for (const block of blocks()) {
    block.querySelector("[data-clock]").textContent = clock(at);
    at += Math.max(0, parseInt(block.querySelector("[data-minutes]")?.value ?? "0", 10) || 0);
  }
}

function put([block], column, before) {
  const others = blocks().filter((one) => one !== block);
  const after = before ? others[others.indexOf(before) - 1] : others.at(-1);
  const form = document.createElement("form");
  form.method = "post";
  form.action = board.dataset.put.replace("STUK", block.dataset.card);
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "na";
  field.value = after?.dataset.card ?? "";
  form.append(field);
  document.body.append(form);
  form.submit();
}

function arrows(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const button = event.target.closest("[data-card]")?.querySelector(event.key === "ArrowUp" ? "[data-up]" : "[data-down]");
  if (!button || event.target.matches("select, textarea")) return;
  event.preventDefault();
  if (!button.disabled) button.click();
}

if (board?.querySelector("[data-minutes]")) {
  board.classList.add("live");
  board.addEventListener("input", (event) => event.target.matches("[data-minutes]") && times());
  board.addEventListener("keydown", arrows);
  drags(board, { start() {}, stop() {}, chosen: () => [], put });
  const moved = { omhoog: "[data-up]", omlaag: "[data-down]" }[new URLSearchParams(location.search).get("gedaan")];
  const at = location.hash.startsWith("#stuk-") && document.getElementById(location.hash.slice(1));
  if (at) addEventListener("load", () => setTimeout(() => at.querySelector(`${moved ?? "summary"}:enabled, summary`)?.focus({ preventScroll: true })));
}
