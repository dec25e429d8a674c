"""A page read by how it looks: tables, columns and lines in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from grunnmur.sources.documents.pdf.columns import regions
from grunnmur.sources.documents.pdf.lines import lines_of, rows_of
from grunnmur.sources.documents.pdf.pieces import Column, Piece
from grunnmur.sources.documents.pdf.ruled import RuledTable, ruled_tables
from grunnmur.sources.documents.pdf.segments import PageText, Segment
from grunnmur.sources.documents.pdf.unruled import split_tables

Part = Piece | Column
FEWEST_STACKED = 4


def layout_parts(text: PageText) -> list[Part]:
    """Tables and columns of the page in reading order."""
    segments = [segment for segment in text.segments if not segment.style.artifact]
    tables = ruled_tables(segments, text.rules, text.number)
    used = {identity for table in tables for identity in table.used}
    parts: list[Part] = []
    for region in regions([segment for segment in segments if id(segment) not in used]):
        parts += _region(region, [t for t in tables if _stands_in(t, region)], text.number)
        tables = [t for t in tables if not _stands_in(t, region)]
    return [*parts, *(table.piece for table in tables)]


def _region(region: Sequence[Segment], tables: Sequence[RuledTable], page: int) -> list[Part]:
    """Lines and unruled tables of one column, the ruled tables put in at their height."""
    parts: list[Part] = []
    left = min((segment.x0 for segment in region), default=0.0)
    waiting = list(tables)
    rows = rows_of(region)
    start = 0
    for number, row in enumerate(rows):
        if waiting and min(s.y0 for s in row) > waiting[0].box[1]:
            parts += [*_plain(rows[start:number], page, left), waiting.pop(0).piece]
            start = number
    return [*parts, *_plain(rows[start:], page, left), *(table.piece for table in waiting)]


def _plain(rows: Sequence[list[Segment]], page: int, left: float) -> list[Part]:
    parts: list[Part] = []
    for part in split_tables(rows, page):
        if isinstance(part, Piece):
            parts.append(part)
        elif lines := lines_of(part, page):
            parts.append(Column(lines, left))
    return parts


def _stands_in(table: RuledTable, region: Sequence[Segment]) -> bool:
    """Whether the table's middle lies within the region's sides, and no later region's text stands above it."""
    left, right = min(s.x0 for s in region), max(s.x1 for s in region)
    bottom = max(s.y1 for s in region)
    middle = (table.box[0] + table.box[2]) / 2
    return left - 20 <= middle <= right + 20 and table.box[1] <= bottom + 20


def unstack(segments: Sequence[Segment]) -> tuple[list[Segment], list[str]]:
    """Segments without words set one letter under the other, and those words."""
    kept: list[Segment] = []
    words: list[str] = []
    stack: list[Segment] = []
    for segment in [*segments, None]:
        if segment is not None and len(segment.text.strip()) == 1 and (not stack or _stands_under(stack[-1], segment)):
            stack.append(segment)
            continue
        if len(stack) >= FEWEST_STACKED and any(s.text.strip().isalpha() for s in stack):
            words.append("".join(s.text.strip() for s in stack))
        else:
            kept += stack
        stack = []
        if segment is not None:
            is_letter = len(segment.text.strip()) == 1
            (stack if is_letter else kept).append(segment)
    return kept, words


def _stands_under(above: Segment, below: Segment) -> bool:
    aside = abs((above.x0 + above.x1) - (below.x0 + below.x1)) / 2
    return aside < 0.7 * above.size and 0 < below.y0 - above.y0 < 2.5 * above.size
