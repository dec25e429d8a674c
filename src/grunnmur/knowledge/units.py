"""Which organisational unit a part of the document speaks of: unit names in headings and slide titles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from grunnmur.knowledge.outline import Item, outline, without_number
from grunnmur.sources.documents.model import BlockKind, Document, PageKind

UNIT_WORD = re.compile(
    r"(?:virksomhet|verksemd|avdeling|enhet|eining|seksjon|sektor|etat|tjenesteområde|tenesteområde|fellesfunksjoner|fellestenester)\b"
    r"(?!e[nrt]\b)\s*[:–-]?\s*\S",
    re.IGNORECASE,
)
# What a slide that presents a unit or reports for it says of it.
REPORTING = re.compile(
    r"^(?:ansatte|tilsette|årsverk|(?:netto\s)?budsjett|status\b.*rapport|ansvar(?:\sfor)?|avdelinger|avdelingar|tiltak\b|"
    r"virksomhetsleder|verksemdsleiar|avdelingsleder|enhetsleder|einingsleiar)\b",
    re.IGNORECASE,
)
NOT_UNITS = re.compile(
    r"\b(?:tiltak|strukturtiltak|effektivisering\w*|agenda|status\w*|utfordring\w*|økonomi|oppsummering|mål|veivalg)\b",
    re.IGNORECASE,
)
MOST_WORDS = 6


class Units:
    """Answers which unit an offset of the document belongs to."""

    def __init__(self, document: Document) -> None:
        items = outline(document)
        slides = bool(document.pages) and document.pages[0].kind is PageKind.SLIDE
        found = list(_slide_units(document, items) if slides else _heading_units(items))
        self._starts = [start for start, _ in found]
        self._names = [name for _, name in found]

    def at(self, offset: int) -> str | None:
        """The name of the unit as its heading gives it, or None."""
        place = bisect_right(self._starts, offset) - 1
        return (self._names[place] or None) if place >= 0 else None


def is_unit_name(words: str) -> bool:
    """Whether the words name a unit by its kind («Virksomhet sykehjem»)."""
    return (
        UNIT_WORD.match(words) is not None
        and len(words.split()) <= MOST_WORDS + 2
        and not words.endswith((":", ";", "."))
    )


def _slide_units(document: Document, items: Sequence[Item]) -> Iterator[tuple[int, str]]:
    known: dict[frozenset[str], str] = {}
    starts = {page.number: page.start for page in document.pages}
    for page, group in groupby(items, key=lambda item: item.block.page):
        slide = list(group)
        name = _unit_of(slide, known)
        if name is not None:
            known.setdefault(_tokens(name), name)
            yield starts[page], name


def _unit_of(slide: Sequence[Item], known: dict[frozenset[str], str]) -> str | None:
    titles = [item.words for item in slide if item.kind is BlockKind.HEADING and item.block.level == 1]
    for title in titles:
        if is_unit_name(title):
            return _same(title, known) or title
    for title in titles:
        if same := _same(title, known):
            return same
    reports = any(REPORTING.match(item.words) for item in slide)
    for title in titles:
        if (
            reports
            and len(title.split()) <= MOST_WORDS
            and not NOT_UNITS.search(title)
            and not title.endswith((":", "?", "!"))
        ):
            return title
    return None


def _heading_units(items: Sequence[Item]) -> Iterator[tuple[int, str]]:
    level = 0
    for item in items:
        if item.kind is not BlockKind.HEADING:
            continue
        if is_unit_name(without_number(item.words)):
            level = item.block.level
            yield item.block.start, without_number(item.words)
        elif level and item.block.level <= level:
            level = 0
            yield item.block.start, ""


def _same(title: str, known: dict[frozenset[str], str]) -> str | None:
    tokens = _tokens(title)
    return next((name for words, name in known.items() if tokens and (tokens <= words)), None)


def _tokens(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", words.casefold()))
