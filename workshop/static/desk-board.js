// The board by hand, keys and together: every change is sent as the forms of the page send it, and the page that comes
// back is laid over this one, card by card. Focus, scrolling, open forms and what is being dragged stay as they are.

import { drags } from "./desk-drag.js";
import { overlay } from "./desk-overlay.js";

const main = document.getElementById("inhoud");
const board = document.querySelector("[data-board]");
const keuze = document.getElementById("keuze");
const dialog = document.getElementById("verplaats");
const at = board.dataset;
const cards = () => [...board.querySelectorAll("[data-card]")];
const cardOf = (key) => board.querySelector(`[data-card="${key}"]`);
const pick = (card) => card.querySelector("[name=idee]");
const chosen = () => cards().filter((card) => pick(card)?.checked);
const keysOn = () => localStorage.getItem("bureau-toetsen") !== "uit";
let waiting = 0; // changes that were not sent yet: the page is laid over only when all are
let busy = Promise.resolve();
let known = at.beat;
let quiet = 0;
let hold = false; // something is being dragged

// What one can see

function focusOn(card) {
  card.querySelector("[data-main]").focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function roam(card) {
  // Tab goes through one card only; arrows go from card to card.
  for (const one of cards()) {
    for (const control of one.querySelectorAll("a, input, button, summary")) {
      if (one === card) control.removeAttribute("tabindex");
      else control.tabIndex = -1;
    }
  }
}

function count() {
  const said = keuze?.querySelector("[data-chosen]");
  if (said) said.textContent = chosen().length || "";
}

function differences() {
  const gone = new Set(JSON.parse(sessionStorage.getItem("verschillend") ?? "[]"));
  for (const one of document.querySelectorAll("[data-alike]")) {
    one.hidden = gone.has(one.dataset.alike);
    const button = one.querySelector("[data-differ]");
    if (button) button.hidden = false;
  }
  const left = document.querySelectorAll("[data-alike]:not([hidden])").length;
  const counter = document.querySelector("[data-alike-count]");
  if (counter) counter.textContent = left;
}

function tell() {
  // What others did is said for a while, and then makes room.
  clearTimeout(quiet);
  quiet = setTimeout(() => document.querySelector('[data-part="news"]').replaceChildren(), 10000);
}

function lay(page, mine) {
  const fresh = page.querySelector("[data-board]");
  if (!fresh) return location.reload(); // signed out: the page says so
  overlay(document, page, { skip: mine ? ["news"] : ["done", "problem"] });
  if (!mine) tell();
  if (!mine) at.event = fresh.dataset.event; // what others did while we did something ourselves is still to be told
  known = fresh.dataset.beat;
  roam(document.activeElement?.closest?.("[data-card]") ?? cards()[0]);
  count();
  differences();
}

// Sending and asking

async function read(answer) {
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function send(action, fields) {
  // `fields` is worked out when its turn comes: by then the versions on the page are the newest.
  waiting += 1;
  document.querySelector('[data-part="done"]').replaceChildren(); // what can be undone now is this change, not the one before
  busy = busy.then(async () => {
    let page = null;
    try {
      page = await read(await fetch(action, { method: "POST", body: new URLSearchParams(fields()) }));
    } catch {
      page = null; // no connection for a moment
    }
    waiting -= 1;
    if (!page) return location.reload();
    if (waiting || hold) versions(page); // nothing moves under a hand that drags
    else lay(page, true);
  });
  return busy;
}

function versions(page) {
  for (const fresh of page.querySelectorAll("[data-card] [name=idee]")) {
    const card = cardOf(fresh.value.split(":")[0]);
    if (card) pick(card).value = fresh.value;
  }
}

async function look() {
  try {
    if (!document.hidden && !hold && !waiting) {
      const answer = await fetch(at.liveAt, { headers: { "If-None-Match": `"${known}"` } });
      if (answer.status === 200 && !answer.redirected) {
        const page = await read(await fetch(`${at.page}?sinds=${at.event}`));
        if (!hold && !waiting) lay(page, false);
      }
    }
  } catch {
    // No connection for a moment, or no longer signed in: the next look, or the next change, tells.
  }
  setTimeout(look, 1500);
}

// Moving

function put(moved, column, before) {
  const list = column.querySelector("[data-cards]");
  const focused = document.activeElement?.closest?.("[data-card]");
  const keys = moved.map((card) => card.dataset.card);
  for (const card of moved) {
    if (pick(card).checked) pick(card).checked = false;
    list.insertBefore(card, before ?? null);
  }
  if (focused) focusOn(focused);
  count();
  send(at.put, () => [
    ...keys.map(cardOf).filter(Boolean).map((card) => ["idee", pick(card).value]),
    ["thema", column.dataset.column],
    ["voor", before?.dataset.card ?? ""],
  ]);
}

function step(card, way) {
  const column = card.closest("[data-column]");
  const beside = way < 0 ? card.previousElementSibling : card.nextElementSibling;
  if (!column.dataset.column || !beside) return;
  put([card], column, way < 0 ? beside : beside.nextElementSibling);
}

function neighbour(card, key) {
  if (key === "ArrowUp") return card.previousElementSibling;
  if (key === "ArrowDown") return card.nextElementSibling;
  const columns = [...board.querySelectorAll("[data-column]")].filter((one) => one.querySelector("[data-card]"));
  const next = columns[columns.indexOf(card.closest("[data-column]")) + (key === "ArrowLeft" ? -1 : 1)];
  const place = [...card.parentElement.children].indexOf(card);
  const there = next ? [...next.querySelectorAll("[data-card]")] : [];
  return there[Math.min(place, there.length - 1)];
}

function ask(moved) {
  const head = dialog.querySelector("h2");
  head.textContent = moved.length > 1 ? head.dataset.many.replace("{}", moved.length) : head.dataset.one.replace("{}", moved[0].dataset.nr);
  dialog.dataset.keys = moved.map((card) => card.dataset.card).join(" ");
  dialog.showModal();
  dialog.querySelector("[data-to]").focus();
}

function moveTo(button) {
  const moved = dialog.dataset.keys.split(" ").map(cardOf).filter(Boolean);
  const column = [...board.querySelectorAll("[data-column]")].find((one) => one.dataset.column === button.dataset.to);
  dialog.close();
  if (moved.length && column) put(moved, column, null);
}

function fold(details) {
  details?.querySelector("summary").focus({ preventScroll: true });
  details?.removeAttribute("open");
}

// What one presses

board.addEventListener("keydown", (event) => {
  const card = event.target.closest("[data-card]");
  if (event.target === board && event.key === "ArrowDown" && cards().length) {
    event.preventDefault();
    return focusOn(cards()[0]);
  }
  if (!card || event.ctrlKey || event.metaKey) return;
  if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && keuze) {
    event.preventDefault();
    step(card, event.key === "ArrowUp" ? -1 : 1);
  } else if (!event.altKey && event.key.startsWith("Arrow")) {
    event.preventDefault();
    const next = neighbour(card, event.key);
    if (next) focusOn(next);
  } else if (event.key === "m" && !event.altKey && keuze && keysOn()) {
    event.preventDefault();
    ask(chosen().length ? chosen() : [card]);
  }
});

dialog?.addEventListener("keydown", (event) => {
  const buttons = [...dialog.querySelectorAll("[data-to]")];
  const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (way) {
    event.preventDefault();
    buttons[(buttons.indexOf(document.activeElement) + way + buttons.length) % buttons.length].focus();
  } else if (/^[0-9]$/.test(event.key) && buttons[event.key]) {
    event.preventDefault();
    moveTo(buttons[event.key]);
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
  if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey || typing || !keysOn()) return;
  document.getElementById("nieuw")?.focus();
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const to = event.target.closest("[data-to]");
  const differ = event.target.closest("[data-differ]");
  if (to) moveTo(to);
  if (differ) {
    const gone = JSON.parse(sessionStorage.getItem("verschillend") ?? "[]");
    sessionStorage.setItem("verschillend", JSON.stringify([...gone, differ.closest("[data-alike]").dataset.alike]));
    differences();
    document.querySelector(".alike summary").focus();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!("live" in form.dataset) || (button && "plain" in button.dataset)) return;
  event.preventDefault();
  const way = { omhoog: -1, omlaag: 1 }[button?.name];
  if (way) return step(button.closest("[data-card]"), way);
  if (form === keuze) {
    const column = [...board.querySelectorAll("[data-column]")].find((one) => one.dataset.column === form.thema.value);
    return chosen().length && put(chosen(), column, null);
  }
  const fields = [...new FormData(form, button)];
  fold(form.closest("details")); // it is done; when it was not, the page that comes back opens it
  send(form.action, () => fields).then(() => {
    if ("clear" in form.dataset && !document.querySelector("[role=alert]")) form.reset();
  });
});

board.addEventListener("focusin", (event) => {
  const card = event.target.closest("[data-card]");
  if (card) roam(card);
});
board.addEventListener("change", count);

main.classList.add("live");
if (keuze) drags(board, { start: () => (hold = true), stop: () => (hold = false), chosen, put });
if (cards().length) roam(cards()[0]);
count();
differences();
setTimeout(look, 1500);
