/* The outbox of the camera page: a photo waits on this phone until the server has it, then it is gone from here.

   Works on plain http in a hall: IndexedDB, and no secret keys of our own. The server knows a photo by its bytes,
   so sending twice is sending once. Where a browser keeps nothing, photos wait on the page itself. */
const waiting = [];
let number = 0;

/** Keep a photo for the stack at this address; return its entry and whether it survives closing the page. */
export async function keep(path, data, type) {
  const entry = { path, data, type, at: Date.now() };
  try {
    entry.id = await store('readwrite', box => box.add(entry));
    return { entry, safe: true };
  } catch (error) {
    entry.id = `${number += 1}`;
    waiting.push(entry);
    return { entry, safe: false };
  }
}

/** Everything that waits on this phone, the oldest first; also for a stack of an earlier page. */
export async function left() {
  let kept = [];
  try {
    kept = await store('readonly', box => box.getAll());
  } catch (error) { /* nothing is kept here */ }
  return [...kept, ...waiting];
}

/** Forget a photo that arrived. */
export async function drop(entry) {
  const place = waiting.indexOf(entry);
  if (place >= 0) waiting.splice(place, 1);
  else await store('readwrite', box => box.delete(entry.id));
}

/** Send one photo. Return { key } when the server has it, { signedOut }, { problem }, or null for later. */
export async function send(entry) {
  const body = new FormData(), giveUp = new AbortController();
  body.append('foto', new Blob([entry.data], { type: entry.type }), 'kaart.jpg');
  const late = setTimeout(() => giveUp.abort(), 60000);
  try {
    const answer = await fetch(entry.path, {
      method: 'POST', body, credentials: 'same-origin', signal: giveUp.signal, headers: { Accept: 'application/json' },
    });
    if (answer.status === 401) return { signedOut: true };
    if (answer.status === 429 || answer.status >= 500) return null;
    const said = answer.ok || answer.status === 400 ? await answer.json() : {};
    return answer.ok ? { key: said.photos[0] } : { problem: said.problem || '' };
  } catch (error) {
    return null;
  } finally {
    clearTimeout(late);
  }
}

function store(mode, work) {
  return new Promise((good, bad) => {
    const opening = indexedDB.open('stapel', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('fotos', { keyPath: 'id', autoIncrement: true });
    opening.onerror = () => bad(opening.error);
    opening.onsuccess = () => {
      const base = opening.result, tx = base.transaction('fotos', mode, { durability: 'strict' });
      const asked = work(tx.objectStore('fotos'));
      tx.oncomplete = () => { base.close(); good(asked.result); };
      tx.onabort = tx.onerror = () => { base.close(); bad(tx.error); };
    };
  });
}
