/* The ideas as they hang: an article each, in columns, a page of columns at a time. Words are only ever text. */

const make = (name, words, kind) => {
  const one = document.createElement(name);
  if (words) one.textContent = words;
  if (kind) one.className = kind;
  return one;
};

/* Pictures that hang already are taken along, so that they stay when the network is gone. */
function picture(said, hanging) {
  const one = hanging.get(said.src) || make('img');
  if (!one.hasAttribute('src')) Object.assign(one, said);
  one.alt = said.alt;
  return one;
}

function piece(idea, hanging) {
  const by = make('p', '', 'by');
  by.append(make('b', idea.called), ' ', idea.by);
  return [by, ...(idea.words ? [make('p', idea.words, 'words')] : []), ...idea.pictures.map((one) => picture(one, hanging))];
}

function decided(decision) {
  const chip = make('p', '', `decided ${decision.kind}`);
  chip.append(make('b', decision.said));
  return [chip, ...decision.parts.map(([heading, words]) => {
    const told = make('p', '', 'told');
    told.append(make('b', heading), words);
    return told;
  })];
}

function write(paper, idea) {
  const hanging = new Map([...paper.querySelectorAll('img')].map((one) => [one.getAttribute('src'), one]));
  const added = idea.added.map((one) => {
    const under = make('div', '', 'added');
    under.append(...piece(one, hanging));
    return under;
  });
  paper.replaceChildren(...piece(idea, hanging), ...(idea.decision ? decided(idea.decision) : []),
    ...(idea.support ? [make('p', idea.support, 'support')] : []), ...added);
}

function row(said, most) {
  const by = make('p', '', 'by');
  by.append(make('b', said.called), ' ', said.said);
  const bar = Object.assign(make('meter', said.said), { max: most, value: said.dots });
  bar.setAttribute('aria-label', said.called);
  const one = make('div', '', 'row');
  one.append(by, bar, ...(said.words ? [make('p', said.words, 'words')] : []));
  return one;
}

export function sheetIn(flow, empty) {
  const papers = new Map();

  function paperOf(idea) {
    const said = JSON.stringify(idea);
    const known = papers.get(idea.id) || { paper: make('article') };
    papers.set(idea.id, known);
    known.paper.dataset.id = idea.id;
    known.paper.classList.remove('gone');
    known.paper.style.height = '';
    if (known.said !== said) write(known.paper, idea);
    known.said = said;
    return known.paper;
  }

  /* What was taken away leaves its place empty until the page turns, so that nothing else moves. */
  function takeDown(key) {
    const { paper } = papers.get(key);
    const boxes = paper.getClientRects();
    paper.style.height = `${boxes.length === 1 ? boxes[0].height : paper.offsetHeight}px`;
    paper.classList.add('gone');
    paper.replaceChildren();
    papers.delete(key);
  }

  const width = () => flow.clientWidth + (parseFloat(getComputedStyle(flow).columnGap) || 0);
  const pageOf = (paper) => Math.floor((paper.offsetLeft + 1) / width());
  const pages = () => Math.max(1, Math.ceil(flow.scrollWidth / width() - 0.05));
  const there = () => [...flow.querySelectorAll('article:not([hidden])')];

  return {
    /* Hang everything in its fair place; with a key only that idea, large. */
    hang(sections, key) {
      const rows = [];
      const kept = new Set();
      for (const section of sections) {
        if (section.name) rows.push(make('h2', section.name));
        if (section.name) rows.at(-1).hidden = Boolean(key);
        for (const idea of section.ideas) {
          const paper = paperOf(idea);
          paper.hidden = Boolean(key) && idea.id !== key;
          paper.dataset.section = section.name;
          kept.add(idea.id);
          rows.push(paper);
        }
      }
      for (const old of [...papers.keys()]) if (!kept.has(old)) papers.delete(old);
      flow.classList.toggle('one', Boolean(key));
      flow.classList.remove('long');
      flow.replaceChildren(...(rows.length ? rows : [make('p', empty, 'empty')]));
      flow.classList.toggle('long', Boolean(key) && pages() > 1);
    },

    /* Say what hangs already as it is now, take down what is gone, and return what is new. */
    refresh(sections) {
      const ideas = sections.flatMap((section) => section.ideas);
      const now = new Set(ideas.map((idea) => idea.id));
      for (const key of [...papers.keys()]) if (!now.has(key)) takeDown(key);
      for (const idea of ideas) if (papers.has(idea.id)) paperOf(idea);
      return ideas.filter((idea) => !papers.has(idea.id));
    },

    /* Hang only what a round came to. */
    rank(round) {
      papers.clear();
      flow.classList.remove('one', 'long');
      flow.replaceChildren(make('h2', round.title), ...round.rows.map((one) => row(one, round.most)));
    },

    show(page) { flow.style.transform = page ? `translateX(${-page * width()}px)` : ''; },
    pages,
    get bare() { return papers.size === 0; },
    on(page) { return there().filter((paper) => pageOf(paper) === page); },
    pageOf,
    there,
  };
}
