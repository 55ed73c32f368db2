"""From which side somebody looks. Telling it is never needed; the list is the field's own."""

from __future__ import annotations

NAMES: dict[str, tuple[str, str]] = {
    "ervaringsdeskundige": ("ervaringsdeskundige", "experience expert"),
    "client": ("cliënt", "client"),
    "mantelzorger": ("mantelzorger", "family carer"),
    "burger": ("buurtbewoner", "resident"),
    "vrijwilliger": ("vrijwilliger", "volunteer"),
    "professional": ("professional", "professional"),
    "gemeente": ("gemeente", "municipality"),
    "onderwijs": ("onderwijs", "education"),
    "wetenschap": ("wetenschap", "research"),
}


def names(language: str) -> dict[str, str]:
    """Return every perspective by key, with its name in this language."""
    return {key: name(key, language) for key in NAMES}


def name(key: str, language: str) -> str:
    """Return a perspective's name; '' when none was given."""
    dutch, english = NAMES.get(key, ("", ""))
    return dutch if language == "nl" else english
