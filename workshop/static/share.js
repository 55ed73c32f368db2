/* The form of a card: keeps what is being typed, and sends through the outbox so that a bad connection
   or a double tap costs nothing. When anything here fails, the form sends itself the ordinary way. */
import { deliver, drop, keep, returned, say, send } from './outbox.js';
import { ready } from './photos.js';

const form = document.getElementById('deel');
const box = form.elements.idee;
const draft = `concept:${location.pathname}`;
let key = '';

function remember(words) {
  try {
    if (words) sessionStorage.setItem(draft, words);
    else sessionStorage.removeItem(draft);
  } catch (error) { /* no storage on this phone: then a page that is left is lost, as everywhere */ }
}

function recall() {
  try { return sessionStorage.getItem(draft) || ''; } catch (error) { return ''; }
}

function nothing() {
  return !box.value.trim() && !form.elements.foto.files.length && !form.elements.bewaard;
}

function ask() {
  const said = document.getElementById('idee-fout');
  said.textContent = form.dataset.empty;
  said.hidden = false;
  said.parentNode.className = 'field-wrong';
  box.setAttribute('aria-invalid', 'true');
  box.setAttribute('aria-describedby', 'idee-fout idee-hint');
  box.focus();
}

function waiting(yes) {
  const button = document.getElementById('versturen');
  if (yes) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}

function thank(url) {
  remember('');
  form.reset();
  location.assign(url);
}

async function share() {
  await ready();
  if (nothing()) return ask();
  key = form.elements.sleutel.value;
  waiting(true);
  say('sending');
  let entry;
  try {
    entry = await keep(form);
  } catch (error) {
    return form.submit();
  }
  const answer = await send(entry);
  if (answer && answer.url) return thank(answer.url);
  if (answer) {
    await drop(key);
    return form.submit();
  }
  say('kept', entry);
  waiting(false);
  return deliver();
}

if (!document.getElementById('nogmaals')) {
  let sharing = false;
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (sharing) return;
    sharing = true;
    share().finally(() => { sharing = false; });
  });
  document.addEventListener('delivered', event => {
    if (event.detail.key !== key) return;
    event.preventDefault();
    thank(event.detail.url);
  });
}

/** Put what the server did not take back into the form, unless something else is being written. */
function takeBack({ key: again, fields }) {
  const photos = fields.filter(field => field.length > 2), found = new DataTransfer();
  const [, words] = fields.find(([name]) => name === 'idee');
  if (box.value.trim() && box.value !== words) return false;
  box.value = words;
  form.elements.sleutel.value = again;
  for (const [, bytes, type, name] of photos) found.items.add(new File([bytes], name, { type }));
  if (photos.length) form.elements.foto.files = found.files;
  return true;
}

if (!box.value) box.value = recall();
returned.filter(entry => entry.path === location.pathname).forEach(takeBack);
document.addEventListener('refused', event => {
  if (takeBack(event.detail)) event.preventDefault();
});
box.addEventListener('input', () => remember(box.value));
