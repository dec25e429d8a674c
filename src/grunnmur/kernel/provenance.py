"""Where a value or a sentence comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's canonical text, ``text[start:end]``.

    ``document`` is the SHA-256 of the file, so a passage stays true when a newer version arrives.
    """

    document: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a passage needs 0 <= start < end, not {self.start}..{self.end}")

    def read(self, text: str) -> str:
        """The quoted words, read from the source itself."""
        if self.end > len(text):
            raise ValueError(f"passage ends at {self.end}, the text at {len(text)}")
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Source:
    """What a figure rests on: a title, a place in it, and when it was read."""

    title: str
    locator: str = ""
    retrieved: date | None = None
    vintage: str | None = None
    passage: Passage | None = None
