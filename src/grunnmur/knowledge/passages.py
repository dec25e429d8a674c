"""Stretches of a block cut to the words that matter, so that the document's text at their offsets is the passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grunnmur.knowledge.language.sentences import find_sentences

TRAILING = re.compile(r"[\s,;:–-]+$")
SOURCE_NOTE = re.compile(r"\s*\((?:[^()]{1,40}|\s*[A-ZÆØÅ][^()]*|(?:ref|jf|kilde|kjelde)\b[^()]*)\)\s*[.,;]?$")
QUOTES = '«»“”"„'
ITEM_LABEL = re.compile(r"(?:[A-ZÆØÅ]\d{1,2}|\d{1,2}(?:\.\d{1,2})+)[.:)]?\s+(?=[^\W\d])")
COMMA = re.compile(r"\s*[,;]\s+|\s+[|•·]\s+")
LAST_AND = re.compile(r"(?<!-)\s+(?:og|samt)\s+")

OPEN_END = re.compile(
    r"(?:,|-|\b(?:og|eller|i|på|av|for|til|fra|frå|med|om|som|en|et|ei|ein|eit|å|ved))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """``text[start:end]`` of a document, where ``text`` is the document's canonical text."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The stretch on one line."""
        return " ".join(self.text[self.start : self.end].split())

    @property
    def flat(self) -> str:
        """The stretch with line breaks as spaces: same length, same offsets."""
        return re.sub(r"\s", " ", self.text[self.start : self.end])

    def part(self, start: int, end: int) -> Stretch:
        """The part between two offsets counted from the start of the stretch, white space round it left out."""
        start, end = self.start + max(start, 0), min(self.start + end, self.end)
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Stretch(self.text, start, end)

    def sentences(self) -> list[Stretch]:
        """Its sentences; a line break inside a block does not end one."""
        return [self.part(start, end) for start, end in find_sentences(self.flat)]

    def lines(self) -> list[Stretch]:
        """What stands on lines of their own, or far apart on one; a small first letter goes on from before."""
        rows: list[Stretch] = []
        for match in re.finditer(r"\S(?:(?!\s*\n|[^\S\n]{3,}|\t).)*\S?", self.text[self.start : self.end]):
            part = self.part(match.start(), match.end())
            if rows and (
                not re.match(r"[A-ZÆØÅ0-9«“\"…]|\.\.\.", part.flat)
                or OPEN_END.search(rows[-1].flat)
                or (part.flat.isupper() and rows[-1].flat.isupper())
            ):
                part = Stretch(self.text, rows.pop().start, part.end)
            rows.append(part)
        return rows or [self]

    def first_sentence(self, fewest_words: int = 1) -> Stretch:
        """The first sentence, with the next one added while it has too few words."""
        sentences = self.sentences()
        for sentence in sentences:
            candidate = self.part(0, sentence.end - self.start)
            if len(candidate.words.split()) >= fewest_words:
                return candidate
        return self

    def trimmed(self) -> Stretch:
        """Without quotation marks round all of it, a note of its source in parentheses, and loose punctuation."""
        flat = self.flat
        end = len(flat)
        note = SOURCE_NOTE.search(flat[:end])
        if note and note.start() > 0 and len(flat[: note.start()].split()) >= 2:
            end = note.start()
        end -= len(flat[:end]) - len(TRAILING.sub("", flat[:end]))
        start = 0
        if (
            flat[start:end]
            and flat[start] in QUOTES
            and flat[start:end].count(flat[start]) <= 1 + (flat[end - 1] in QUOTES)
        ):
            start += 1
            end -= flat[end - 1] in QUOTES and end - 1 > start
        return self.part(start, end)

    def enumerated(self) -> Iterator[Stretch]:
        """The members of «A, B og C»; one member when there is no comma."""
        flat = self.flat
        cuts, begin = [], 0
        for comma in COMMA.finditer(flat):
            if flat.count("(", begin, comma.start()) > flat.count(")", begin, comma.start()):
                continue  # inside parentheses
            cuts.append((begin, comma.start()))
            begin = comma.end()
        last = LAST_AND.search(flat, begin) if cuts else None
        if last and len(flat[begin : last.start()].split()) <= 6:
            cuts.append((begin, last.start()))
            begin = last.end()
        yield from (self.part(*cut) for cut in [*cuts, (begin, len(flat))])
