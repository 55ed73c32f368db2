/* The camera page: one tap takes a card, the photo goes out in the background, the answer comes beside it.

   A live picture needs https or this very computer; elsewhere the phone's own camera takes the photo. */
import { drop, keep, left, send } from './desk-box.js';

const page = document.querySelector('[data-camera]'), path = page.dataset.camera;
const list = document.getElementById('binnen'), input = document.getElementById('foto');
const video = document.getElementById('beeld'), shutter = document.getElementById('knip');
const alarm = document.getElementById('let-op'), last = document.getElementById('laatste');
const SLOWEST = 4000;
let busy = false, wait = 0, looking;

async function took(blob) {
  const { entry, safe } = await keep(path, await blob.arrayBuffer(), blob.type);
  if (!safe) warn(page.dataset.noRoom);
  row(entry);
  deliver();
}

/** Send what waits, the oldest first; without a connection again later, each at most four seconds apart. */
async function deliver() {
  if (busy) return;
  busy = true;
  let stuck = false;
  for (let entries = await left(); entries.length && !stuck; entries = await left()) {
    const entry = entries[0], item = row(entry);
    say(item, page.dataset.sends);
    const answer = await send(entry);
    stuck = !answer || Boolean(answer.signedOut);
    if (stuck) {
      for (const one of entries) say(row(one), page.dataset.waits);
      if (answer) warn(page.dataset.signedOut);
    } else {
      await drop(entry);
      if (answer.key && entry.path === path) arrived(item, answer.key);
      else if (answer.key) item.remove();
      else refused(item, answer.problem);
    }
  }
  busy = false;
  wait = stuck ? Math.min(SLOWEST, wait * 2 || 500) : 0;
  if (stuck) setTimeout(deliver, wait);
}

function arrived(item, key) {
  const there = list.querySelector(`[data-key="${key}"]`);
  if (there && there !== item) item.remove();
  item.dataset.key = key;
  delete item.dataset.entry;
  if (!there) say(item, page.dataset.reading);
  alarm.hidden = true;
  document.getElementById('klaar').hidden = false;
  count();
  look();
}

function refused(item, problem) {
  item.dataset.answer = 'look';
  delete item.dataset.entry;
  say(item, problem || page.dataset.refused);
}

/** Ask what became of the photos, as long as one of them is still being read. */
async function look() {
  clearTimeout(looking);
  let more = true;
  try {
    const answer = await fetch(page.dataset.state, { headers: { Accept: 'application/json' } });
    const state = answer.ok ? await answer.json() : null;
    if (state) {
      state.photos.forEach(show);
      missing(state.missing);
      more = state.photos.some(photo => photo.answer === 'reading');
    }
  } catch (error) { /* no connection for a moment: the next look tries again */ }
  if (more) looking = setTimeout(look, 1500);
}

function show(photo) {
  const item = list.querySelector(`[data-key="${photo.key}"]`) || elsewhere(photo);
  if (item.dataset.answer === photo.answer) return;
  item.dataset.answer = photo.answer;
  say(item, photo.said, photo.why, photo.look);
  if (photo.answer !== 'reading') last.textContent = photo.said;
  picture(item, photo);
}

/** A photo that came in beside this page: sent by the page before it, or by another phone. */
function elsewhere(photo) {
  const item = document.createElement('li');
  item.dataset.key = photo.key;
  item.append(document.createElement('p'));
  list.prepend(item);
  document.getElementById('klaar').hidden = false;
  count();
  return item;
}

/** A photo that was read needs no picture any more; one to look at does, also after the page was closed. */
function picture(item, photo) {
  const image = item.querySelector('img');
  if (image && !['reading', 'look'].includes(photo.answer)) {
    URL.revokeObjectURL(image.src);
    image.remove();
  } else if (!image && photo.picture) {
    const stored = new Image();
    stored.src = photo.picture;
    stored.alt = page.dataset.alt;
    item.prepend(stored);
  }
}

function missing(series) {
  document.getElementById('reeksen').hidden = !series.length;
  const all = document.getElementById('reeks');
  all.textContent = '';
  for (const one of series) {
    const item = document.createElement('li'), box = document.createElement('div');
    const head = document.createElement('p'), strong = document.createElement('strong'), numbers = document.createElement('p');
    strong.textContent = one.back;
    numbers.textContent = one.numbers;
    numbers.className = 'number-list';
    head.append(strong);
    box.append(head, numbers);
    item.append(box);
    all.append(item);
  }
}

/** The row of a photo that is not on the server yet, with its picture; made when it is not there. */
function row(entry) {
  const there = list.querySelector(`[data-entry="${entry.id}"]`);
  if (there) return there;
  const item = document.createElement('li'), image = new Image();
  item.dataset.entry = entry.id;
  image.src = URL.createObjectURL(new Blob([entry.data], { type: entry.type }));
  image.alt = page.dataset.alt;
  item.append(image, document.createElement('p'));
  list.prepend(item);
  say(item, page.dataset.waits);
  count();
  return item;
}

function say(item, words, why, address) {
  const line = item.querySelector('p'), strong = document.createElement('strong');
  strong.textContent = words;
  line.textContent = '';
  line.append(strong);
  if (why) line.append(` ${why}`);
  if (!address) return;
  const link = document.createElement('a');
  link.href = address;
  link.textContent = page.dataset.look;
  line.append(' ', link);
}

function count() {
  document.getElementById('aantal').textContent = list.querySelectorAll('[data-key]').length;
}

function warn(words) {
  alarm.textContent = words;
  alarm.hidden = false;
}

function snap() {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  canvas.toBlob(blob => blob && took(blob), 'image/jpeg', 0.92);
}

async function live() {
  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { facingMode: 'environment', width: { ideal: 2560 }, height: { ideal: 1920 } },
    });
    await video.play();
    video.hidden = false;
  } catch (error) { /* no camera here, or not allowed: choosing a photo stays */ }
}

input.form.querySelector('button').hidden = true;
input.form.addEventListener('submit', event => event.preventDefault());
input.addEventListener('change', async () => {
  const fresh = [...input.files];
  for (const file of fresh) await took(file);
  input.value = '';
});
shutter.hidden = false;
shutter.addEventListener('click', () => video.hidden ? input.click() : snap());
addEventListener('online', deliver);
document.addEventListener('visibilitychange', () => { if (!document.hidden) deliver(); });
left().then(entries => entries.forEach(row)).then(deliver);
look();
live();
