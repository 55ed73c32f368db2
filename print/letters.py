"""What people typed, in the letters that our typeface has: a wish with a smile in it still goes to paper.

For words of participants. Texts that we or facilitators write for print are refused instead, with the cure.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from cards.card import Language
from print.typeface import typeface
from print.words import words

_SIGNS: Final = {
    **dict.fromkeys("🙂😀😃😄😁😊😍🥰😉☺", ":-)"),
    **dict.fromkeys("🙁☹😢😭😞😔", ":-("),
    **dict.fromkeys("❤♥💕💖💗💙💚💛💜🧡", "<3"),
    **dict.fromkeys("✓✔✅☑", "v"),
    **dict.fromkeys("✗✘❌", "x"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("●▪■◦‣", "•"),
}
_UNSEEN: Final = frozenset({"Cf", "Cc", "Mn", "Sk"})
"""Joiners, controls, loose accents and skin tones: nothing to print of their own."""
_OTHER, _SIGN = "\ue000", "\ue001"


def readable(text: str, language: Language) -> str:
    """Return the text with every character our typeface lacks put into ones it has, lines kept.

    Letters of another alphabet become one note in words, a picture sign a note or its plain old form.
    """
    said = words(language)
    drawn = "".join(_drawn(character) for character in unicodedata.normalize("NFC", text))
    noted = re.sub(f"{_OTHER}(?:[ .,!?-]*{_OTHER})*", said["letters_other"], drawn)
    return re.sub(f"{_SIGN}+", said["letters_sign"], noted)


def _drawn(character: str) -> str:
    """Return a character as we can draw it, or one of the two marks for what we cannot."""
    glyphs = typeface("Regular").glyphs
    if character in glyphs or character == "\n":
        return character
    if character in _SIGNS:
        return _SIGNS[character]
    if character.isspace():
        return " "
    kind = unicodedata.category(character)
    if kind in _UNSEEN:
        return ""
    plain = "".join(one for one in unicodedata.normalize("NFKD", character) if one in glyphs)
    return plain or (_OTHER if kind.startswith(("L", "N", "M")) else _SIGN)
