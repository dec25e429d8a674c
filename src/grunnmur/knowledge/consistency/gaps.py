"""Things that were lost or left out: numbers without a name, dates without a year, lists of the wrong length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from grunnmur.kernel import Unit
from grunnmur.knowledge.figures.charts import chart_labels
from grunnmur.knowledge.language.dates import DateKind
from grunnmur.knowledge.language.nouns import noun_phrase
from grunnmur.knowledge.language.numbers import NumberMatch
from grunnmur.knowledge.model import Warning
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import BlockKind

_FEWEST_LOOSE = 4
_FEWEST_WORDS = 3
# Words that something must follow; «av» and «på» may end a verb («satt av»), so they say nothing.
_OPEN = re.compile(
    r"\b(?:før|føre|innen|innan|etter|mellom|hos|eller|og|samt|blant|mot|gjennom|fra|frå|er|skal)$", re.I
)
_SENTENCE = re.compile(r"[A-ZÆØÅ][^\W\d_]+\s")
_LONGEST_LIST = 20
_FURTHEST = 300
_LABEL = re.compile(r"\s*[:–-]\s")
_ANNOUNCES = re.compile(r"\b(?:følgende|fylgjande|inndelt i|delt i|består av|omfatter|har|disse|desse)\s+$", re.I)
_UNCOUNTED = frozenset({Unit.NOK, Unit.PERCENT, Unit.FTE, Unit.HOURS, Unit.DAYS, Unit.RATIO})


def gap_warnings(reading: Reading) -> Iterator[Warning]:
    """Loose numbers, dates without a year, counts that differ from the list under them."""
    yield from _loose_numbers(reading)
    yield from _yearless(reading)
    yield from _counts(reading)
    yield from _unfinished(reading)


def _loose_numbers(reading: Reading) -> Iterator[Warning]:
    """Numbers alone on their lines, on one page: a table or chart that lost its shape on the way to text."""
    named = chart_labels(reading)
    tables = reading.in_text_grids
    bare = [segment for segment in reading.segments if _is_bare(segment)
            and segment.numbers[0].start not in named and segment.numbers[0].start not in tables]  # fmt: skip
    for page, group in groupby(bare, key=lambda segment: segment.block.page):
        numbers = [segment.numbers[0] for segment in group]
        if len(numbers) >= _FEWEST_LOOSE:
            passages = tuple((number.start, number.end) for number in numbers[1:])
            yield Warning(
                "loose-numbers", numbers[0].start, numbers[0].end, {"count": len(numbers), "page": page}, passages
            )


def _is_bare(segment: Segment) -> bool:
    words = segment.text[segment.start : segment.end].strip()
    return segment.block.kind is BlockKind.PARAGRAPH and bool(segment.numbers) and not re.search(r"[^\W\d_]{2}", words)


def _yearless(reading: Reading) -> Iterator[Warning]:
    """A time line in which some entries have a year and one has not."""
    for _, group in groupby(reading.segments, key=lambda segment: segment.block.page):
        entries = [(segment, date) for segment in group for date in segment.dates
                   if not segment.line_before(date.start).strip()
                   and _LABEL.match(segment.text, date.end) and date.kind is not DateKind.RELATIVE]  # fmt: skip
        dated = Counter(date.borrowed for _, date in entries)
        if dated[False] < 2:
            continue
        for _, date in entries:
            if date.borrowed and not date.as_of:
                yield Warning("date-without-year", date.start, date.end, {"read_as": date.iso})


def _counts(reading: Reading) -> Iterator[Warning]:
    """«Avdelinger: 5» or «tre områder:» right before a list of another length."""
    for place, lead in enumerate(reading.segments):
        number = _announced(lead)
        items = _list_after(reading, place) if number else []
        if number and 2 <= len(items) <= _LONGEST_LIST and len(items) != int(number.value):
            passages = tuple((item.start, item.end) for item in items)
            yield Warning(
                "count-differs", number.start, number.end, {"stated": number.value, "listed": len(items)}, passages
            )


def _announced(lead: Segment) -> NumberMatch | None:
    """The count that a line announces a list with."""
    words = lead.text[lead.start : lead.end].rstrip()
    if lead.block.kind is BlockKind.TABLE or not words.endswith((":", ";")) or not lead.numbers:
        return None
    number = lead.numbers[-1]
    if number.unit in _UNCOUNTED or not 2 <= number.value <= _LONGEST_LIST or number.value != int(number.value):
        return None
    phrase = noun_phrase(lead.text, number.end, lead.end)
    end = phrase[-1][1] if phrase else number.end
    labelled = lead.text[lead.start : number.start].rstrip().endswith(":")
    counted = bool(phrase) or labelled or number.unit is not None
    before = lead.text[lead.start : number.start]
    announced = len(before.split()) <= 2 or _ANNOUNCES.search(before)
    return number if announced and counted and not lead.text[max(end, number.end) : lead.end].strip(" :;\n") else None


def _list_after(reading: Reading, place: int) -> list[Segment]:
    """Items of the list right after a segment, at its first level and without numbers of their own to add up."""
    items: list[Segment] = []
    following = reading.segments[place + 1 : place + 1 + _FURTHEST]
    for segment in following:
        if segment.block.kind is not BlockKind.LIST_ITEM or segment.block.page != reading.segments[place].block.page:
            return items
        if not items or segment.block.level == items[0].block.level:
            items.append(segment)
    return items if len(following) < _FURTHEST else []


def _unfinished(reading: Reading) -> Iterator[Warning]:
    """«Møtene holdes før» at the end of a paragraph, with a new page or heading after it: the rest was lost."""
    for segment, following in pairwise([*reading.segments, None]):
        if segment is None or segment.block.kind is not BlockKind.PARAGRAPH:
            continue
        words = segment.text[segment.start : segment.end].rstrip()
        start = segment.sentences[-1][0] if segment.sentences else segment.start
        last = words[start - segment.start :]
        if not _OPEN.search(words) or not _SENTENCE.match(last) or len(last.split()) < _FEWEST_WORDS:
            continue
        if following is None or following.block.page != segment.block.page or following.block.kind is BlockKind.HEADING:
            end = segment.start + len(words)
            yield Warning("unfinished-sentence", start, end, {"words": " ".join(last.split())})
