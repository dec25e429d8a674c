"""What is drawn on a page besides its letters: straight lines, filled areas and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from grunnmur.sources.documents.pdf.geometry import Box, Frame, Rule

THIN = 2.5  # points: a filled rectangle no thicker than this is a line
SHORTEST = 8.0
MOST_OBJECTS = 20_000
DEEPEST = 6


@dataclass(slots=True)
class Drawings:
    """Lines, coloured areas behind text, and pictures, as shown on the page."""

    rules: list[Rule] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)

    def covers(self, box: Box) -> bool:
        """Whether something coloured lies behind the middle of the rectangle."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(a[0] <= x <= a[2] and a[1] <= y <= a[3] for a in (*self.areas, *self.pictures))


def drawings_of(page: pdfium.PdfPage, frame: Frame) -> Drawings:
    """Everything drawn on the page, at most ``MOST_OBJECTS`` objects."""
    found = Drawings()
    identity = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    for count, (thing, matrix) in enumerate(_objects(page.raw, identity)):
        if count > MOST_OBJECTS:
            break
        _sort(thing, matrix, frame, found)
    return found


def _objects(page: object, matrix: raw.FS_MATRIX) -> Iterator[tuple[object, raw.FS_MATRIX]]:
    for number in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, number), matrix, 0)


def _inside(thing: object, outer: raw.FS_MATRIX, depth: int) -> Iterator[tuple[object, raw.FS_MATRIX]]:
    if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_FORM:
        yield thing, outer
        return
    if depth >= DEEPEST:
        return
    inner = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    raw.FPDFPageObj_GetMatrix(thing, inner)
    matrix = _product(inner, outer)
    for number in range(raw.FPDFFormObj_CountObjects(thing)):
        yield from _inside(raw.FPDFFormObj_GetObject(thing, number), matrix, depth + 1)


def _product(a: raw.FS_MATRIX, b: raw.FS_MATRIX) -> raw.FS_MATRIX:
    return raw.FS_MATRIX(
        a.a * b.a + a.b * b.c, a.a * b.b + a.b * b.d, a.c * b.a + a.d * b.c, a.c * b.b + a.d * b.d,
        a.e * b.a + a.f * b.c + b.e, a.e * b.b + a.f * b.d + b.f,
    )  # fmt: skip


def _sort(thing: object, matrix: raw.FS_MATRIX, frame: Frame, found: Drawings) -> None:
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        found.pictures.append(_bounds(thing, matrix, frame))
    elif kind == raw.FPDF_PAGEOBJ_SHADING:
        found.areas.append(_bounds(thing, matrix, frame))
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        _sort_path(thing, matrix, frame, found)


def _sort_path(thing: object, matrix: raw.FS_MATRIX, frame: Frame, found: Drawings) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    if not (fill.value or stroke.value):
        return
    box = _bounds(thing, matrix, frame)
    if rule := _as_rule(box):
        found.rules.append(rule)
    elif stroke.value:
        found.rules.extend(_sides(thing, matrix, frame))
    if fill.value and _is_coloured(thing):
        found.areas.append(box)
        if not stroke.value and not _as_rule(box):
            found.rules.extend(_edges(box, frame))


def _bounds(thing: object, matrix: raw.FS_MATRIX, frame: Frame) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    a, b = _moved(matrix, left.value, bottom.value), _moved(matrix, right.value, top.value)
    return frame.box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _moved(matrix: raw.FS_MATRIX, x: float, y: float) -> tuple[float, float]:
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _as_rule(box: Box) -> Rule | None:
    width, height = box[2] - box[0], box[3] - box[1]
    if height <= THIN and width >= SHORTEST:
        return Rule(False, (box[1] + box[3]) / 2, box[0], box[2])
    if width <= THIN and height >= SHORTEST:
        return Rule(True, (box[0] + box[2]) / 2, box[1], box[3])
    return None


def _edges(box: Box, frame: Frame) -> Iterator[Rule]:
    """The sides of a coloured cell; a coloured page is no cell."""
    if (box[2] - box[0]) * (box[3] - box[1]) > 0.5 * frame.width * frame.height:
        return
    if box[2] - box[0] >= SHORTEST and box[3] - box[1] >= SHORTEST:
        yield Rule(False, box[1], box[0], box[2])
        yield Rule(False, box[3], box[0], box[2])
        yield Rule(True, box[0], box[1], box[3])
        yield Rule(True, box[2], box[1], box[3])


def _sides(thing: object, matrix: raw.FS_MATRIX, frame: Frame) -> Iterator[Rule]:
    """The straight parts of a drawn path. pdfium gives path points before the object's own matrix."""
    own = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    raw.FPDFPageObj_GetMatrix(thing, own)
    whole = _product(own, matrix)
    start = here = None
    for number in range(min(raw.FPDFPath_CountSegments(thing), 200)):
        piece = raw.FPDFPath_GetPathSegment(thing, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(piece, x, y)
        there = frame.point(*_moved(whole, x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(piece)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = there
        elif kind == raw.FPDF_SEGMENT_LINETO and here and (rule := _between(here, there)):
            yield rule
        here = there
        if raw.FPDFPathSegment_GetClose(piece) and start and (rule := _between(here, start)):
            yield rule


def _between(a: tuple[float, float], b: tuple[float, float]) -> Rule | None:
    return _as_rule((min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))


def _is_coloured(thing: object) -> bool:
    red, green, blue, alpha = (ctypes.c_uint(255) for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return True
    return alpha.value > 20 and min(red.value, green.value, blue.value) < 245
