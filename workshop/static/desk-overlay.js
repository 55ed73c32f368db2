// Lays a newer version of the board over the one on the page: what did not change is left alone, down to the node.

const open = (part) => part.querySelector("details[open] :focus, input:focus, details[open] form, dialog[open]");

function parts(document, page, skip) {
  for (const fresh of page.querySelectorAll("[data-part]")) {
    const name = fresh.dataset.part;
    const part = document.querySelector(`[data-part="${name}"]`);
    if (!part || skip.includes(name) || part.isEqualNode(fresh) || part.closest("dialog[open]")) continue;
    if (name.startsWith("head-") && open(part) && !fresh.querySelector("[role=alert], .wrong")) versions(part, fresh);
    else replace(part, fresh);
  }
}

function versions(part, fresh) {
  // A form somebody is filling in stays; what it is about to send is about the newest version.
  for (const field of part.querySelectorAll("[name=versie]")) {
    const newest = fresh.querySelector("[name=versie]");
    if (newest) field.value = newest.value;
  }
  part.querySelector("h2")?.replaceWith(fresh.querySelector("h2"));
}

function replace(part, fresh) {
  const folds = [...part.querySelectorAll("details")].map((one) => one.open);
  const chosen = part.matches("select") ? part.value : null;
  const focused = part.contains(document.activeElement);
  part.replaceChildren(...fresh.childNodes);
  if (!part.querySelector(".wrong")) part.querySelectorAll("details").forEach((one, at) => (one.open ||= folds[at] ?? false));
  if (chosen !== null && [...part.options].some((one) => one.value === chosen)) part.value = chosen;
  if (focused) part.querySelector("summary")?.focus({ preventScroll: true });
}

function columns(board, fresh) {
  const wanted = [...fresh.querySelectorAll("[data-column]")];
  const have = new Map([...board.querySelectorAll("[data-column]")].map((one) => [one.dataset.column, one]));
  const keys = new Set(wanted.map((one) => one.dataset.column));
  const cards = new Map([...board.querySelectorAll("[data-card]")].map((one) => [one.dataset.card, one]));
  wanted.forEach((column, place) => {
    const mine = have.get(column.dataset.column) ?? document.importNode(column, true);
    lay(mine.querySelector("[data-cards]"), column.querySelector("[data-cards]"), cards);
    if (board.children[place] !== mine) board.insertBefore(mine, board.children[place] ?? null);
  });
  for (const [key, column] of have) if (!keys.has(key)) column.remove();
}

function lay(list, fresh, cards) {
  const wanted = [...fresh.children];
  const keep = new Set(wanted.map((one) => one.dataset.card));
  for (const card of [...list.children]) if (!keep.has(card.dataset.card)) card.remove();
  wanted.forEach((newest, place) => {
    const card = renewed(cards.get(newest.dataset.card), newest);
    cards.set(newest.dataset.card, card);
    if (list.children[place] !== card) list.insertBefore(card, list.children[place] ?? null);
  });
}

function renewed(card, newest) {
  if (!card) return document.importNode(newest, true);
  if (card.dataset.mark === newest.dataset.mark) return card;
  const checked = card.querySelector("[name=idee]")?.checked;
  const fold = card.querySelector("details")?.open;
  for (const { name, value } of newest.attributes) card.setAttribute(name, value);
  card.replaceChildren(...document.importNode(newest, true).childNodes);
  if (checked) card.querySelector("[name=idee]").checked = true;
  if (fold) card.querySelector("details")?.setAttribute("open", "");
  return card;
}

/** Lay `page` over `document`. Keeps focus and what one was looking at in place; parts named in `skip` stay. */
export function overlay(document, page, { skip }) {
  const board = document.querySelector("[data-board]");
  const focused = document.activeElement;
  const card = focused?.closest?.("[data-card]")?.dataset.card;
  const control = card && (focused.name || (focused.matches("summary") ? "summary" : "[data-main]"));
  const anchor = card ? focused.closest("[data-card]") : seen(board);
  const before = anchor?.getBoundingClientRect().top;
  columns(board, page.querySelector("[data-board]"));
  parts(document, page, skip);
  const now = card && board.querySelector(`[data-card="${card}"]`);
  if (now && !now.contains(document.activeElement)) {
    (now.querySelector(control.startsWith("[") || control === "summary" ? control : `[name="${control}"]`) ?? now.querySelector("[data-main]")).focus({ preventScroll: true });
  }
  if (anchor?.isConnected) stay(board, anchor.getBoundingClientRect().top - before);
}

function seen(board) {
  const top = Math.max(0, board.getBoundingClientRect().top);
  return [...board.querySelectorAll("[data-card]")].find((one) => one.getBoundingClientRect().bottom > top + 60);
}

function stay(board, moved) {
  if (!moved) return;
  if (board.scrollHeight > board.clientHeight + 1) board.scrollTop += moved;
  else window.scrollBy(0, moved);
}
