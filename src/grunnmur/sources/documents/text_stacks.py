"""Tables of actions in plain text: a head such as «Tiltak, Ansvar, Frist» and under it cells on lines or in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grunnmur.sources.documents.model import Block, BlockKind, Cell
from grunnmur.sources.documents.text_lines import TextLine

_SUBJECT = r"(?:\w*tiltak(?:et|ene|a)?|aktivitet(?:er|ar)?|hva|kva|oppgaver?|oppgåver?|leveranser?|leveransar)"
_OTHER = (
    r"(?:nr\.?|ansvar(?:lig)?|ansvarlig\s\w+|eier|eigar|hvem|kven|utføres\sav|frist|når|tid|tidspunkt|tidsplan|tidsfrist|tidsrom|periode|start|slutt"
    r"|kostnad(?:er|ar)?|økonomi|finansiering|ressurs(?:er|ar|bruk)?|beløp|budsjett|effekt|innsparing|status|prioritet|indikator|kommentar(?:er|ar)?"
    r"|merknad(?:er|ar)?|mål|delmål|samarbeid(?:spartnere?)?|år|årsverk|20\d\d)"
)
_NOTE = r"(?:\s*\([^()]{1,30}\)|\s+(?:i|kr|mill\.?|tusen|20\d\d)\b.{0,20})?"
HEAD = re.compile(rf"(?:{_SUBJECT}|{_OTHER}){_NOTE}", re.IGNORECASE)
SUBJECT = re.compile(rf"{_SUBJECT}{_NOTE}", re.IGNORECASE)
APART = re.compile(r"\s{2,}|\t|\s*\|\s*")
MOST = 7
LONGEST_CELL = 160
Span = tuple[int, int]


def stacks_of(lines: Sequence[TextLine], taken: set[int]) -> list[tuple[int, int, Block]]:
    """Every such table with the indexes of its first and last line; ``taken`` are lines of other tables."""
    found: list[tuple[int, int, Block]] = []
    place = 0
    while place < len(lines):
        head = _head(lines, place)
        rows, last = _rows(lines, place, head, taken) if head else ([], place)
        if head and rows:
            found.append((place, last, _block([head[0], *rows], lines[place].page)))
        place = last + 1
    return found


def _head(lines: Sequence[TextLine], place: int) -> tuple[list[Span], int] | None:
    """The cells of the head, and the index of the line after it."""
    cells = _cells(lines[place])
    if len(cells) > 1:
        return (cells, place + 1) if _is_head([_words(lines[place], cell) for cell in cells]) else None
    end = place
    while end < min(len(lines), place + MOST) and not lines[end].marker and HEAD.fullmatch(lines[end].text):
        end += 1
    words = [line.text for line in lines[place:end]]
    return ([(line.start, line.end) for line in lines[place:end]], end) if _is_head(words) else None


def _is_head(words: Sequence[str]) -> bool:
    named = all(HEAD.fullmatch(word) for word in words)
    subjects = [word for word in words if SUBJECT.fullmatch(word)]
    return len(words) > 1 and named and 0 < len(subjects) < len(words)


def _rows(
    lines: Sequence[TextLine], place: int, head: tuple[list[Span], int], taken: set[int]
) -> tuple[list[list[Span]], int]:
    """Rows of as many cells as the head has, and the index of the last line used."""
    cells, begin = head
    end = begin
    while end < len(lines) and lines[end].page == lines[place].page and end not in taken and _is_cell(lines[end]):
        end += 1
    body = list(range(begin, end))
    wide = [index for index in body if len(_cells(lines[index])) >= 2]
    if len(wide) > len(body) / 2:
        return list(_columns(lines, body, len(cells))), end - 1
    groups = list(_groups(lines, body))
    if len(groups) > 1 and all(2 <= len(group) <= len(cells) for group in groups):
        return [[(lines[index].start, lines[index].end) for index in group] for group in groups], end - 1
    whole = len(body) - len(body) % len(cells)
    spans = [(lines[index].start, lines[index].end) for index in body[:whole]]
    rows = [spans[first : first + len(cells)] for first in range(0, whole, len(cells))]
    return (rows, begin + whole - 1) if rows else ([], place)


def _is_cell(line: TextLine) -> bool:
    return line.length <= LONGEST_CELL and not re.match(
        r"(?:kap(?:ittel|\.)|\d{1,2}(?:\.\d{1,2})?\s+[A-ZÆØÅ])", line.text
    )


def _columns(lines: Sequence[TextLine], body: Sequence[int], width: int) -> Iterator[list[Span]]:
    for index in body:
        cells = _cells(lines[index])
        if 2 <= len(cells) <= width:
            yield cells


def _groups(lines: Sequence[TextLine], body: Sequence[int]) -> Iterator[list[int]]:
    """Lines without a blank line between them."""
    group: list[int] = []
    for index in body:
        if group and lines[index].gap:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _cells(line: TextLine) -> list[Span]:
    text = line.text.strip("|")
    shift = line.start + len(line.text) - len(line.text.lstrip("|"))
    edges = [(0, 0), *(match.span() for match in APART.finditer(text)), (len(text), len(text))]
    return [
        (shift + before[1], shift + after[0]) for before, after in pairwise(edges) if text[before[1] : after[0]].strip()
    ]


def _words(line: TextLine, cell: Span) -> str:
    return line.text[cell[0] - line.start : cell[1] - line.start].strip()


def _block(rows: Sequence[Sequence[Span]], page: int) -> Block:
    cells = tuple(
        Cell(row, column, start, end, header=row == 0)
        for row, spans in enumerate(rows)
        for column, (start, end) in enumerate(spans)
    )
    return Block(BlockKind.TABLE, cells[0].start, cells[-1].end, page, cells=cells)
