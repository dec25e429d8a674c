"""Blocks from a tagged file's own structure tree (ISO 32000-1, 14.8)."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.pdf.lines import lines_of, rows_in_order
from grunnmur.sources.documents.pdf.markers import is_caption, marker_of
from grunnmur.sources.documents.pdf.numbers import with_header_row
from grunnmur.sources.documents.pdf.pieces import Piece, PieceCell
from grunnmur.sources.documents.pdf.segments import Segment

_HEADING = re.compile(r"H([1-6]?)")
INLINE = frozenset({
    "Span", "Link", "Reference", "Em", "Strong", "Sub", "Annot", "Quote", "BibEntry", "Code", "Ruby", "RB", "RT",
    "RP", "Warichu", "WT", "WP", "Form", "Formula", "Lbl", "LBody"
})  # fmt: skip
BLOCKS = frozenset({
    "Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Aside", "BlockQuote", "NonStruct", "Private",
    "TOC", "TOCI", "Index", "Title", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Table", "THead",
    "TBody", "TFoot", "TR", "TH", "TD", "Caption", "Figure", "Note", "FENote"
})  # fmt: skip
NOTES = frozenset({"Note", "FENote"})
LEFT_OUT = frozenset({"Artifact"})


@dataclass(slots=True)
class Node:
    """An element of the tree: its type, and its children in order – elements or marked-content ids."""

    type: str
    name: str
    children: list[Node | int] = field(default_factory=list)
    rowspan: int = 1
    colspan: int = 1


def tree_of(page: pdfium.PdfPage, depth: int) -> list[Node]:
    """The part of the structure tree that belongs to the page, no deeper than ``depth``."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    try:
        count = max(raw.FPDF_StructTree_CountChildren(tree), 0)
        tops = (raw.FPDF_StructTree_GetChildAtIndex(tree, number) for number in range(count))
        return [_node(top, depth) for top in tops if top]
    finally:
        raw.FPDF_StructTree_Close(tree)


def ids_in(nodes: Sequence[Node]) -> set[int]:
    """Every marked-content id that the tree gives a place."""
    found: set[int] = set()
    for node in nodes:
        found.update(child for child in node.children if isinstance(child, int))
        found |= ids_in([child for child in node.children if isinstance(child, Node)])
    return found


def _node(element: Any, depth: int) -> Node:
    node = Node(_words(raw.FPDF_StructElement_GetType, element), _words(raw.FPDF_StructElement_GetRawType, element))
    if node.type in {"TD", "TH"}:
        node.rowspan, node.colspan = _spans(element)
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
        if child and depth > 0:
            node.children.append(_node(child, depth - 1))
        elif not child:
            content = raw.FPDF_StructElement_GetChildMarkedContentID(element, number)
            if content >= 0:
                node.children.append(content)
    return node


def _words(function: Any, element: Any) -> str:
    length = function(element, None, 0)
    if not 2 < length < 1000:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    function(element, ctypes.cast(buffer, function.argtypes[1]), length)  # void* in one, unsigned short* in another
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")


def _spans(element: Any) -> tuple[int, int]:
    spans = {b"RowSpan": 1, b"ColSpan": 1}
    for number in range(raw.FPDF_StructElement_GetAttributeCount(element)):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, number)
        for name in spans:
            value, figure = raw.FPDF_StructElement_Attr_GetValue(attribute, name), ctypes.c_float()
            if value and raw.FPDF_StructElement_Attr_GetNumberValue(value, figure):
                spans[name] = min(max(int(figure.value), 1), 100)
    return spans[b"RowSpan"], spans[b"ColSpan"]


class TagReader:
    """Turns the tree of one page into pieces."""

    def __init__(self, segments: Sequence[Segment], page: int) -> None:
        self._page = page
        self._content: dict[int, list[Segment]] = {}
        for segment in segments:
            self._content.setdefault(segment.style.mcid, []).append(segment)
        self._pieces: list[Piece] = []

    def read(self, nodes: Sequence[Node]) -> list[Piece]:
        """The pieces of the page in the tree's order."""
        for node in nodes:
            self._block(node, 0)
        return self._pieces

    def left_over(self) -> list[Segment]:
        """Visible content that the tree has no place for, in the file's order."""
        rest = [s for segments in self._content.values() for s in segments if not s.style.artifact]
        return sorted(rest, key=lambda segment: (segment.y0, segment.x0))

    def _block(self, node: Node, depth: int) -> None:
        """Handle a block element; ``depth`` counts the lists around it."""
        if node.type in LEFT_OUT:
            return
        heading = _HEADING.fullmatch(node.type)
        if heading or node.name == "Title":
            self._leaf(node, BlockKind.HEADING, level=int(heading[1] or 1) if heading else 1)
        elif node.type == "L":
            self._list(node, depth + 1)
        elif node.type == "Table":
            self._table(node)
        elif node.type == "Caption":
            self._leaf(node, BlockKind.CAPTION)
        elif node.type in NOTES:
            self._note(node)
        elif node.type == "P" or not any(_is_block(child) for child in node.children):
            self._leaf(node, BlockKind.PARAGRAPH)
        else:
            self._group(node, depth)

    def _group(self, node: Node, depth: int) -> None:
        """An element that holds blocks; loose content between them makes paragraphs of its own."""
        loose = Node("P", "P")
        for child in node.children:
            if isinstance(child, Node) and _is_block(child):
                self._leaf(loose, BlockKind.PARAGRAPH)
                loose = Node("P", "P")
                self._block(child, depth)
            else:
                loose.children.append(child)
        self._leaf(loose, BlockKind.PARAGRAPH)

    def _leaf(self, node: Node, kind: BlockKind, level: int = 0, marker: str = "") -> Piece | None:
        """An element that holds running text; blocks inside it (a note, a list) come after it."""
        lines = lines_of(rows_in_order(self._inline(node)), self._page)
        piece = None
        if lines:
            piece = Piece(kind, lines, level, marker, page=self._page, tagged=kind is not BlockKind.PARAGRAPH)
            piece.right = max(line.x1 for line in lines)
            if kind is BlockKind.PARAGRAPH and is_caption(" ".join(line.text for line in lines)):
                piece.kind = BlockKind.CAPTION
            self._pieces.append(piece)
        for child in _blocks_inside(node):
            self._block(child, 0)
        return piece

    def _inline(self, node: Node) -> list[Segment]:
        """The element's own text with that of inline elements; labels inside text are footnote marks."""
        found: list[Segment] = []
        for child in node.children:
            if isinstance(child, int):
                found += self._content.pop(child, [])
            elif child.type == "Lbl" and found:
                found += [_as_mark(segment) for segment in self._inline(child)]
            elif child.type not in LEFT_OUT and child.type not in BLOCKS:
                found += self._inline(child)
        return found

    def _list(self, node: Node, depth: int) -> None:
        for child in node.children:
            if not isinstance(child, Node):
                continue
            if child.type == "L":
                self._list(child, depth + 1)
            elif child.type == "LI":
                self._item(child, depth)
            else:
                self._block(child, depth)

    def _item(self, node: Node, depth: int) -> None:
        """Label and first text of an item make one block; further paragraphs and lists follow it."""
        labels = list(self._labels(node))
        label = " ".join(segment.text.strip() for segment in labels)
        text, rest = Node("P", "P"), []
        for child in _unwrapped(node):
            if isinstance(child, Node) and child.type == "Lbl":
                continue
            is_first = not text.children and isinstance(child, Node) and child.type == "P"
            if is_first and isinstance(child, Node):
                text.children += child.children
            elif isinstance(child, Node) and _is_block(child):
                rest.append(child)
            elif not rest:
                text.children.append(child)
        piece = self._leaf(text, BlockKind.LIST_ITEM, depth, label)
        if piece is not None and not label and (found := marker_of(piece.lines[0].text)):
            piece.marker, piece.lines[0].text = found.marker, found.rest
        if piece is not None and labels:
            piece.edge = labels[0].x0
        for child in rest:
            self._list(child, depth + 1) if child.type == "L" else self._block(child, depth)

    def _labels(self, node: Node) -> Iterator[Segment]:
        for child in node.children:
            if isinstance(child, Node) and child.type == "Lbl":
                yield from self._inline(child)

    def _note(self, node: Node) -> None:
        label = "".join(segment.text.strip() for segment in self._labels(node))
        whole = Node("P", "P", [child for child in _flat(node) if not isinstance(child, Node) or child.type != "Lbl"])
        self._leaf(whole, BlockKind.FOOTNOTE, marker=label)

    def _table(self, node: Node) -> None:
        cells: list[PieceCell] = []
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(_rows(node)):
            column = 0
            for child in row.children:
                if not isinstance(child, Node) or child.type not in {"TD", "TH"}:
                    continue
                while (number, column) in taken:
                    column += 1
                cells.append(self._cell(child, number, column))
                across, down = range(column, column + child.colspan), range(number, number + child.rowspan)
                taken.update((r, c) for r in down for c in across)
        if any(cell.lines for cell in cells):
            if not any(cell.header for cell in cells):
                cells = with_header_row(cells)
            self._pieces.append(Piece(BlockKind.TABLE, cells=cells, page=self._page, tagged=True))
        for child in node.children:
            if isinstance(child, Node) and child.type == "Caption":
                self._block(child, 0)

    def _cell(self, node: Node, row: int, column: int) -> PieceCell:
        lines = lines_of(rows_in_order(self._everything(node)), self._page)
        return PieceCell(row, column, lines, node.rowspan, node.colspan, node.type == "TH")

    def _everything(self, node: Node) -> list[Segment]:
        found: list[Segment] = []
        for child in node.children:
            if isinstance(child, int):
                found += self._content.pop(child, [])
            elif child.type not in LEFT_OUT:
                found += self._everything(child)
        return found


def _is_block(child: Node | int) -> bool:
    """Block types by name; a type nobody knows is a block only when it holds one."""
    if isinstance(child, int) or child.type in INLINE:
        return False
    return child.type in BLOCKS or any(_is_block(inner) for inner in child.children)


def _blocks_inside(node: Node) -> Iterator[Node]:
    """Blocks that stand inside running text, also those inside its inline elements."""
    for child in node.children:
        if not isinstance(child, Node):
            continue
        if child.type in BLOCKS:
            yield child
        elif child.type not in LEFT_OUT:
            yield from _blocks_inside(child)


def _unwrapped(node: Node) -> Iterator[Node | int]:
    """Children of a list item, those of its body taken out of it."""
    for child in node.children:
        if isinstance(child, Node) and child.type == "LBody":
            yield from child.children
        else:
            yield child


def _flat(node: Node) -> Iterator[Node | int]:
    """Children with paragraphs opened."""
    for child in node.children:
        if isinstance(child, Node) and child.type in {"P", "LBody"}:
            yield from child.children
        else:
            yield child


def _rows(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node) and child.type == "TR":
            yield child
        elif isinstance(child, Node) and child.type in {"THead", "TBody", "TFoot"}:
            yield from _rows(child)


def _as_mark(segment: Segment) -> Segment:
    segment.raised = True
    return segment
