"""What can go wrong between a card and paper, in words for the person who prints."""

from __future__ import annotations


class PrintError(Exception):
    """Nothing was printed. The message says what is wrong and what to do."""

    def said(self, language: str) -> str:
        """Return the message in `nl` or `en`, for the errors that a facilitator's own cards can cause."""
        return str(self)


class DoesNotFit(PrintError):
    """The words do not fit at the size we promise, and we never shrink them.

    `mm_too_many` is how much taller the face would have to be; `words_too_many` an estimate of how many
    words to take out.
    """

    def __init__(self, what: str, mm_too_many: float, words_too_many: int) -> None:
        super().__init__(
            f"{what}: about {words_too_many} words too many ({mm_too_many:.0f} mm). "
            "Take out words; the letters are never made smaller."
        )
        self.what = what
        self.mm_too_many = mm_too_many
        self.words_too_many = words_too_many

    def said(self, language: str) -> str:
        """Return the message in `nl` or `en`."""
        if language != "nl":
            return str(self)
        return (
            f"{self.what}: ongeveer {self.words_too_many} woorden te veel ({self.mm_too_many:.0f} mm). "
            "Haal woorden weg; de letters worden nooit kleiner."
        )

    def __reduce__(self) -> tuple[type[DoesNotFit], tuple[str, float, int]]:
        """Stay whole on the way back from a child process."""
        return (DoesNotFit, (self.what, self.mm_too_many, self.words_too_many))
