/* The wall on a screen: what hangs, a page at a time. New ideas first stand in a place of their own below, and
   take their fair place when the page turns; nothing on the page moves for them. Without a script it is one list. */
import { sheetIn } from './wall-sheet.js';
import { watch } from './wall-watch.js';

const LINES = 2;
const at = (id) => document.getElementById(id);
const wall = at('muur');
const said = wall.dataset;
const words = (text, ...values) => values.reduce((filled, value) => filled.replace('{}', () => value), text);
const wide = matchMedia('(min-width: 900px) and (min-height: 480px) and (orientation: landscape)');
const pace = Number(said.pace || (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 30));
const sheet = sheetIn(at('ideeen'), said.empty);

let state = null;
let own = null; // what somebody at this screen asked for: null as the desk says, '' everything, or one idea
let page = 0;
let paused = false;
let turning;
let lastHeard = new Date();
let typed = '';

const ideas = () => state.sections.flatMap((section) => section.ideas);
const large = () => {
  const key = own === null ? state.focus : own;
  return ideas().some((idea) => idea.id === key) ? key : '';
};

function show(wanted) {
  const pages = wide.matches ? sheet.pages() : 1;
  page = (wanted + pages) % pages;
  sheet.show(page);
  at('waar').textContent = pages > 1 ? words(said.place, page + 1, pages) : '';
  at('vorige').disabled = at('volgende').disabled = pages === 1 && !at('nieuw').childElementCount;
  const first = sheet.on(page)[0];
  at('thema').textContent = wide.matches && !large() && first && first.dataset.section ? `· ${first.dataset.section}` : '';
}

const draw = () => {
  if (state.round && own === null) sheet.rank(state.round); else sheet.hang(state.sections, large());
  tell([]);
};

function hang() {
  const first = sheet.on(page)[0];
  draw();
  show(first && first.isConnected && !first.hidden ? sheet.pageOf(first) : 0);
}

/* Turn a page. When ideas took their places before it, go on with the first that was not seen yet. */
function turn(step) {
  const seen = sheet.on(page);
  const edge = seen.at(step > 0 ? -1 : 0);
  draw();
  const there = sheet.there();
  const where = there.indexOf(edge);
  const moved = where >= 0 && sheet.pageOf(edge) !== page;
  const next = there[where + step];
  show(moved && next ? sheet.pageOf(next) : page + step);
  wait();
}

function wait() {
  clearInterval(turning);
  if (pace && !paused) turning = setInterval(() => turn(1), pace * 1000);
}

function tell(news) {
  const lines = news.slice(0, news.length > LINES ? LINES - 1 : LINES)
    .map((idea) => [words(said.new, idea.called), idea.words || said.picture]);
  if (news.length > LINES) lines.push([words(said.more, news.length - LINES + 1), '']);
  if (!lines.length && state.hidden) lines.push([state.hidden, '']);
  at('nieuw').replaceChildren(...lines.map(([bold, rest]) => {
    const line = document.createElement('p');
    line.append(Object.assign(document.createElement('b'), { textContent: bold }), ' ', rest);
    return line;
  }));
}

function changed(now) {
  if (now.closed || now.page !== said.page) { location.reload(); return; }
  const before = state;
  state = now;
  const round = (one) => JSON.stringify(one.round);
  if (before && (before.focus !== now.focus || round(before) !== round(now))) own = null;
  if (at('aantal').textContent !== now.count) at('aantal').textContent = now.count;
  const anew = !before || !wide.matches || sheet.bare || before.by !== now.by || before.focus !== now.focus || round(before) !== round(now) || (before.hidden && !now.hidden);
  if (anew) { hang(); return; }
  tell(sheet.refresh(now.sections));
  show(page);
}

function heard(fine) {
  if (fine) lastHeard = new Date();
  const time = lastHeard.toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
  const line = fine ? '' : words(said.lost, time);
  if (at('verbinding').textContent !== line) at('verbinding').textContent = line;
}

function enlarge(key) { own = key; if (state) { page = 0; hang(); } }

function enlargeNumber(text) {
  const found = state && ideas().find((idea) => String(idea.nr) === text.trim());
  if (found) enlarge(found.id);
  else at('waar').textContent = words(said.unknown, text.trim());
}

function pause() {
  paused = !paused;
  at('pauze').textContent = paused ? said.go : said.pause;
  wait();
}

function darken() {
  const dark = document.documentElement.classList.toggle('dark');
  const here = new URL(location.href);
  if (dark) here.searchParams.set('kleur', 'donker'); else here.searchParams.delete('kleur');
  history.replaceState(null, '', here);
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen().catch(() => {});
}

function number(key) {
  if (key === 'Enter' && typed) { enlargeNumber(typed); typed = ''; return true; }
  if (key < '0' || key > '9' || key.length > 1) { typed = ''; return false; }
  typed = (typed + key).slice(-6);
  at('waar').textContent = typed;
  return true;
}

const KEYS = {
  ArrowRight: () => turn(1), PageDown: () => turn(1), ArrowLeft: () => turn(-1), PageUp: () => turn(-1),
  ' ': pause, f: fill, d: darken, Escape: () => enlarge(''),
};

document.addEventListener('keydown', (event) => {
  const busy = event.target.closest('input, select, textarea') || (event.target.closest('button, summary, a') && [' ', 'Enter'].includes(event.key));
  if (!state || busy || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (number(key)) { event.preventDefault(); return; }
  if (!KEYS[key]) return;
  event.preventDefault();
  KEYS[key]();
});
at('ideeen').addEventListener('click', (event) => {
  const paper = event.target.closest('article');
  if (paper && wide.matches && !getSelection().toString()) enlarge(large() ? '' : paper.dataset.id);
});
at('vorige').addEventListener('click', () => turn(-1));
at('volgende').addEventListener('click', () => turn(1));
at('pauze').addEventListener('click', pause);
at('alles').addEventListener('click', () => enlarge(''));
at('scherm').addEventListener('click', fill);
at('kleur').addEventListener('click', darken);
at('groot').addEventListener('submit', (event) => { event.preventDefault(); enlargeNumber(at('nr').value); });
addEventListener('resize', () => { if (state) hang(); });
document.fonts.ready.then(() => { if (state) show(page); });

document.documentElement.classList.add('live');
at('bladeren').hidden = false;
at('pauze').hidden = !pace;
at('tempo').value = String(pace);
at('scherm').hidden = !document.fullscreenEnabled;
wait();
watch(said.state, changed, heard);
