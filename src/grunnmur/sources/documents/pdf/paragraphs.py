"""Part the lines of a column into paragraphs, headings, list items, captions and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.pdf.headings import Typography
from grunnmur.sources.documents.pdf.lines import TextLine
from grunnmur.sources.documents.pdf.markers import is_caption, is_contents_line, marker_of
from grunnmur.sources.documents.pdf.pieces import Column, Draft, Piece
from grunnmur.sources.documents.pdf.segments import HYPHEN

ENDINGS = (".", "!", "?", ":", ";")
FOOTNOTE_ZONE = 0.5  # of the page's height: footnotes stand below
FOOTNOTE_SIZE = 0.93  # of the body's letters
_FOOTNOTE_MARK = re.compile(r"(\d{1,3}|[*†‡]{1,2})[.)]?\s*(?=[^\W\d_]|[«\"(])")
_MONTH = re.compile(
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|kvartal|tertial|halvår)\b",
    re.I,
)


def pieces_of(draft: Draft, look: Typography) -> list[Piece]:
    """The blocks of one page, its columns parted into paragraphs."""
    pieces: list[Piece] = []
    for part in draft.parts:
        if isinstance(part, Piece):
            pieces.append(part)
        else:
            pieces += _column(part, draft, look)
    for piece in pieces:
        piece.page = draft.number
    return pieces


def _column(column: Column, draft: Draft, look: Typography) -> list[Piece]:
    body, notes = _parted(column.lines, draft, look)
    pieces = [_piece(group, column, look) for group in _groups(body, column, look)]
    return [*pieces, *_footnotes(notes)]


def _parted(lines: Sequence[TextLine], draft: Draft, look: Typography) -> tuple[list[TextLine], list[TextLine]]:
    """Lines of the column, and the footnotes in small print at its end."""
    start = len(lines)
    while start > 0 and _may_be_footnote(lines[start - 1], draft, look):
        start -= 1
    while start < len(lines) and not _FOOTNOTE_MARK.match(lines[start].text):
        start += 1
    return list(lines[:start]), list(lines[start:])


def _may_be_footnote(line: TextLine, draft: Draft, look: Typography) -> bool:
    return line.size <= FOOTNOTE_SIZE * look.body and line.y0 > FOOTNOTE_ZONE * draft.frame.height


def _footnotes(lines: Iterable[TextLine]) -> list[Piece]:
    pieces: list[Piece] = []
    for line in lines:
        found = _FOOTNOTE_MARK.match(line.text)
        if found and _is_next_mark(found[1], pieces):
            line.text = line.text[found.end() :]
            pieces.append(Piece(BlockKind.FOOTNOTE, [line], marker=found[1], page=line.page))
        elif pieces:
            pieces[-1].lines.append(line)
    return pieces


def _is_next_mark(mark: str, pieces: Sequence[Piece]) -> bool:
    """A line that begins with a number is a new footnote only when the number follows the last one."""
    if not pieces or not mark.isdigit() or not pieces[-1].marker.isdigit():
        return True
    return int(mark) == int(pieces[-1].marker) + 1


def _groups(lines: Sequence[TextLine], column: Column, look: Typography) -> list[list[TextLine]]:
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _carries_on(groups[-1], line, column, look):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _carries_on(group: list[TextLine], line: TextLine, column: Column, look: Typography) -> bool:
    """Whether a line belongs to the same block as the lines before it."""
    last = group[-1]
    if abs(last.size - line.size) > 0.12 * last.size or is_contents_line(last.text):
        return False
    step = line.y1 - last.y1
    if step <= 0 or step > 1.3 * look.leading(last.size):
        return False
    if look.is_heading_line(last) or look.is_heading_line(line):
        return _same_heading(group, line, look)
    if last.text.endswith(HYPHEN):
        return True
    return not (_begins_item(line, group) or _is_indented(group, line, look) or _breaks_early(last, line, column))


def _same_heading(group: list[TextLine], line: TextLine, look: Typography) -> bool:
    """A heading over several lines: the same look, and no number of its own."""
    last = group[-1]
    alike = look.is_heading_line(last) and look.is_heading_line(line) and last.bold == line.bold
    return alike and marker_of(line.text) is None and not re.match(r"\d+(?:\.\d+)*\s", line.text)


def _begins_item(line: TextLine, group: list[TextLine]) -> bool:
    found = marker_of(line.text)
    if found is None:
        return False
    if not found.numbered:
        return not (found.marker in "-–—" and found.rest[:1].islower() and marker_of(group[0].text) is None)
    if _MONTH.match(found.rest):
        return False
    return found.rest[:1].isupper() or marker_of(group[0].text) is not None


def _is_indented(group: list[TextLine], line: TextLine, look: Typography) -> bool:
    """A first line set in, or a line that goes back out after a list item."""
    first, last = group[0], group[-1]
    if marker_of(first.text):
        return line.x0 < first.x0 + 0.4 * line.size and len(group) >= 1 and not _same_left(group, line)
    back_in = line.x0 > last.x0 + 0.7 * line.size and (len(group) > 1 or line.x0 < last.x0 + 4 * line.size)
    return back_in and last.text.endswith(ENDINGS)


def _same_left(group: list[TextLine], line: TextLine) -> bool:
    """The item's lines hang on its marker's own edge, not on its text's."""
    return len(group) > 1 and abs(group[1].x0 - line.x0) < 1.5


def _breaks_early(last: TextLine, line: TextLine, column: Column) -> bool:
    """The next line's first word would have fitted: somebody broke the line on purpose."""
    word = line.text.split(" ", 1)[0]
    width = (line.x1 - line.x0) * len(word) / max(len(line.text), 1)
    room = column.right - last.x1 - 0.3 * last.size
    if room < width + 2 * last.size:
        return False
    return last.text.endswith(ENDINGS) or not line.text[:1].islower()


def _piece(lines: list[TextLine], column: Column, look: Typography) -> Piece:
    first = lines[0]
    text = " ".join(line.text for line in lines)
    piece = Piece(BlockKind.PARAGRAPH, lines, page=first.page, right=column.right)
    found = marker_of(first.text)
    if is_contents_line(text):
        return piece
    if look.is_heading(lines):
        piece.kind = BlockKind.HEADING
    elif found and (not found.numbered or not _MONTH.match(found.rest)):
        piece.kind, piece.marker = BlockKind.LIST_ITEM, found.marker
        first.text, piece.edge = found.rest, first.x0 - column.left
    elif is_caption(text):
        piece.kind = BlockKind.CAPTION
    return piece


def usual_leading(drafts: Iterable[Draft]) -> dict[int, float]:
    """Usual distance between lines, by letter size in whole points."""
    steps: dict[int, list[float]] = {}
    for draft in drafts:
        for part in draft.parts:
            for a, b in pairwise(part.lines):
                step = b.y1 - a.y1
                if abs(a.size - b.size) < 0.5 and 0.8 * a.size < step < 2.6 * a.size:
                    steps.setdefault(round(a.size), []).append(step)
    return {size: _low_median(found) for size, found in steps.items()}


def _low_median(values: list[float]) -> float:
    """Median of the lower half: line steps, without the wider steps between paragraphs."""
    values.sort()
    return median(values[: max(1, (len(values) * 3) // 5)])
