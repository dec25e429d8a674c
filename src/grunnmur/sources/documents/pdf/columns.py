"""Reading order: which parts of a page stand side by side as columns of running text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from statistics import median

from grunnmur.sources.documents.pdf.lines import rows_of
from grunnmur.sources.documents.pdf.segments import Segment

FEWEST_ROWS = 3
FEWEST_LETTERS = 12  # per line: figures and labels in a table are shorter
FILLED = 0.5
MOST_COLUMNS_DEPTH = 4


def regions(segments: Sequence[Segment], depth: int = 0) -> list[list[Segment]]:
    """The page's segments in regions of one column each, in the order a person reads them."""
    rows = rows_of(segments)
    gutter = _gutter(segments, rows) if depth < MOST_COLUMNS_DEPTH else None
    if gutter is None:
        return [list(segments)] if segments else []
    found: list[list[Segment]] = []
    for band in _bands(rows, gutter):
        left, right = _sides(band, gutter)
        if _stands_in_columns(left, right):
            found += [*regions(left, depth + 1), *regions(right, depth + 1)]
        else:
            found += [band]
    return _merged(found, gutter)


def _merged(found: list[list[Segment]], gutter: float) -> list[list[Segment]]:
    """Neighbouring regions that cross the gutter are one region again."""
    result: list[list[Segment]] = []
    crossing_before = False
    for region in found:
        left, right = _sides(region, gutter)
        crossing = len(left) + len(right) < len(region) or bool(left and right)
        if crossing and crossing_before:
            result[-1] += region
        else:
            result.append(region)
        crossing_before = crossing
    return result


def _gutter(segments: Sequence[Segment], rows: Sequence[list[Segment]]) -> float | None:
    """The left edge shared by many lines that best parts the page into columns, or ``None``."""
    edges = Counter(round(segment.x0 / 3) for segment in segments if not segment.glued)
    leftmost = min((segment.x0 for segment in segments), default=0.0)
    best, best_score = None, 0
    for edge, count in edges.most_common(12):
        at = edge * 3 - 3.0
        if count < FEWEST_ROWS or at <= leftmost + 20:
            continue
        score = sum(_score(band, at) for band in _bands(rows, at))
        if score > best_score:
            best, best_score = at, score
    return best


def _score(band: Sequence[Segment], gutter: float) -> int:
    left, right = _sides(band, gutter)
    return min(len(left), len(right)) if _stands_in_columns(left, right) else 0


def _bands(rows: Sequence[list[Segment]], gutter: float) -> list[list[Segment]]:
    """Slices of the page from the top: those that lines cross the gutter in, and those between."""
    crossed = [any(s.x0 < gutter - 1 and s.x1 > gutter + 2 for s in row) for row in rows]
    grouped = groupby(zip(crossed, rows, strict=True), key=lambda pair: pair[0])
    return [[segment for _, row in group for segment in row] for _, group in grouped]


def _sides(segments: Sequence[Segment], gutter: float) -> tuple[list[Segment], list[Segment]]:
    left = [segment for segment in segments if segment.x1 <= gutter + 2]
    right = [segment for segment in segments if segment.x0 >= gutter - 1 and segment.x1 > gutter + 2]
    return left, right


def _stands_in_columns(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    if len(left) < FEWEST_ROWS or len(right) < FEWEST_ROWS:
        return False
    gap = min(s.x0 for s in right) - max(s.x1 for s in left)
    if gap < 0.6 * median(s.size for s in right):
        return False
    return _is_running_text(left) and _is_running_text(right)


def _is_running_text(segments: Sequence[Segment]) -> bool:
    """Whether lines fill their column with words, as text does and table columns don't."""
    rows = rows_of(segments)
    if len(rows) < FEWEST_ROWS:
        return False
    width = max(s.x1 for s in segments) - min(s.x0 for s in segments)
    fill = median(sum(s.x1 - s.x0 for s in row) for row in rows) / (width or 1.0)
    letters = median(sum(sum(c.isalpha() for c in s.text) for s in row) for row in rows)
    return fill >= FILLED and letters >= FEWEST_LETTERS
