/* How long the question minutes still last: whole minutes, so that nobody feels hurried. */
const said = document.querySelector('[data-minutes]');
const ends = Date.parse(said.dataset.minutes);

function tell() {
  const left = Math.ceil((ends - Date.now()) / 60000);
  const words = left > 1 ? said.dataset.more.replace('#', left) : left === 1 ? said.dataset.one : said.dataset.done;
  if (said.textContent !== words) said.textContent = words;
  if (left > 0) setTimeout(tell, (ends - Date.now()) % 60000 + 50);
}
tell();
