"""A filled workshop to look at, and the rulers that tests hold against its pages in the browser."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser import Live
from tests.phone import photo
from workshop import ids
from workshop.domain import curating, ideas
from workshop.domain.ideas import Idea, Sent
from workshop.pictures import clean

OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"


def stored(live: Live) -> list[Idea]:
    return live.running.house.store.read(curating.stream, live.workshop.id, curating.Filter())


def scan(page: Page, live: Live) -> None:
    page.goto(live.at(live.door.scanned))


def filled(live: Live) -> str:
    """Put some ideas in; return the receipt of one with a photo and corrected words."""
    write, house = live.running.house.store.write, live.running.house
    cleaned = clean(photo(size=(1200, 900)))
    picture = ideas.Picture(ids.new(), house.files.keep(cleaned.jpeg, "jpg"), cleaned.width, cleaned.height)
    made = [
        write(
            ideas.place,
            live.door,
            Sent(
                words, "everyone_named", ids.token(), "x" * 43, "qr", maker="Truus", perspective="client", pictures=own
            ),
        )
        for words, own in (("Een bankje halverwege.", [picture]), ("W" * 400, []), ("Koffie\nop dinsdag.", []))
    ]
    for idea in made:
        write(curating.put_on_wall, idea, live.facilitator.id)
    seen = write(ideas.by_receipt, made[0].receipt)
    assert seen
    write(curating.correct, seen, live.facilitator.id, "Een bankje, halverwege de winkel.")
    return made[0].receipt


def every_page(live: Live, receipt: str) -> list[str]:
    own = [f"/{live.door.number}", f"/{live.doors[''].number}", f"/bedankt/{receipt}", f"/bewijs/{receipt}"]
    return ["/", "/uitleg", "/privacy", "/bewijs", "/bewijs/23456789", "/nergens", *own]


# Everything one can press, with its place on the page in px.
MEASURE = """() => [...document.querySelectorAll(
    'a, button, input:not([type=hidden]), textarea, select, summary, label.choice')]
  .filter(one => one.offsetParent && !one.closest('.skip') && !(one.closest('label.choice') && one.tagName === 'INPUT'))
  .map(one => {
    const box = one.getBoundingClientRect();
    return { name: one.outerHTML.slice(0, 90), inline: getComputedStyle(one).display === 'inline',
      left: box.left, top: box.top + scrollY, right: box.right, bottom: box.bottom + scrollY };
  })"""

# Words under 20 px.
SMALL = """() => [...document.querySelectorAll('body *')].filter(one => one.offsetParent
    && !one.closest('.unseen, .tools') && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    && parseFloat(getComputedStyle(one).fontSize) < 20).map(one => one.outerHTML.slice(0, 90))"""

# How many signs go on a line of an idea.
SIGNS = """() => {
  const words = document.querySelector('.ideas .words'), probe = document.createElement('span');
  probe.textContent = 'een bankje in de zon '.repeat(3).slice(0, 60);
  words.parentNode.append(probe);
  const signs = words.clientWidth / probe.getBoundingClientRect().width * 60;
  probe.remove();
  return signs;
}"""

# What is cut off or scrolls inside itself.
CUT = """() => [...document.querySelectorAll('main *, .help *')].filter(one => !one.closest('.unseen, svg')
    && one.clientWidth && one.scrollWidth > one.clientWidth + 1 && one.tagName !== 'INPUT'
    && getComputedStyle(one).overflowX !== 'visible').map(one => one.outerHTML)"""

# Words with too little contrast.
CONTRAST = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const ground = one => {
    for (; one; one = one.parentElement) {
      const fill = one.querySelector(':scope > .fill rect');
      if (fill) return parts(getComputedStyle(fill).fill);
      const colour = parts(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3]) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')].filter(one => one.offsetParent
      && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())).map(one => {
    const style = getComputedStyle(one), size = parseFloat(style.fontSize);
    const [a, b] = [light(parts(style.color)), light(ground(one))].sort((x, y) => y - x);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const least = large && one.closest('.band') ? 4.5 : 7;
    return { ratio: (a + .05) / (b + .05), least, what: one.outerHTML.slice(0, 80) };
  }).filter(found => found.ratio < found.least);
}"""
