"""The same figure, or the same thing, given differently in two places or two documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from grunnmur.kernel import Passage, Unit
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.language.words import content_words, is_known, stem
from grunnmur.knowledge.model import Extraction, Figure, Warning
from grunnmur.knowledge.reading import own_date
from grunnmur.sources.documents.model import Document

_FEWEST_STEMS = 2
_TOLERANCE = 0.005
_APPROXIMATE = 0.05
_MOST_TIMES = 6
_MOST_ON_PAGE = 100
_ONE_ANSWER = 400  # shares without a time this close are answers to different questions
_ONE_STATEMENT = 60  # numbers this close are one statement: a range, a change, an equation


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Passages of several documents that give the same figure or name differently.

    The shell words ``code`` with ``params``; each passage names its document by content.
    """

    code: str
    passages: tuple[Passage, ...]
    params: Mapping[str, Any] = field(default_factory=dict)


def compare_documents(read: Sequence[tuple[Document, Extraction]]) -> tuple[Contradiction, ...]:
    """The same label, period, unit and organisation with other numbers in another document; names with two endings."""
    placed = [pair for document, extraction in read for pair in _dated(document, extraction.figures)]
    found: list[Contradiction] = []
    for group in _groups(placed, fewest_stems=1).values():
        for sha, figure, other_sha, other in _differing(group):
            if sha != other_sha:
                passages = (Passage(sha, figure.start, figure.end), Passage(other_sha, other.start, other.end))
                found.append(Contradiction("same-figure-differs", passages, _params(figure, other)))
    return (*found, *_names_across(read))


def _dated(document: Document, figures: Sequence[Figure]) -> Iterator[Placed]:
    """Figures with a period; one without is about the document's own year, and is left out when that is not known."""
    year = (own_date(document) or "")[:4]
    for figure in figures:
        if figure.period or year:
            yield document.sha256, replace(figure, period=figure.period or year)


def repeat_warnings(tables: Sequence[Span], figures: Sequence[Figure]) -> Iterator[Warning]:
    """Within one document: the same figure with different numbers, and shares given for different periods.

    Rows of one table that share a label belong to different groups of it, and do not contradict each other.
    """
    for group in _groups([("", figure) for figure in figures]).values():
        for _, figure, _, other in _differing(group):
            together = any(start <= figure.start and other.start < end for start, end in tables)
            apart = _ONE_ANSWER if figure.unit is Unit.PERCENT and figure.period is None else _ONE_STATEMENT
            if other.start - figure.end > apart and not together:
                yield _differs(figure, other)
    yield from _same_page(figures)
    yield from _different_periods(figures)


def _differs(figure: Figure, other: Figure) -> Warning:
    return Warning("same-figure-differs", figure.start, figure.end, _params(figure, other), ((other.start, other.end),))


def _same_page(figures: Sequence[Figure]) -> Iterator[Warning]:
    """Results up to the same month on one page, one name within the other («Merforbruk», «Merforbruk vikarer»)."""
    results: dict[tuple[int, str], list[tuple[Figure, frozenset[str]]]] = defaultdict(list)
    for figure in figures:
        if figure.unit is Unit.NOK and figure.period and len(figure.period) >= 7:
            results[figure.page, _month(figure.period)].append((figure, label_stems(figure.label)))
    for together in results.values():
        for (figure, stems), (other, others) in combinations(together[:_MOST_ON_PAGE], 2):
            if not stems & others or not (stems <= others or others <= stems):
                continue
            if other.start - figure.end > _ONE_STATEMENT and not _agree(figure, other):
                yield _differs(figure, other)


Placed = tuple[str, Figure]
Key = tuple[frozenset[str], frozenset[str], Unit, str, str | None]
_MARK = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


def _groups(placed: Iterable[Placed], fewest_stems: int = _FEWEST_STEMS) -> dict[Key, list[Placed]]:
    groups: dict[Key, list[Placed]] = defaultdict(list)
    for sha, figure in placed:
        stems = label_stems(figure.label)
        specific = len(stems) >= _FEWEST_STEMS or (figure.org is not None and len(stems) >= fewest_stems)
        if specific and (figure.period is not None or figure.unit is not Unit.OTHER):
            # «67–79 år» and «80–89 år» are two groups, whatever else their labels share.
            marks = frozenset(_MARK.findall(figure.label))
            groups[stems, marks, figure.unit, _month(figure.period), _org(figure.org)].append((sha, figure))
    return groups


def label_stems(label: str) -> frozenset[str]:
    """What a label is about, whatever the order and inflection of its words."""
    return frozenset(stem(word) for word in content_words(label) if len(word) > 2 and not word[0].isdigit())


def _month(period: str | None) -> str:
    """Results «t.o.m. 31.5.24» and «t.o.m. mai» are about the same time."""
    return "" if period is None else "/".join(part[:7] for part in period.split("/"))


def _org(name: str | None) -> str | None:
    return " ".join(sorted(label_stems(name))) if name else None


def _differing(group: list[Placed]) -> Iterator[tuple[str, Figure, str, Figure]]:
    """The first figure of a group against each later one that gives another number."""
    (sha, first), rest = group[0], group[1:]
    if len({figure.number for _, figure in group}) > len(group) // 2 + 1 or len(group) > _MOST_TIMES:
        return  # a label that many numbers share names none of them
    for other_sha, other in rest:
        if not _agree(first, other):
            yield sha, first, other_sha, other


def _agree(figure: Figure, other: Figure) -> bool:
    tolerance = _APPROXIMATE if figure.approx or other.approx else _TOLERANCE
    return abs(figure.number - other.number) <= tolerance * max(abs(figure.number), abs(other.number))


def _params(figure: Figure, other: Figure) -> dict[str, Any]:
    return {"label": figure.label, "numbers": [figure.number, other.number], "unit": figure.unit.value,
            "period": figure.period, "org": figure.org}  # fmt: skip


def _different_periods(figures: Sequence[Figure]) -> Iterator[Warning]:
    """A share that units report for different spans of time cannot be compared between them."""
    groups: dict[frozenset[str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.unit is Unit.PERCENT and figure.period and figure.org:
            groups[label_stems(figure.label)].append(figure)
    for stems, group in groups.items():
        first = group[0]
        others = [figure for figure in group[1:] if figure.org != first.org and figure.period != first.period]
        if len(stems) >= _FEWEST_STEMS and others and _spans_differ(first, others[0]):
            passages = tuple((figure.start, figure.end) for figure in others)
            params = {"label": first.label, "periods": [first.period, others[0].period]}
            yield Warning("periods-differ", first.start, first.end, params, passages)


def _spans_differ(first: Figure, other: Figure) -> bool:
    """Spans of different length in the same year; the same span in two years is a series."""
    a, b = str(first.period), str(other.period)
    return a[:4] == b[:4] and len(a) != len(b)


_NAME = re.compile(r"(?<![.!?:•●○] )(?<!^)(?<![\n•●○-])\b[A-ZÆØÅ][a-zæøå]{5,}(?:a|en|et)\b")


def name_warnings(document: Document) -> Iterator[Warning]:
    """A name of the document's own with two endings («Hjelpetelefona», «Hjelpetelefonen»)."""
    for forms in _variants(_names(document.text)).values():
        (first, places), *others = sorted(forms.items(), key=lambda item: item[1][0])
        passages = tuple((other[0], other[0] + len(form)) for form, other in others)
        params = {"names": [first, *(form for form, _ in others)]}
        yield Warning("name-varies", places[0], places[0] + len(first), params, passages)


_PLACED = re.compile(r"\b(?P<name>[A-ZÆØÅ][a-zæøå]{2,})\s+(?P<part>vest|nord|øst|aust|sør)\b")
_FEWEST_PARTS = 3


def place_warnings(document: Document) -> Iterator[Warning]:
    """Two names for one place: each stands with the same three points of the compass («Nes vest», «Byen vest» …)."""
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for match in _PLACED.finditer(document.text):
        places[match["name"]].setdefault(match["part"], match.start())
    groups: dict[frozenset[str], list[str]] = defaultdict(list)
    for name, parts in places.items():
        if len(parts) >= _FEWEST_PARTS:
            groups[frozenset(parts)].append(name)
    for names in groups.values():
        if len(names) == 2:
            first, second = (min(places[name].items(), key=lambda item: item[1]) for name in names)
            forms = [f"{name} {part}" for name, (part, _) in zip(names, (first, second), strict=True)]
            spans = [(start, start + len(name)) for name, (_, start) in zip(names, (first, second), strict=True)]
            yield Warning("name-varies", *spans[0], {"names": forms}, (spans[1],))


def _names(text: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for match in _NAME.finditer(text):
        if not is_known(match.group().casefold()):
            found[match.group()].append(match.start())
    return found


def _variants(names: Mapping[str, list[int]]) -> dict[str, dict[str, list[int]]]:
    groups: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for name, places in names.items():
        groups[re.sub(r"(?:a|en|et)$", "", name)][name] = places
    return {base: forms for base, forms in groups.items() if len(forms) > 1}


def _names_across(read: Sequence[tuple[Document, Extraction]]) -> Iterator[Contradiction]:
    """A name that has one ending in one document and another in the next."""
    joined: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for document, _ in read:
        for name, places in _names(document.text).items():
            joined[name].append((document.sha256, places[0]))
    for forms in _variants({name: [0] for name in joined}).values():
        firsts = [(name, *joined[name][0]) for name in sorted(forms)]
        if len({sha for _, sha, _ in firsts}) > 1:
            passages = tuple(Passage(sha, start, start + len(name)) for name, sha, start in firsts)
            yield Contradiction("name-varies", passages, {"names": sorted(forms)})
