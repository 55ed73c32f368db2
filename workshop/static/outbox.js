/* The outbox: an idea waits on this phone until the server says it has it, then it is gone from here.

   Works on plain http in a hall, so no service worker and no randomUUID: IndexedDB and the form's own key,
   which makes sending twice into one idea. What waits longer than two days is dropped. */
const LONGEST = 48 * 3600 * 1000;
const SLOWEST = 4000;
const line = document.getElementById('post');
/** What came back on this page, for a form that is not there yet. */
export const returned = [];
let busy = false, wait = 0, timer;

/** Put what a form holds in the outbox; return the entry. Fails where the phone allows no storage. */
export async function keep(form) {
  const fields = [];
  for (const [name, value] of new FormData(form)) {
    if (!(value instanceof File)) fields.push([name, value]);
    else if (value.size) fields.push([name, await value.arrayBuffer(), value.type, value.name]);
  }
  const entry = { key: form.elements.sleutel.value, path: new URL(form.action).pathname, at: Date.now(), fields };
  await store('readwrite', box => box.put(entry));
  return entry;
}

/** Send one entry. Return { url } of the thanks, { refused } when the server wants something else, null for later. */
export async function send(entry) {
  const body = new FormData(), giveUp = new AbortController();
  for (const [name, value, type, file] of entry.fields) {
    if (file === undefined) body.append(name, value);
    else body.append(name, new Blob([value], { type }), file);
  }
  const late = setTimeout(() => giveUp.abort(), 60000);
  try {
    const answer = await fetch(entry.path, { method: 'POST', body, credentials: 'same-origin', signal: giveUp.signal });
    if (answer.ok && new URL(answer.url).pathname.startsWith('/bedankt/')) {
      await drop(entry.key);
      return { url: new URL(answer.url).pathname };
    }
    return answer.status >= 500 || answer.status === 429 ? null : { refused: true };
  } catch (error) {
    return null;
  } finally {
    clearTimeout(late);
  }
}

/** Try everything that waits; when the server is not there, again later, each at most four seconds apart. */
export async function deliver() {
  if (busy || !window.indexedDB) return;
  busy = true;
  clearTimeout(timer);
  let left = false;
  try {
    for (const entry of await store('readonly', box => box.getAll())) {
      if (Date.now() - entry.at > LONGEST) await drop(entry.key);
      else if (entry.refused) giveBack(entry);
      else left = !await settle(entry) || left;
    }
  } catch (error) { /* no storage on this phone: then nothing waits in it */ }
  busy = false;
  wait = left ? Math.min(SLOWEST, wait * 2 || 500) : 0;
  if (left) timer = setTimeout(deliver, wait);
}

/** Forget an entry. */
export function drop(key) {
  return store('readwrite', box => box.delete(key));
}

/** Show how it goes: 'sending', 'kept', 'refused' or 'arrived'. */
export function say(what, entry, url) {
  line.textContent = line.dataset[what];
  line.className = `post notice${what === 'refused' ? ' bad' : ''}`;
  line.hidden = false;
  if (what === 'arrived') link(url, line.dataset.look);
  if (what === 'refused' && location.pathname !== entry.path) link(entry.path, line.dataset.open);
  if (what === 'refused' || what === 'kept') {
    const wipe = document.createElement('button');
    wipe.type = 'button';
    wipe.textContent = line.dataset.wipe;
    wipe.onclick = () => drop(entry.key).then(() => { line.hidden = true; });
    row(wipe);
  }
}

async function settle(entry) {
  const answer = await send(entry);
  if (!answer) say('kept', entry);
  else if (answer.refused) {
    await store('readwrite', box => box.put({ ...entry, refused: true }));
    giveBack(entry);
  } else {
    const event = new CustomEvent('delivered', { detail: { key: entry.key, url: answer.url }, cancelable: true });
    if (document.dispatchEvent(event)) say('arrived', entry, answer.url);
  }
  return answer;
}

/** What the server does not take goes back to its writer: into the form of its card, or to read and copy. */
function giveBack(entry) {
  say('refused', entry);
  const here = location.pathname === entry.path;
  returned.push(entry);
  if (here && !document.dispatchEvent(new CustomEvent('refused', { detail: entry, cancelable: true }))) return;
  const words = document.createElement('p');
  words.textContent = (entry.fields.find(([name]) => name === 'idee') || [])[1] || '';
  line.insertBefore(words, line.children[0] || null);
}

function link(address, words) {
  const a = document.createElement('a');
  a.href = address;
  a.className = 'button';
  a.textContent = words;
  row(a);
}

function row(what) {
  const p = document.createElement('p');
  p.append(what);
  line.append(p);
}

function store(mode, work) {
  return new Promise((good, bad) => {
    const opening = indexedDB.open('werkplaats', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('post', { keyPath: 'key' });
    opening.onerror = () => bad(opening.error);
    opening.onsuccess = () => {
      const base = opening.result, tx = base.transaction('post', mode, { durability: 'strict' });
      const asked = work(tx.objectStore('post'));
      tx.oncomplete = () => { base.close(); good(asked.result); };
      tx.onabort = tx.onerror = () => { base.close(); bad(tx.error); };
    };
  });
}
