"""Places on a page: points from the top left corner as the page is shown, whatever its rotation."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line on the page: ``at`` is its place across, ``low``–``high`` its extent along."""

    upright: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in file coordinates, and how far it is turned to be read (quarters, clockwise).

    ``extra`` quarters of those are not in the file's own rotation: text that lies on its side on the page image.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int
    extra: int = 0

    @property
    def width(self) -> float:
        """Width as shown, in points."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height as shown, in points."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as shown."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the file as shown: x0, y0 (upper), x1, y1 (lower)."""
        if self.turns == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        (a, b), (c, d) = self.point(left, bottom), self.point(right, top)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """A direction of the file as shown: across to the right, and down."""
        (a, b), (c, d) = self.point(0, 0), self.point(x, y)
        return c - a, d - b

    def share(self, box: Box) -> Box:
        """A rectangle in points as fractions of the page image, kept inside it."""
        width, height = self.width or 1.0, self.height or 1.0
        x0, y0, x1, y1 = box[0] / width, box[1] / height, box[2] / width, box[3] / height
        for _ in range(self.extra):
            x0, y0, x1, y1 = y0, 1 - x1, y1, 1 - x0
        return _unit(x0), _unit(y0), _unit(x1), _unit(y1)

    def turned(self, quarters: int) -> Frame:
        """The same page, turned further for reading."""
        return replace(self, turns=(self.turns + quarters) % 4, extra=(self.extra + quarters) % 4)

    def holds(self, box: Box) -> bool:
        """Whether the middle of a rectangle lies on the page."""
        return 0 <= (box[0] + box[2]) / 2 <= self.width and 0 <= (box[1] + box[3]) / 2 <= self.height


def frame_of(page: pdfium.PdfPage) -> Frame:
    """The frame of an open page."""
    bounds = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(bounds))
    return Frame(bounds.left, bounds.bottom, bounds.right, bounds.top, raw.FPDFPage_GetRotation(page.raw) % 4)


def _unit(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 5)
