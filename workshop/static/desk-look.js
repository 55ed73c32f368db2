// One page of paper: zoom, and drag a frame around a card. Without it there is a list of parts, and percents.

import { zoom } from "./desk-zoom.js";

const box = document.querySelector("[data-zoom]");
const tools = document.querySelector("[data-zoom-tools]");
const number = document.getElementById("nummer");
const part = document.getElementById("deel");
const edge = (name) => document.querySelector(`input[name=${name}]`);

if (box && tools) {
  tools.hidden = false;
  zoom(box, tools.querySelector("[data-in]"), tools.querySelector("[data-out]"));
}

if (box && part) {
  const frame = box.querySelector("[data-frame]");
  const image = frame.querySelector("img");
  const mark = document.createElement("span");
  mark.className = "frame";
  mark.hidden = true;
  frame.append(mark);
  document.querySelector("[data-drag]").hidden = false;
  let from = null;
  let dragged = false;

  const place = (event) => {
    const at = image.getBoundingClientRect();
    const share = (value, size) => Math.round(Math.min(1, Math.max(0, value / size)) * 100);
    return [share(event.clientX - at.left, at.width), share(event.clientY - at.top, at.height)];
  };

  const draw = () => {
    const [left, top, right, bottom] = ["links", "boven", "rechts", "onder"].map((name) => Number(edge(name).value));
    mark.hidden = part.value !== "eigen";
    mark.style.left = `${left}%`;
    mark.style.top = `${top}%`;
    mark.style.width = `${right - left}%`;
    mark.style.height = `${bottom - top}%`;
  };

  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button) return;
    event.preventDefault();
    from = place(event);
    dragged = false;
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = place(event);
    if (Math.abs(to[0] - from[0]) < 3 || Math.abs(to[1] - from[1]) < 3) return;
    dragged = true;
    part.value = "eigen";
    ["links", "boven"].forEach((name, axis) => (edge(name).value = Math.min(from[axis], to[axis])));
    ["rechts", "onder"].forEach((name, axis) => (edge(name).value = Math.max(from[axis], to[axis])));
    draw();
  });
  frame.addEventListener("pointerup", () => {
    from = null;
    if (dragged) number.focus({ preventScroll: true });
  });
  frame.addEventListener("click", (event) => dragged && event.preventDefault());
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  for (const input of [part, ...["links", "boven", "rechts", "onder"].map(edge)]) input.addEventListener("input", draw);
  draw();
}

// In the box for a number a letter is no number: there it is the key of its button.
number?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[a-z+]$/.test(event.key)) return;
  const button = document.querySelector(`[data-page-key="${event.key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
