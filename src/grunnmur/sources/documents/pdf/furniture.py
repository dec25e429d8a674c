"""Running headers, footers and page numbers: lines that return at the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from grunnmur.sources.documents.pdf.geometry import Frame
from grunnmur.sources.documents.pdf.headings import body_look
from grunnmur.sources.documents.pdf.lines import TextLine
from grunnmur.sources.documents.pdf.markers import is_page_number
from grunnmur.sources.documents.pdf.pieces import Draft, Piece

EDGE = 0.12  # of the page's height
SHARE = 0.4  # of the pages
GAP = 0.7  # in letter sizes, between furniture and text
FEWEST_PAGES = 3
LARGEST = 1.25  # times the body's letters
_DIGITS = re.compile(r"\d+")


def remove_furniture(drafts: Sequence[Draft]) -> None:
    """Take running headers, footers and page numbers out of the pages."""
    largest = LARGEST * body_look(drafts)[0]  # what is larger is a heading that returns
    edges = {draft.number: [line for line in _edge_lines(draft) if line.size <= largest] for draft in drafts}
    running = _running(drafts, edges)
    for draft in drafts:
        gone = {id(line) for line in edges[draft.number] if _key(line) in running}
        gone |= {id(line) for line in draft.all_lines() if _is_lone_number(line, draft)}
        if gone:
            _take_out(draft, gone)


def _running(drafts: Sequence[Draft], edges: Mapping[int, Sequence[TextLine]]) -> set[str]:
    """Texts that stand at the edge of enough pages, or of several pages at the very same height."""
    pages: Counter[str] = Counter()
    places: dict[str, Counter[int]] = defaultdict(Counter)
    for draft in drafts:
        for key, line in {_key(line): line for line in edges[draft.number]}.items():
            pages[key] += 1
            places[key][round(line.y0 / 4)] += 1
    enough = max(2.0, SHARE * len(drafts))
    return {
        key for key, count in pages.items()
        if count >= enough or max(places[key].values()) >= FEWEST_PAGES
    }  # fmt: skip


def _edge_lines(draft: Draft) -> list[TextLine]:
    """Lines at the top and the bottom of a page that a gap parts from the rest."""
    loose = (part for part in draft.parts if not (isinstance(part, Piece) and part.tagged))
    lines = sorted((line for part in loose for line in part.lines), key=lambda line: line.y0)
    top = [line for line in lines if line.y1 < EDGE * draft.frame.height]
    foot = [line for line in reversed(lines) if line.y0 > (1 - EDGE) * draft.frame.height]
    return [*_apart(top, lines[len(top) :]), *_apart(foot, lines[: len(lines) - len(foot)][::-1])]


def _apart(edge: Sequence[TextLine], rest: Sequence[TextLine]) -> list[TextLine]:
    """The outermost lines up to the first gap; none when the text runs on to the edge without one."""
    around = [*edge, *rest[:1]]
    for number, (outer, inner) in enumerate(pairwise(around)):
        gap = max(inner.y0 - outer.y1, outer.y0 - inner.y1)
        if gap > GAP * outer.size:
            return list(edge[: number + 1])
    return [] if rest else list(edge)


def _is_at_edge(line: TextLine, frame: Frame) -> bool:
    return line.y1 < EDGE * frame.height or line.y0 > (1 - EDGE) * frame.height


def _is_lone_number(line: TextLine, draft: Draft) -> bool:
    """A page number need not return: every page has another. It stands outermost."""
    if not is_page_number(line.text) or not _is_at_edge(line, draft.frame):
        return False
    outermost = [other for other in draft.all_lines() if other is not line]
    return all(line.y0 > other.y0 for other in outermost) or all(line.y1 < other.y1 for other in outermost)


def _key(line: TextLine) -> str:
    return _DIGITS.sub("#", line.text).strip().lower()


def _take_out(draft: Draft, gone: set[int]) -> None:
    for part in draft.parts:
        part.lines = [line for line in part.lines if id(line) not in gone]
    draft.parts = [part for part in draft.parts if part.lines or (isinstance(part, Piece) and part.cells)]
