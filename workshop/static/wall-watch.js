/* Asks every second whether something changed. Without a network it keeps asking, less and less often, and
   catches up at once when there is one again. */
const EVERY = 1000;
const LONGEST = 15000;
const PATIENCE = 8000;

export function watch(address, changed, heard) {
  let mark = '';
  let wait = EVERY;
  let asking = false;
  let timer;

  async function ask() {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    let fine = false;
    try {
      const headers = mark ? { 'If-None-Match': mark } : {};
      const answer = await fetch(address, { cache: 'no-store', headers, signal: stop.signal });
      fine = answer.ok || answer.status === 304;
      if (answer.ok) {
        changed(await answer.json());
        mark = answer.headers.get('ETag') || '';
      }
    } catch { fine = false; }
    clearTimeout(late);
    asking = false;
    wait = fine ? EVERY : Math.min(wait * 2, LONGEST);
    heard(fine);
    timer = setTimeout(ask, wait * (0.9 + Math.random() / 5));
  }

  const soon = () => { wait = EVERY; ask(); };
  addEventListener('online', soon);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) soon(); });
  ask();
}
