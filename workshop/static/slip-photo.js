/* While a photo is being read: looks every two seconds and shows the page again when there is an answer.
   Without scripts, or without a connection, the button on the page does the same. */
const stand = document.getElementById('foto-stand');

async function look() {
  try {
    const answer = await fetch(location.href, { credentials: 'same-origin' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = page.getElementById('foto-stand');
    if (now && now.dataset.outcome !== stand.dataset.outcome) return location.reload();
  } catch (error) { /* no connection for a moment */ }
  setTimeout(look, 2000);
}

setTimeout(look, 1500);
