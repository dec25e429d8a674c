"""Stretches of text that stand together on a line, straight from pdfium's characters."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from grunnmur.sources.documents.pdf.geometry import Box, Frame, Rule

HYPHEN = "\ufffe"  # pdfium's sign for a hyphen at the end of a line
LINE_END_HYPHENS = frozenset({0x02, 0xFFFE})
SMALLEST_PRINT = 4.0  # points; smaller text is not for people
MARKS = frozenset("0123456789*†‡")
GAP = 1.2  # in letter sizes: a wider gap parts two segments
_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.I)
_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆĳĲ"}
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t"), " "
)
_BULLETS = dict.fromkeys(range(0xF000, 0xF100), "•")  # signs of the fonts Symbol and Wingdings
_NOTHING = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFF,
     *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)]
)  # fmt: skip
_CLEAN = {**_NOTHING, **_SPACES, **_BULLETS, **_LIGATURES}


def _light(function: Any, result: Any, *arguments: Any) -> Any:
    """The same pdfium function with plain addresses for pointers: called for every letter, it takes half the time."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_unicode_of = _light(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_object_of = _light(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_box_of = _light(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


@dataclass(slots=True)
class Style:
    """How the characters of one text object look. ``mcid`` is -1 outside marked content."""

    size: float
    bold: bool
    turned: bool
    invisible: bool
    white: bool
    mcid: int
    artifact: bool


@dataclass(slots=True)
class Segment:
    """Text on one line without a wide gap, in points from the page's top left corner."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    style: Style
    glued: bool = False
    """Follows the segment before it without any gap."""
    raised: bool = False
    """Stands above the line, as a footnote mark does."""

    @property
    def size(self) -> float:
        """Letter size in points."""
        return self.style.size


@dataclass(slots=True)
class PageText:
    """The segments of one page in pdfium's order, apart from those a reader of the page can't see."""

    number: int
    frame: Frame
    segments: list[Segment] = field(default_factory=list)
    turned: list[Segment] = field(default_factory=list)
    hidden: int = 0
    ocr_layer: bool = False
    has_picture: bool = False
    rules: list[Rule] = field(default_factory=list)


def clean(text: str) -> str:
    """NFC, ligatures as letters, every space as a plain one, soft hyphens and control characters gone."""
    return unicodedata.normalize("NFC", text.translate(_CLEAN))


class SegmentReader:
    """Walks the characters of one page and cuts them into segments."""

    def __init__(self, textpage: pdfium.PdfTextPage, frame: Frame, walls: Sequence[Rule]) -> None:
        self._raw = textpage.raw
        self._frame = frame
        self._walls = walls
        self._styles: dict[int, Style] = {}
        self._letters: list[str] = []
        self._box = [0.0, 0.0, 0.0, 0.0]
        self._style: Style | None = None
        self._found: list[Segment] = []
        self._glue = False
        self._raised = False

    def read(self) -> list[Segment]:
        """All segments of the page, in the order of the file."""
        page, box, share = ctypes.cast(self._raw, ctypes.c_void_p).value, raw.FS_RECTF(), self._frame.box
        reference = ctypes.byref(box)
        for index in range(raw.FPDFText_CountChars(self._raw)):
            code = _unicode_of(page, index)
            if code in (10, 13):
                self._end(glue=False)
                continue
            if code in LINE_END_HYPHENS:
                self._letters.append(HYPHEN)
                continue
            thing = _object_of(page, index)
            if thing is None or code == 32:
                self._letters.append(" ")
                continue
            _box_of(page, index, reference)
            self._take(chr(code), share(box.left, box.bottom, box.right, box.top), thing, index)
        self._end(glue=False)
        return self._found

    def _take(self, letter: str, box: Box, thing: int, index: int) -> None:
        """Add one letter; most simply carry on the word before them."""
        style = self._styles.get(thing) or self._style_of(thing, index)
        mine = self._box
        raised = letter in MARKS and self._is_raised(index, box)
        if style is self._style and -2 < box[3] - mine[3] < 2 and -2 < box[0] - mine[2] < 1 and raised == self._raised:
            if box[2] > mine[2]:
                mine[2] = box[2]
            if box[1] < mine[1]:
                mine[1] = box[1]
            if box[3] > mine[3]:
                mine[3] = box[3]
            self._letters.append(letter)
        else:
            self._add(letter, box, style, raised)

    def _add(self, letter: str, box: Box, style: Style, raised: bool) -> None:
        if letter.isspace():
            self._letters.append(" ")
            return
        if self._style is not None:
            jumps = self._jumps(box)
            if jumps or raised != self._raised or (style is not self._style and self._parts(style)):
                self._end(glue=not jumps)
        if self._style is None:
            self._style, self._box, self._raised = style, list(box), raised
        else:
            mine = self._box
            mine[0], mine[1] = min(mine[0], box[0]), min(mine[1], box[1])
            mine[2], mine[3] = max(mine[2], box[2]), max(mine[3], box[3])
        self._letters.append(letter)

    def _is_raised(self, index: int, box: Box) -> bool:
        """Whether a digit's ink stands clear of the line that the letter before it stands on."""
        if self._style is None or self._style.turned or index == 0:
            return False
        if self._raised:
            return abs(box[1] - self._box[1]) < 1 and not self._letters[-1].isspace()
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._raw, index - 1, x, y)
        ink = self._frame.box(left.value, bottom.value, right.value, top.value)
        gap = self._frame.point(x.value, y.value)[1] - ink[3]
        return 0.18 * self._style.size < gap < 0.9 * self._style.size

    def _parts(self, style: Style) -> bool:
        """Whether another look begins a new segment."""
        mine = self._style
        if mine is None:
            return True
        alike = 0.82 < style.size / mine.size < 1.22 and style.bold == mine.bold
        return not alike or (style.mcid, style.turned, style.invisible, style.white, style.artifact) != (
            mine.mcid, mine.turned, mine.invisible, mine.white, mine.artifact,
        )  # fmt: skip

    def _jumps(self, box: Box) -> bool:
        size = self._style.size if self._style else 10.0
        left, top, right, bottom = self._box
        if self._style is not None and self._style.turned:
            aside = max(box[0] - right, left - box[2], box[1] - bottom, top - box[3])
            return aside > GAP * size
        if box[0] - right > GAP * size or box[0] < right - 2 * size:
            return True
        if min(bottom, box[3]) - max(top, box[1]) < 0.3 * min(bottom - top, box[3] - box[1]):
            return True
        return box[0] - right > 1 and any(
            right - 1 <= wall.at <= box[0] + 1 and wall.low < bottom and wall.high > top for wall in self._walls
        )

    def _end(self, *, glue: bool) -> None:
        text = clean(_with_hyphen("".join(self._letters)))
        if self._style is not None and text.strip():
            glued = self._glue and not text.startswith(" ")
            x0, y0, x1, y1 = self._box
            self._found.append(Segment(text, x0, y0, x1, y1, self._style, glued, self._raised))
        self._glue = glue and not text.endswith(" ")
        self._letters, self._style, self._raised = [], None, False

    def _style_of(self, address: int, index: int) -> Style:
        thing = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        style = self._styles[address] = self._read_style(thing, index)
        return style

    def _read_style(self, thing: object, index: int) -> Style:
        matrix = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
        raw.FPDFText_GetMatrix(self._raw, index, matrix)
        size = raw.FPDFText_GetFontSize(self._raw, index) * ((matrix.c**2 + matrix.d**2) ** 0.5 or 1.0)
        across, down = self._frame.direction(matrix.a, matrix.b)
        mode = raw.FPDFTextObj_GetTextRenderMode(thing)
        red, green, blue, alpha = (ctypes.c_uint(255) for _ in range(4))
        has_colour = raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha)
        seen = min(red.value, green.value, blue.value) if has_colour else 0
        return Style(
            size=max(size, 0.1),
            bold=self._is_bold(index),
            turned=abs(down) > 0.2 * abs(across) or across < 0,
            invisible=mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE or (bool(has_colour) and alpha.value == 0),
            white=bool(has_colour) and seen >= 250 and mode in (0, 4),
            mcid=raw.FPDFPageObj_GetMarkedContentID(thing),
            artifact=_is_artifact(thing),
        )

    def _is_bold(self, index: int) -> bool:
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._raw, index, name, 128, flags)
        return bool(_BOLD.search(name.value)) or raw.FPDFText_GetFontWeight(self._raw, index) >= 600


def _with_hyphen(text: str) -> str:
    """A soft hyphen that ends a line is printed; the others are not."""
    stripped = text.rstrip()
    return stripped[:-1] + HYPHEN if stripped.endswith("\u00ad") else text


def _is_artifact(thing: object) -> bool:
    """Whether the file itself says that this is page furniture, not content."""
    for number in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, number)
        name, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        if raw.FPDFPageObjMark_GetName(mark, name, 128, length) and length.value <= 128:
            written = bytes(name)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")
            if written == "Artifact":
                return True
    return False
