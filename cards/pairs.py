"""What must be the same in the two languages of a card: its facts and its build-up.

People with a Dutch and an English card in hand must be able to work through it together, step by step.
"""

from __future__ import annotations

from collections.abc import Iterator

from .card import Card
from .finding import Finding, on_fact, on_line
from .headings import words_of
from .said import Said

WORDS_OF_CARD = {
    *("id", "schema_", "lang", "title", "purpose", "materials", "prepare", "share", "picture", "source", "reviewed")
}
MADE_BY_READING = {"sections", "path", "lines"}
SAME_IN_BOTH = tuple(name for name in Card.model_fields if name not in WORDS_OF_CARD | MADE_BY_READING)


def check_pair(nl: Card, en: Card) -> list[Finding]:
    """Return where the English card differs from the Dutch one in its facts or its build-up."""
    found = []
    for field in SAME_IN_BOTH:
        if getattr(nl, field) != getattr(en, field):
            what = Said("`{field}` differs from the Dutch card", field=field)
            found.append(on_fact(en, field, what, "Make both the same; only words are translated."))
    for field in ("materials", "prepare"):
        if len(getattr(nl, field)) != len(getattr(en, field)):
            what = Said(
                "`{field}` has {count} items, in Dutch {count2}",
                field=field,
                count=len(getattr(en, field)),
                count2=len(getattr(nl, field)),
            )
            found.append(on_fact(en, field, what, "Translate every item."))
    if (nl.share and nl.share.kinds) != (en.share and en.share.kinds):
        found.append(on_fact(en, "share", "`share` differs from the Dutch card", "Ask for the same kinds of answers."))
    if (nl.picture and nl.picture.file) != (en.picture and en.picture.file):
        found.append(on_fact(en, "picture", "`picture` is another than in Dutch", "Name the same file."))
    return sorted([*found, *_parity(nl, en)])


def _parity(nl: Card, en: Card) -> Iterator[Finding]:
    """Headings, blocks and items must run in step, so that a group can use both languages at one table."""
    if [section.key for section in nl.sections] != [section.key for section in en.sections]:
        wanted = ", ".join(words_of(section.key, "en") for section in nl.sections)
        yield on_fact(
            en, "id", "the headings differ from the Dutch card", Said("In this order: {wanted}.", wanted=wanted)
        )
        return
    for dutch, english in zip(nl.sections, en.sections, strict=True):
        ours = [(block.kind, len(block.items)) for block in english.blocks]
        if ours != [(block.kind, len(block.items)) for block in dutch.blocks]:
            what = Said("`{heading}` has other paragraphs, steps or items than in Dutch", heading=english.heading)
            yield on_line(en, english.line, "error", what, "Let every paragraph, step and item have its twin.")
