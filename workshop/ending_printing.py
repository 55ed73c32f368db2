"""What goes and what stays when a workshop ends, in the same words on its page, on paper and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from cards.card import Language
from print.ending import EndingText, ending
from print.things import Printed
from print.words import words
from workshop import clock
from workshop.domain import endings
from workshop.domain.endings import Told
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.slip_printing import imprint_of
from workshop.store import Tx
from workshop.telling import in_full

DOCUMENT: Final = "ending"
_GOING: Final = ("names", "addresses", "others", "words", "pages", "prints", "phones", "own")
_STAYING: Final = ("answers", "meetings", "trials", "results", "shared")


def printed(house: House, workshop: Workshop, what: Mapping[str, Any]) -> Printed:
    """Print what was erased and what stayed; before that, what would be."""
    language = cast(Language, what.get("language") or workshop.language)
    text = house.store.read(told, workshop, language)
    cache = house.settings.data / "faces"
    return house.press.run(ending, text, imprint=imprint_of(workshop), language=language, cache=cache)


def told(tx: Tx, workshop: Workshop, language: Language) -> EndingText:
    """Return what is gone and what stayed, as it was counted before erasing; or what would go and stay now."""
    ended = endings.of(tx, workshop.id)
    counted = ended.told or endings.counts(tx, workshop.id)
    day = clock.local(ended.erased_at).date().isoformat() if ended.erased_at else ""
    return EndingText(
        title=workshop.name,
        erased=in_full(day, language) if day else "",
        gone=going(counted, language, keep_named=ended.keep_named),
        kept=staying(counted, language, keep_named=ended.keep_named),
    )


def going(counted: Told, language: Language, *, keep_named: bool = False) -> tuple[str, ...]:
    """Return what goes, line by line, without what there is none of."""
    counts = vars(counted) | {"names": counted.names - counted.named * keep_named}
    lines = [_line(name, counts[name], language) for name in _GOING if counts[name]]
    lines += [words(language)["ending_histories"]] if counted.words + counted.stories else []
    return tuple(lines) or (words(language)["ending_nothing"],)


def staying(counted: Told, language: Language, *, keep_named: bool = False) -> tuple[str, ...]:
    """Return what stays, line by line, without what there is none of."""
    plain = counted.stories - counted.named * keep_named
    lines = [_line("stories", plain, language)] if plain else []
    lines += [_line("named", counted.named, language)] if keep_named and counted.named else []
    lines += [_line(name, count, language) for name in _STAYING if (count := getattr(counted, name))]
    return tuple(lines) or (words(language)["ending_nothing"],)


def _line(name: str, count: int, language: Language) -> str:
    return words(language)(f"ending_{name}_one" if count == 1 else f"ending_{name}", count=count)
