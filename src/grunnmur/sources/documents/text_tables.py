"""Tables in plain text: a line of years as the head, and under it rows of a label and one number for each year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from grunnmur.sources.documents.model import Block, BlockKind, Cell
from grunnmur.sources.documents.text_groups import ADDRESS
from grunnmur.sources.documents.text_lines import TextLine

YEAR = re.compile(r"(?:\bår\s+)?\b(?:19|20)\d{2}(?:\s?[-–/]\s?(?:19|20)?\d{2})?\b", re.IGNORECASE)
WORD = re.compile(r"\S+")
APPROX = re.compile(r"(?:ca\.?|over|under|>|<|~)$", re.IGNORECASE)
NUMBER = re.compile(r"(?:ca\.?)?[-–+]?\d{1,3}(?:[.\u00a0]\d{3})+(?:,\d+)?%?|(?:ca\.?)?[-–+]?\d+(?:[.,]\d+)?%?")
THOUSANDS = re.compile(r"\d{3}(?:,\d+)?%?")
EMPTY = re.compile(r"[-–xX.:]{1,2}")
MOST_LABEL_LINES = 5
LONGEST_LABEL = 110
MOST_HEAD_WORDS = 4
MOST_TIMES = 100


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int


@dataclass(slots=True)
class Draft:
    """A table while its lines are read; ``last`` is the index of the last line that gave a row."""

    head: list[Span]
    stub: Span | None
    rows: list[tuple[Span, list[Span]]] = field(default_factory=list)
    last: int = 0


def tables_of(lines: Sequence[TextLine], notes: Collection[int] = ()) -> list[tuple[int, int, Block]]:
    """Every table with the indexes of its first and last line; a table has two rows or more.

    ``notes`` holds the starts of footnotes, which may stand between two halves of a table.
    """
    found: list[tuple[int, int, Block]] = []
    for index, line in enumerate(lines):
        if (found and index <= found[-1][1]) or (draft := _head(line)) is None:
            continue
        _read_rows(lines, index, draft, notes)
        if len(draft.rows) >= 2:
            found.append((index, draft.last, _block(draft, line.page)))
    return found


def _head(line: TextLine) -> Draft | None:
    """The columns of a head line: its years, and what stands after the last of them."""
    years = [Span(line.start + match.start(), line.start + match.end()) for match in YEAR.finditer(line.text)]
    if len(years) < 2 or line.marker is not None:
        return None
    between = YEAR.sub(" ", line.text)
    if len(between.split()) > MOST_HEAD_WORDS or re.search(r"[.!?]$|\b(?:og|til|fra|i)\b", between):
        return None
    if any(line.text[a.end - line.start : b.start - line.start].strip() for a, b in pairwise(years[:-1])):
        return None
    last = years.pop()
    before = years[-1].end if years else line.start
    words = re.search(r"\S", line.text[before - line.start :])
    years.append(Span(before + (words.start() if words else 0), last.end))
    if last.end < line.end:
        tail = last.end + len(line.text[last.end - line.start :]) - len(line.text[last.end - line.start :].lstrip())
        years.append(Span(tail, line.end))
    stub = line.text[: years[0].start - line.start].rstrip()
    return Draft(years, Span(line.start, line.start + len(stub)) if stub else None)


def _read_rows(lines: Sequence[TextLine], head: int, draft: Draft, notes: Collection[int]) -> None:
    """Take rows until a list, a new page without a row, or running text; a label may run over several lines."""
    label: list[TextLine] = []
    for index in range(head + 1, len(lines)):
        line = lines[index]
        if line.start in notes or ADDRESS.match(line.text):
            label = []
            continue
        values = _values(line, len(draft.head))
        if values is None:
            label.append(line)
            if line.marker or len(label) > MOST_LABEL_LINES or line.length > LONGEST_LABEL or _head(line):
                return
            continue
        first, end = (label[0].start if label else line.start), values[0].start
        draft.rows.append((_label(lines, index, first, end, label), values))
        draft.last = index
        label = []


def _label(lines: Sequence[TextLine], index: int, first: int, end: int, label: list[TextLine]) -> Span:
    own = lines[index].text[: end - lines[index].start].rstrip()
    if own:
        return Span(first, lines[index].start + len(own))
    return Span(first, label[-1].end) if label else Span(first, first)


def _values(line: TextLine, count: int) -> list[Span] | None:
    """The last ``count`` numbers of the line, when it ends in so many; thousands may be set apart by spaces."""
    words = [Span(line.start + match.start(), line.start + match.end()) for match in WORD.finditer(line.text)]
    ways = list(_ways(line, words, count))
    if not ways:
        return None
    return min(ways, key=lambda values: _unlikely(line, values))


def _ways(line: TextLine, words: list[Span], count: int) -> Iterator[list[Span]]:
    if count == 0:
        yield []
        return
    for size in range(1, min(4, len(words)) + 1):
        taken = words[-size:]
        if not _is_value([line.text[word.start - line.start : word.end - line.start] for word in taken]):
            continue
        for rest in _ways(line, words[:-size], count - 1):
            yield [*rest, Span(taken[0].start, taken[-1].end)]


def _is_value(words: list[str]) -> bool:
    if APPROX.match(words[0]) and len(words) > 1:
        words = words[1:]
    if words[-1] == "%" and len(words) > 1:
        words = words[:-1]
    if len(words) == 1:
        return NUMBER.fullmatch(words[0]) is not None or EMPTY.fullmatch(words[0]) is not None
    return re.fullmatch(r"[-–+]?\d{1,3}", words[0]) is not None and all(THOUSANDS.fullmatch(word) for word in words[1:])


def _unlikely(line: TextLine, values: list[Span]) -> tuple[bool, int, int]:
    """Numbers of one row are of about one size, leave no number behind in the label, and are about equally long.

    A percentage among them may differ.
    """
    written = [line.text[value.start - line.start : value.end - line.start] for value in values]
    plain = [words for words in written if not words.endswith("%")]
    sizes = [size for words in plain if (size := int("0" + re.sub(r"\D", "", words.split(",")[0])))]
    uneven = max(map(len, plain)) - min(map(len, plain)) if plain else 0
    return bool(sizes) and max(sizes) > MOST_TIMES * min(sizes), values[0].start, uneven


def _block(draft: Draft, page: int) -> Block:
    cells = [Cell(0, column, span.start, span.end, header=True) for column, span in enumerate(draft.head, start=1)]
    if draft.stub is not None:
        cells.insert(0, Cell(0, 0, draft.stub.start, draft.stub.end, header=True))
    for row, (label, values) in enumerate(draft.rows, start=1):
        cells.append(Cell(row, 0, label.start, label.end))
        cells.extend(Cell(row, column, value.start, value.end) for column, value in enumerate(values, start=1))
    return Block(BlockKind.TABLE, cells[0].start, draft.rows[-1][1][-1].end, page, cells=tuple(cells))
