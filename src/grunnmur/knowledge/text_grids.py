"""Tables that arrived as lines of text: a header of several times or names, then rows that end in as many numbers.

Readers mark the tables they are sure of; these are the rest, found by rows that repeat the same shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from grunnmur.knowledge.grids import Column, Grid, Row, Value
from grunnmur.knowledge.language.dates import DateKind, DateMatch, find_dates
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.stacked_grids import stacked_grid
from grunnmur.knowledge.text_lines import TextLine, number_in, text_lines
from grunnmur.sources.documents.model import Block, BlockKind, Document

_LONGEST_LINE = 110
_FEWEST_ROWS = 2
_MOST_BETWEEN = 2
_MOST_PARTS = 5
_MOST_COLUMNS = 40
_MOST_WAYS = 5_000
_FEWEST_NAMES = 3
_HEAD_NAME = re.compile(r"[A-ZÆØÅ][^\W\d_./-]*\.?(?:[ /-](?:[a-zæøå]{1,4}\.?|(?:19|20)\d\d|\([^()]{1,20}\)))*(?:\s+|$)")
_HEAD_NAMES = re.compile(rf"(?:{_HEAD_NAME.pattern})+")
_PART = re.compile(r"ca\.?|[-–−+]?\d[\d.,]*%?|%")
_NUMBER = re.compile(r"(?:ca\.? )?[-–−+]?(?:\d{1,3}(?:[ .]\d{3})+|\d+)(?:,\d+)?(?: ?%)?")
_SENTENCE = re.compile(r"[.!?]\s*$|\b(?:er|var|blir|ble|har|hadde|skal|vil|kan|må)\b")


def text_grids(document: Document, today: str | None = None) -> Iterator[Grid]:
    """Grids read from running lines, in the order of the text."""
    lines = list(text_lines(document))
    place = 0
    while place < len(lines):
        found = _grid_at(lines, place, today) or stacked_grid(lines, place, today)
        if found is None:
            place += 1
        else:
            grid, place = found
            yield grid


def _grid_at(lines: Sequence[TextLine], place: int, today: str | None) -> tuple[Grid, int] | None:
    """The grid whose header begins at this line, with the index of the line after it."""
    header = _header(lines, place, today) or _named_header(lines[place], place, today)
    if header is None:
        return None
    columns, after = header
    rows, end = _rows(lines, after, len(columns))
    if len(rows) < _FEWEST_ROWS:
        return None
    first, last = lines[place], lines[end - 1]
    block = Block(BlockKind.TABLE, first.start, last.end, first.page)
    return Grid(block, {column.index: column for column in columns}, tuple(rows)), end


def _header(lines: Sequence[TextLine], place: int, today: str | None) -> tuple[list[Column], int] | None:
    """Columns from one line with several times, or from short lines below each other with one time each."""
    dates = _times(lines[place], today)
    if len(dates) >= 2 and _is_head(lines[place].text, dates):
        return _columns(lines[place].text, dates), place + 1
    if not dates or not _is_head(lines[place].text, dates):
        return None
    periods: list[str] = []
    after = place
    while (
        after < min(len(lines), place + _MOST_COLUMNS)
        and (found := _times(lines[after], today))
        and _is_head(lines[after].text, found)
    ):
        periods.extend(date.iso for date in found)
        after += 1
    split = any(line.text.endswith(("-", "–")) for line in lines[place:after])
    if split and len(periods) % 2 == 0:
        periods = [_span(first, last) for first, last in zip(periods[::2], periods[1::2], strict=True)]
    if len(periods) < 2:
        return None
    return [_column(index, period) for index, period in enumerate(periods, 1)], after


def _named_header(line: TextLine, place: int, today: str | None) -> tuple[list[Column], int] | None:
    """«Enhet Årsverk Ansatte Budsjett 2025 (mill kr)»: each name begins with a capital letter, the first is the rows'.

    A sentence, or a name that goes on in small letters over several words, is no such header.
    """
    words = line.text
    if len(words) > _LONGEST_LINE or words.isupper() or _SENTENCE.search(words) or not _HEAD_NAMES.fullmatch(words):
        return None
    names = [match[0].strip() for match in _HEAD_NAME.finditer(words)]
    if len(names) < _FEWEST_NAMES:
        return None
    columns = [Column(index, name, tuple(find_dates(name, today))) for index, name in enumerate(names[1:], 1)]
    return columns, place + 1


def _times(line: TextLine, today: str | None) -> Sequence[DateMatch]:
    return _times_of(line.text, today) if len(line.text) <= _LONGEST_LINE else ()


@lru_cache(maxsize=10_000)
def _times_of(words: str, today: str | None) -> tuple[DateMatch, ...]:
    """Kept, since a line is looked at once for each of the lines before it that might begin a header."""
    return tuple(find_dates(words, today))


def _is_head(words: str, dates: Sequence[DateMatch]) -> bool:
    """Hardly more than times: at most two words for each, no verb, no other number, no colon."""
    rest = words
    for date in reversed(dates):
        rest = rest[: date.start] + " " + rest[date.end :]
    return len(re.findall(r"[^\W\d_]+", rest)) <= 2 * len(dates) and not re.search(r"\d|:|\b(?:og|til|fra|i)\b", rest) \
        and not _SENTENCE.search(words)  # fmt: skip


def _columns(words: str, dates: Sequence[DateMatch]) -> list[Column]:
    """Each time with the words right before it: «Regnskap 2022 Regnskap 2023»."""
    columns, done = [], 0
    for index, date in enumerate(dates, 1):
        label = words[done : date.end].strip()
        found = find_dates(label)
        columns.append(Column(index, label, tuple(found) if found else (date,)))
        done = date.end
    return columns


def _column(index: int, period: str) -> Column:
    return Column(index, "", (DateMatch(0, 0, period, DateKind.YEAR),))


def _span(first: str, last: str) -> str:
    return f"{first.split('/')[0]}/{last.split('/')[-1]}"


def _rows(lines: Sequence[TextLine], place: int, count: int) -> tuple[list[Row], int]:
    """Rows with exactly ``count`` numbers at their end; a few lines of words may stand between them."""
    rows: list[Row] = []
    waiting, end = 0, place
    for index in range(place, len(lines)):
        values = _values(lines[index], count)
        if values is None:
            waiting += 1
            if waiting > _MOST_BETWEEN or len(lines[index].text) > _LONGEST_LINE or _SENTENCE.search(lines[index].text):
                break
            continue
        rows.append(_row(lines, index, values, waiting, len(rows)))
        waiting, end = 0, index + 1
    return rows, end


def _row(lines: Sequence[TextLine], index: int, values: list[Span], waiting: int, number: int) -> Row:
    line = lines[index]
    own = line.text[: values[0][0] - line.start].strip()
    above = [lines[index - back].text for back in range(waiting, 0, -1)]
    label = " ".join([*above, own]).strip()
    span = (line.start, line.start + len(own)) if own else None
    read = [Value(number, column, number_in(line, span), span) for column, span in enumerate(values, 1)]
    return Row(number, label, span, tuple(read))


def _values(line: TextLine, count: int) -> list[Span] | None:
    """Where the last ``count`` numbers of the line stand, when it ends in exactly so many.

    Thousands may be set apart by spaces; of the ways to read them, the one with numbers of the most equal length wins.
    """
    words = [(line.start + match.start(), line.start + match.end()) for match in re.finditer(r"\S+", line.text)]
    tail = _tail(line, words)
    ways = list(islice(_ways(line, tail, count, set()), _MOST_WAYS)) if len(tail) >= count else []
    if not ways:
        return None
    return min(ways, key=lambda spans: max(e - s for s, e in spans) - min(e - s for s, e in spans))


def _tail(line: TextLine, words: list[Span]) -> list[Span]:
    """The words at the end of the line that can be part of numbers."""
    first = len(words)
    while first and _PART.fullmatch(line.text[words[first - 1][0] - line.start : words[first - 1][1] - line.start]):
        first -= 1
    return words[first:]


def _ways(line: TextLine, words: list[Span], count: int, dead: set[Span]) -> Iterator[list[Span]]:
    """Every way to read all the words as ``count`` numbers; ``dead`` remembers where there was none."""
    if not count:
        if not words:
            yield []
        return
    if (len(words), count) in dead or len(words) > _MOST_PARTS * count:
        return
    found = False
    for size in range(1, min(_MOST_PARTS, len(words) - count + 1) + 1):
        span = words[-size][0], words[-1][1]
        if _NUMBER.fullmatch(line.text[span[0] - line.start : span[1] - line.start]):
            for rest in _ways(line, words[:-size], count - 1, dead):
                found = True
                yield [*rest, span]
    if not found:
        dead.add((len(words), count))
