"""Put a document's blocks in order across pages: list depths, and paragraphs that run over a break."""

from __future__ import annotations

from collections.abc import Sequence

from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.pdf.paragraphs import ENDINGS
from grunnmur.sources.documents.pdf.pieces import Piece
from grunnmur.sources.documents.pdf.segments import HYPHEN

RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
STANDING_ASIDE = frozenset({BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.TABLE})
SAME_EDGE = 3.0  # points
NEW_COLUMN = 60.0


def set_depths(pieces: Sequence[Piece]) -> None:
    """Depth of every list item from how far its marker is set in, or deeper where the file's tags say so."""
    edges: list[float] = []
    last: Piece | None = None
    for piece in pieces:
        if piece.kind is not BlockKind.LIST_ITEM:
            if piece.kind not in STANDING_ASIDE:
                edges = []
            continue
        edge = piece.lines[0].x0 if piece.edge is None else piece.edge
        if last is not None and _is_elsewhere(piece, last, edge, edges):
            edges = []
        while edges and edge < edges[-1] - SAME_EDGE:
            edges.pop()
        if not edges or edge > edges[-1] + SAME_EDGE:
            edges.append(edge)
        piece.level = max(piece.level, len(edges))
        last = piece


def _is_elsewhere(piece: Piece, last: Piece, edge: float, edges: Sequence[float]) -> bool:
    """On another page or in another column, where a tagged file's edges can't be compared unless they are the same."""
    if not piece.tagged or any(abs(edge - other) <= SAME_EDGE for other in edges):
        return False
    return piece.page != last.page or (bool(edges) and abs(edge - edges[-1]) > NEW_COLUMN)


def join_over_breaks(pieces: Sequence[Piece]) -> list[Piece]:
    """Paragraphs that break off at the end of a column or page go on in the next one."""
    joined: list[Piece] = []
    for piece in pieces:
        before = _last_running(joined)
        if before is not None and _goes_on(before, piece):
            before.lines += piece.lines
        else:
            joined.append(piece)
    return joined


def _last_running(pieces: Sequence[Piece]) -> Piece | None:
    """The last block of running text, past what only stands at the foot of the page."""
    for piece in reversed(pieces[-30:]):
        if piece.kind in RUNNING:
            return piece
        if piece.kind not in STANDING_ASIDE:
            return None
    return None


def _goes_on(before: Piece, piece: Piece) -> bool:
    if piece.kind is not BlockKind.PARAGRAPH or not piece.lines or not before.lines:
        return False
    last, first = before.lines[-1], piece.lines[0]
    moved_on = first.page == last.page + 1 or (first.page == last.page and first.y0 < last.y0)
    if not moved_on or abs(first.size - last.size) > 0.6:
        return False
    if last.text.endswith(HYPHEN):
        return True
    return not last.text.endswith(ENDINGS) and first.text[:1].islower()
