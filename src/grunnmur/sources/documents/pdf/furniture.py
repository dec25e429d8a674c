"""Running headers, footers and page numbers: lines that return at the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from grunnmur.sources.documents.pdf.geometry import Frame
from grunnmur.sources.documents.pdf.lines import TextLine
from grunnmur.sources.documents.pdf.markers import is_page_number
from grunnmur.sources.documents.pdf.pieces import Column, Draft, Piece

EDGE = 0.12  # of the page's height
SHARE = 0.4  # of the pages
FEWEST_PAGES = 3
_DIGITS = re.compile(r"\d+")


def remove_furniture(drafts: Sequence[Draft]) -> int:
    """Take running headers, footers and page numbers out of the pages; how many lines went."""
    running = _running(drafts)
    removed = 0
    for draft in drafts:
        gone = {id(line) for line in _edge_lines(draft) if _key(line) in running or _is_lone_number(line, draft)}
        removed += len(gone)
        if gone:
            _take_out(draft, gone)
    return removed


def _running(drafts: Sequence[Draft]) -> set[str]:
    """Texts that stand at the edge of enough pages, or of several pages at the very same height."""
    pages: Counter[str] = Counter()
    places: dict[str, Counter[int]] = defaultdict(Counter)
    for draft in drafts:
        lines = {_key(line): line for line in _edge_lines(draft)}
        for key, line in lines.items():
            pages[key] += 1
            places[key][round(line.y0 / 4)] += 1
    if len(drafts) < 2:
        return set()
    enough = max(2.0, SHARE * len(drafts))
    return {
        key for key, count in pages.items()
        if count >= enough or max(places[key].values()) >= FEWEST_PAGES
    }  # fmt: skip


def _edge_lines(draft: Draft) -> Iterable[TextLine]:
    for part in draft.parts:
        for line in _loose_lines(part):
            if _is_at_edge(line, draft.frame):
                yield line


def _loose_lines(part: Piece | Column) -> Sequence[TextLine]:
    """Lines that may be furniture: those of tables are not."""
    return part.lines


def _is_at_edge(line: TextLine, frame: Frame) -> bool:
    return line.y1 < EDGE * frame.height or line.y0 > (1 - EDGE) * frame.height


def _is_lone_number(line: TextLine, draft: Draft) -> bool:
    """A page number need not return: every page has another. It stands outermost."""
    if not is_page_number(line.text):
        return False
    outermost = [other for other in draft.all_lines() if other is not line]
    return all(line.y0 > other.y0 for other in outermost) or all(line.y1 < other.y1 for other in outermost)


def _key(line: TextLine) -> str:
    return _DIGITS.sub("#", line.text).strip().lower()


def _take_out(draft: Draft, gone: set[int]) -> None:
    for part in draft.parts:
        part.lines = [line for line in part.lines if id(line) not in gone]
    draft.parts = [part for part in draft.parts if part.lines or (isinstance(part, Piece) and part.cells)]
