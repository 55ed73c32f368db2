/* A− and A+ change the letters at once; the link is still visited, so that the server remembers. */
const root = document.documentElement;
const links = [...document.querySelectorAll('[data-letters]')];

for (const link of links) {
  link.addEventListener('click', event => {
    event.preventDefault();
    const size = Number(new URL(link.href).searchParams.get('letters'));
    root.className = `letters-${size}`;
    for (const each of links) each.href = `?letters=${Math.min(4, Math.max(1, size + Number(each.dataset.letters)))}`;
    fetch(`?letters=${size}`, { credentials: 'same-origin' }).catch(() => {});
  });
}
