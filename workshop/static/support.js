/* “Dat herken ik” without leaving the page: sends the form, and puts what the answer says in its place.
   When anything here fails, the form sends itself the ordinary way. */
document.addEventListener('submit', async event => {
  const form = event.target, box = form.closest('[data-support]');
  if (!box || form.getAttribute('data-plain')) return;
  event.preventDefault();
  if (box.getAttribute('aria-busy')) return;
  box.setAttribute('aria-busy', 'true');
  const body = new FormData(form), button = event.submitter || form.querySelector('button');
  const back = body.get('terug');
  body.set('terug', 'idee');
  body.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = answer.ok && page.querySelector(`[data-support="${box.dataset.support}"]`);
    if (!found) throw new Error('no answer');
    const now = document.importNode(found, true);
    now.id = box.id;
    if (!box.id) now.removeAttribute('id');
    const kept = now.querySelector('[name=terug]');
    if (kept) kept.value = back;
    box.replaceWith(now);
    const next = now.querySelector('button');
    if (next) next.focus();
  } catch (error) {
    box.removeAttribute('aria-busy');
    form.setAttribute('data-plain', 'true');
    button.click();
  }
});
