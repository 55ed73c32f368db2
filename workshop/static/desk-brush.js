// Painting over a picture: by mouse, finger or keys. Only shares of width and height are sent; the server paints.

const form = document.getElementById("kwast");
const easel = form.querySelector("[data-easel]");
const picture = easel.querySelector("img");
const canvas = easel.querySelector("canvas");
const said = form.querySelector("[data-said]");
const brush = canvas.getContext("2d");
const done = [];
const box = { left: 0.4, top: 0.4, wide: 0.2, high: 0.1 };
let stroke = null;
let byKeys = false;

const round = (value) => Math.round(value * 10000) / 10000;
const within = (value) => Math.min(1, Math.max(0, value));
const size = () => Number(form.elements.maat.value);

function paintOne(one) {
  const { width, height } = canvas;
  brush.fillStyle = brush.strokeStyle = "#000";
  if (one.r) {
    const [left, top, wide, high] = one.r;
    brush.fillRect(left * width, top * height, wide * width, high * height);
    return;
  }
  brush.lineWidth = one.w * width;
  brush.lineCap = brush.lineJoin = "round";
  brush.beginPath();
  brush.moveTo(one.p[0] * width, one.p[1] * height);
  for (let at = 0; at < one.p.length; at += 2) brush.lineTo(one.p[at] * width, one.p[at + 1] * height);
  brush.stroke();
}

function show() {
  const { width, height } = canvas;
  brush.clearRect(0, 0, width, height);
  for (const one of stroke ? [...done, stroke] : done) paintOne(one);
  if (!byKeys) return;
  const edge = Math.max(2, width / 200);
  brush.lineWidth = edge * 2;
  brush.strokeStyle = "#fff";
  brush.strokeRect(box.left * width, box.top * height, box.wide * width, box.high * height);
  brush.lineWidth = edge;
  brush.strokeStyle = "#000";
  brush.strokeRect(box.left * width, box.top * height, box.wide * width, box.high * height);
}

function keep(one, words) {
  done.push(one);
  said.textContent = `${words} (${done.length})`;
  show();
}

function undo() {
  if (done.pop()) said.textContent = `${said.dataset.undone} (${done.length})`;
  show();
}

function place(event) {
  const edge = canvas.getBoundingClientRect();
  return [round(within((event.clientX - edge.left) / edge.width)), round(within((event.clientY - edge.top) / edge.height))];
}

canvas.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  canvas.setPointerCapture(event.pointerId);
  byKeys = false;
  stroke = { w: size(), p: place(event) };
  stroke.p.push(...stroke.p);
  show();
});
canvas.addEventListener("pointermove", (event) => {
  if (!stroke) return;
  const [x, y] = place(event);
  const [before, above] = stroke.p.slice(-2);
  if (Math.hypot(x - before, y - above) < 0.004) return;
  stroke.p.push(x, y);
  show();
});
for (const end of ["pointerup", "pointercancel"]) {
  canvas.addEventListener(end, () => {
    if (!stroke) return;
    const one = stroke;
    stroke = null;
    keep(one, said.dataset.stroke);
  });
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
canvas.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (step) {
    const [across, down] = step.map((one) => one * 0.02);
    byKeys = true;
    if (event.shiftKey) {
      box.wide = round(Math.min(1 - box.left, Math.max(0.02, box.wide + across)));
      box.high = round(Math.min(1 - box.top, Math.max(0.02, box.high + down)));
    } else {
      box.left = round(Math.min(1 - box.wide, Math.max(0, box.left + across)));
      box.top = round(Math.min(1 - box.high, Math.max(0, box.top + down)));
    }
    said.textContent = Object.entries(box).reduce((text, [name, value]) => text.replace(`{${name}}`, Math.round(value * 100)), said.dataset.at);
    show();
  } else if (event.key === "Enter" || event.key === " ") {
    byKeys = true;
    keep({ r: [box.left, box.top, box.wide, box.high] }, said.dataset.box);
  } else if (event.key !== "Backspace" && event.key !== "Delete") {
    return;
  } else undo();
  event.preventDefault();
});
addEventListener("keydown", (event) => {
  if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    undo();
  }
});
canvas.addEventListener("focus", () => {
  byKeys = canvas.matches(":focus-visible");
  show();
});
canvas.addEventListener("blur", () => {
  byKeys = false;
  show();
});
form.querySelector("[data-undo]").addEventListener("click", undo);
form.addEventListener("submit", () => {
  form.elements.streken.value = JSON.stringify(done);
});

function begin() {
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  for (const one of form.querySelectorAll(".only-ticking")) {
    one.hidden = true;
    one.disabled = true;
  }
  for (const one of form.querySelectorAll(".only-painting")) one.hidden = false;
  show();
}
if (picture.complete && picture.naturalWidth) begin();
else picture.addEventListener("load", begin);
