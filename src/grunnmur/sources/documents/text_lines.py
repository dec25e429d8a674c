"""Lines of a plain text file with their place, spacing and list marker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

NUMBER_WORDS = (
    "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|jan|feb|apr|aug|sept?|okt|nov|des"
    "|mill|mrd|plass|klasse|klassetrinn|trinn|tertial|kvartal|halvår|etg|etasje|etappe|gang|utgave|ledd|punktum"
)
BULLETS = "●○■□▪▫◦‣∙•·⁃➢➤►▶✓✔☑☐✗✘➔➜⇒⇨❖◆◇★☆①-⑳❶-❿→\ue000-\uf8ff"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮❶❷❸❹❺❻❼❽❾❿"
BULLET = re.compile(rf"[{BULLETS}]\s*|[*–—]\s+|[-‐‑]\s*(?=[^\W\d]|[“«\"])|[-‐‑]\s+|o\s+(?=\S)")
NUMBER = re.compile(
    rf"\(?(\d{{1,2}}|[a-zæøå])(?:\)|\.(?!\d))\s*(?=[^\W\d]|[“«\"(])(?!(?:{NUMBER_WORDS})\b)", re.IGNORECASE
)
GLYPHS = re.compile(rf"(?<=\s)[{BULLETS}](?=\s)")
FINAL = ".!?"


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker: its ``kind`` (the glyph itself, ``1`` for numbers, ``a`` for letters) and number, if any."""

    text: str
    kind: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line without its surrounding white space; ``body`` is where its words begin after a list marker.

    ``indent`` and ``trailing`` count the white space around it, ``gap`` the blank lines before it on its page.
    """

    start: int
    body: int
    end: int
    text: str
    indent: int
    trailing: int
    gap: int
    page: int
    marker: Marker | None = None

    @property
    def words(self) -> str:
        """The line without its list marker."""
        return self.text[self.body - self.start :]

    @property
    def length(self) -> int:
        """Characters from first to last."""
        return self.end - self.start

    @property
    def ends_sentence(self) -> bool:
        """Whether the last character closes a sentence."""
        return self.text.rstrip("»”\"')").endswith(tuple(FINAL))

    @property
    def starts_small(self) -> bool:
        """Whether it begins as the middle of a sentence does."""
        return bool(self.words) and (self.words[0].islower() or self.words[0] in ",.;()")


def lines_of(text: str, pages: Sequence[tuple[int, int]]) -> list[TextLine]:
    """All lines with words in them, page by page."""
    return [line for number, span in enumerate(pages, start=1) for line in _page_lines(text, span, number)]


def marker_of(text: str) -> tuple[Marker | None, int]:
    """The list marker that a line begins with, and how many characters it takes."""
    if found := BULLET.match(text):
        glyph = found[0].strip()[0]
        return Marker(found[0].strip(), "①" if glyph in CIRCLED else glyph), found.end()
    if (found := NUMBER.match(text)) and not re.match(r"\w\.\w\.", text):
        digits = found[1].isdigit()
        return Marker(
            found[0].strip(), "1" if digits else "a", int(found[1]) if digits else ord(found[1].lower()) - 96
        ), found.end()
    return None, 0


def _page_lines(text: str, span: tuple[int, int], page: int) -> Iterator[TextLine]:
    gap = 0
    for match in re.finditer(r"[^\n\f]+|\n(?=\n)", text[span[0] : span[1]]):
        raw, start = match[0], span[0] + match.start()
        if not raw.strip():
            gap += 1
            continue
        for piece in _pieces(raw):
            yield _line(raw, start, piece, gap, page)
            gap = 0


def _pieces(raw: str) -> list[tuple[int, int]]:
    """Bounds of the line, split where further bullets stand inside it («• A • B»)."""
    begin, end = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    cuts = [match.start() for match in GLYPHS.finditer(raw, begin, end) if raw[match.start()] not in "→➔·-"]
    edges = sorted({begin, *cuts, end})
    return list(pairwise(edges))


def _line(raw: str, start: int, piece: tuple[int, int], gap: int, page: int) -> TextLine:
    words = raw[piece[0] : piece[1]].rstrip()
    marker, length = marker_of(words)
    trailing = len(raw) - len(raw.rstrip()) if piece[1] == len(raw.rstrip()) else 0
    indent = len(raw[: piece[0]].expandtabs(4)) if not raw[: piece[0]].strip() else 0
    place = start + piece[0]
    return TextLine(place, place + length, place + len(words), words, indent, trailing, gap, page, marker)
