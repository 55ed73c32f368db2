// Dragging cards with mouse, pen or finger: a copy follows the pointer, a bar shows where it will lie, edges scroll.
// A finger drags by the grip, so that it can scroll everywhere else. Escape lets go without moving anything.

const FAR = 6; // px before pressing becomes dragging
const EDGE = 60; // px from an edge where scrolling begins

/** Let cards be dragged. `chosen()` are dragged together; `put(cards, column, before)` moves them. */
export function drags(board, { start, stop, chosen, put }) {
  const place = document.createElement("li");
  place.className = "drop-place";
  let from = null;
  let drag = null;
  let at = { x: 0, y: 0 };

  function lift() {
    const picked = chosen();
    const moved = picked.includes(from.card) ? picked : [from.card];
    const ghost = from.card.cloneNode(true);
    ghost.removeAttribute("id");
    ghost.removeAttribute("data-card");
    ghost.className += " ghost";
    ghost.inert = true;
    for (const one of ghost.querySelectorAll("[id], [form], [name]")) ["id", "form", "name"].forEach((name) => one.removeAttribute(name));
    if (moved.length > 1) {
      const count = document.createElement("span");
      count.className = "count ghost-count";
      count.textContent = moved.length;
      ghost.append(count);
    }
    ghost.style.width = `${from.card.offsetWidth}px`;
    document.body.append(ghost);
    document.documentElement.classList.add("dragging");
    getSelection().removeAllRanges();
    for (const card of moved) card.classList.add("lifted");
    drag = { moved, ghost, column: null, before: null };
    board.setPointerCapture(from.pointer);
    start();
    requestAnimationFrame(scroll);
  }

  function over() {
    drag.ghost.style.translate = `${at.x - from.dx}px ${at.y - from.dy}px`;
    const column = document.elementFromPoint(at.x, at.y)?.closest("[data-column]");
    for (const one of board.querySelectorAll(".drop-here")) if (one !== column) one.classList.remove("drop-here");
    drag.column = column ?? null;
    if (!column) return place.remove();
    column.classList.add("drop-here");
    const list = column.querySelector("[data-cards]");
    const others = [...list.querySelectorAll("[data-card]")].filter((card) => !drag.moved.includes(card));
    const below = others.find((card) => {
      const box = card.getBoundingClientRect();
      return at.y < box.top + box.height / 2;
    });
    drag.before = column.dataset.column ? (below ?? null) : null; // without a theme the oldest comes first
    if (column.dataset.column) list.insertBefore(place, drag.before);
    else place.remove();
  }

  function scroll() {
    if (!drag) return;
    const scrolls = board.scrollHeight > board.clientHeight + 1;
    const box = scrolls ? board.getBoundingClientRect() : { top: 0, bottom: innerHeight, left: 0, right: innerWidth };
    const speed = (value, low, high) => (value < low + EDGE ? value - low - EDGE : value > high - EDGE ? value - high + EDGE : 0) / 4;
    const down = speed(at.y, Math.max(0, box.top), Math.min(innerHeight, box.bottom));
    if (scrolls) board.scrollTop += down;
    if (down && !scrolls) window.scrollBy(0, down);
    board.scrollLeft += speed(at.x, Math.max(0, box.left), Math.min(innerWidth, box.right));
    over();
    requestAnimationFrame(scroll);
  }

  function end(done) {
    const dropped = drag;
    from = drag = null;
    if (!dropped) return;
    place.remove();
    dropped.ghost.remove();
    document.documentElement.classList.remove("dragging");
    for (const one of board.querySelectorAll(".drop-here, .lifted")) one.classList.remove("drop-here", "lifted");
    stop();
    const { moved, column, before } = dropped;
    const still = moved.length === 1 && moved[0].closest("[data-column]") === column && (!column.dataset.column || moved[0].nextElementSibling === before);
    if (done && column && !still) put(moved, column, before);
  }

  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-card]");
    const grip = event.target.closest("[data-grip]");
    if (!card || event.button || !event.isPrimary) return;
    if (!grip && (event.pointerType === "touch" || event.target.closest("a, button, input, label, summary"))) return;
    const box = card.getBoundingClientRect();
    at = { x: event.clientX, y: event.clientY };
    from = { card, ...at, dx: at.x - box.left, dy: at.y - box.top, pointer: event.pointerId };
  });
  board.addEventListener("pointermove", (event) => {
    if (!from) return;
    at = { x: event.clientX, y: event.clientY };
    if (!drag && Math.hypot(at.x - from.x, at.y - from.y) > FAR) lift();
  });
  addEventListener("pointerup", () => {
    if (drag) over();
    end(true);
  });
  addEventListener("pointercancel", () => end(false));
  addEventListener("keydown", (event) => event.key === "Escape" && drag && end(false), true);
  board.addEventListener("dragstart", (event) => event.preventDefault());
}
