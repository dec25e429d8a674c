"""HTML pages: the text a visitor sees, without menus around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from grunnmur.kernel import LimitExceeded
from grunnmur.sources.documents.builder import DocumentBuilder
from grunnmur.sources.documents.characters import clean, fold
from grunnmur.sources.documents.failures import clear_errors
from grunnmur.sources.documents.grids import with_header
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.numerals import BULLET, numeral
from grunnmur.sources.documents.text import MARKS, decode
from grunnmur.sources.documents.webpage_styles import StyleSheet, style_sheet
from grunnmur.sources.documents.webpage_tables import WebCell, table_cells

MOST_CELLS = 500_000
UNCLOSED = 10  # times the depth allowed: pages forget to close elements, and the parser gets slow on deep ones
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ul", "ol", "menu", "dir"})
UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "iframe", "object", "embed",
     "canvas", "audio", "video", "select", "datalist", "textarea", "input", "map"}
)  # fmt: skip
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font",
     "i", "ins", "kbd", "label", "mark", "output", "picture", "q", "ruby", "rb", "s", "samp", "small", "span", "strike",
     "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "o:p"}
)  # fmt: skip
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.I)
# Elements that the parser closes by itself, or that hold nothing.
_CLOSES_ITSELF = frozenset(
    {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rb", "rt", "rp", "rtc",
     "colgroup", "col", "br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "embed", "source", "track",
     "param", "html", "head", "body"}
)  # fmt: skip
LOOKED_AT = 4096  # bytes searched for the page's own word on its encoding


@clear_errors()
def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Read a page as one page of text; only ``main`` or the articles, when the page marks them.

    Notice ``hidden-text`` when something that is not shown has been left out.
    Raises :class:`UnreadableFile` and :class:`LimitExceeded` (``too-deep``, ``too-large``).
    """
    tree = _parsed(text_of(data), limits)
    title = tree.css_first("head > title")
    builder.title = fold(title.text()) if title is not None else ""
    builder.begin_page()
    _add_roots(tree, _roots(tree), builder, limits)


def add_fragment(source: str, builder: DocumentBuilder, limits: Limits) -> None:
    """Add a piece of HTML that stands in another text. Errors and notice as in :func:`read`."""
    tree = _parsed(source, limits)
    _add_roots(tree, [tree.body] if tree.body is not None else [], builder, limits)


def _add_roots(tree: LexborHTMLParser, roots: list[LexborNode], builder: DocumentBuilder, limits: Limits) -> None:
    walker = PageWalker(builder, limits.depth, style_sheet(tree))
    for root in roots:
        walker.walk(root)
    if walker.hidden:
        builder.note("hidden-text")


def _parsed(text: str, limits: Limits) -> LexborHTMLParser:
    if _open_elements(text) > UNCLOSED * limits.depth:
        raise LimitExceeded("too-deep", limit=limits.depth)
    return LexborHTMLParser(text)


def text_of(data: bytes) -> str:
    """The page decoded by its byte order mark, its own declaration when that holds, or the best guess."""
    declared = _CHARSET.search(data[:LOOKED_AT])
    if declared is None or data.startswith(tuple(mark for mark, _ in MARKS)):
        return decode(data, "")
    name = declared[1].decode("ascii").lower()
    try:
        return data.decode("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name)
    except (LookupError, UnicodeDecodeError):
        return decode(data, "")


def _open_elements(text: str) -> int:
    """The most elements that are open at once, counted without building the page."""
    deepest = nesting = 0
    for match in _TAG.finditer(text):
        if match[2].lower() in _CLOSES_ITSELF:
            continue
        nesting = max(0, nesting - 1) if match[1] else nesting + 1
        deepest = max(deepest, nesting)
    return deepest


def _roots(tree: LexborHTMLParser) -> list[LexborNode]:
    main = tree.css_first("main, [role=main]")
    if main is not None and main.text().strip():
        return [main]
    articles = [node for node in tree.css("article") if not _inside_article(node) and node.text().strip()]
    if articles:
        return articles
    return [tree.body] if tree.body is not None else []


def _inside_article(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == "article":
            return True
        parent = parent.parent
    return False


@dataclass(slots=True)
class _Place:
    """Where the walk is: list depth, the marker of an item that has not had text yet, and the kind of the text."""

    depth: int = 0
    marker: str | None = None
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    kept_lines: bool = False


@dataclass(slots=True)
class PageWalker:
    """Turns elements into blocks; text between block elements is gathered until the next one begins."""

    builder: DocumentBuilder
    depth: int
    styles: StyleSheet
    hidden: bool = False
    _pieces: list[str] = field(default_factory=list)
    _nesting: int = 0

    def walk(self, root: LexborNode) -> None:
        """Add everything inside an element."""
        self._children(root, _Place())
        self._flush(_Place())

    def _children(self, node: LexborNode, place: _Place) -> None:
        self._nesting += 1
        if self._nesting > self.depth:
            raise LimitExceeded("too-deep", limit=self.depth)
        for child in _children_of(node):
            self._visit(child, place)
        self._nesting -= 1

    def _visit(self, node: LexborNode, place: _Place) -> None:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            self._pieces.append(text if place.kept_lines else re.sub(r"[ \t\r\n\f]+", " ", text))
        elif tag in UNSEEN or tag.startswith(("-", "!")):
            return
        elif self.styles.hides(node):
            self._note_hidden(node)
        elif tag == "br":
            self._pieces.append("\n")
        elif tag in INLINE:
            self._children(node, place)
        else:
            self._element(node, tag, place)

    def _note_hidden(self, node: LexborNode) -> None:
        self.hidden = self.hidden or bool((node.text() or "").strip())

    def _element(self, node: LexborNode, tag: str, place: _Place) -> None:
        """A block element: what was gathered before it is a block of its own."""
        self._flush(place)
        if tag in HEADINGS:
            self._inner(node, _Place(place.depth, None, BlockKind.HEADING, HEADINGS[tag]))
        elif tag in LISTS:
            self._list(node, tag, place)
        elif tag == "table":
            self._table(node)
        elif tag in ("figcaption", "caption"):
            self._inner(node, _Place(kind=BlockKind.CAPTION))
        elif tag == "nav" and _has_main(node):
            return
        else:
            place.kept_lines, before = place.kept_lines or tag == "pre", place.kept_lines
            self._inner(node, place)
            place.kept_lines = before

    def _inner(self, node: LexborNode, place: _Place) -> None:
        self._children(node, place)
        self._flush(place)

    def _list(self, node: LexborNode, tag: str, place: _Place) -> None:
        for child, marker in _items(node, tag):
            if child.tag == "li" and not self.styles.hides(child):
                self._inner(child, _Place(place.depth + 1, marker))
            else:
                self._visit(child, _Place(place.depth + 1))

    def _table(self, node: LexborNode) -> None:
        caption = node.css_first("caption")
        if caption is not None:
            self._visit(caption, _Place())
        visible = [cell for cell in table_cells(node, MOST_CELLS) if self._shows(cell, node)]
        if len(visible) == 1 or node.attributes.get("role") in ("presentation", "none"):
            for cell in visible:  # a frame around text, not a table
                self._inner(cell.node, _Place())
            return
        self.builder.add_table(with_header([cell.with_text(self._cell_text(cell)) for cell in visible]))
        for inner in (table for cell in visible for table in cell.node.css("table")):
            if _is_table_around(inner, node):
                self._table(inner)

    def _shows(self, cell: WebCell, table: LexborNode) -> bool:
        """Whether the cell is seen, and the row and the group of rows it stands in."""
        part: LexborNode | None = cell.node
        while part is not None and part.mem_id != table.mem_id:
            if self.styles.hides(part):
                self._note_hidden(cell.node)
                return False
            part = part.parent
        return True

    def _cell_text(self, cell: WebCell) -> str:
        """All text of a cell but that of tables inside it, which follow as tables of their own."""
        walker = _CellWalker(DocumentBuilder(self.builder.format, ""), self.depth, self.styles, _nesting=self._nesting)
        walker.walk(cell.node)
        self.hidden = self.hidden or walker.hidden
        return walker.builder.build().text

    def _flush(self, place: _Place) -> None:
        text = clean("".join(self._pieces))
        self._pieces.clear()
        if not text:
            return
        if place.kind is BlockKind.HEADING:
            self.builder.add(place.kind, fold(text), level=place.level)
        elif place.marker is not None:
            self.builder.add(BlockKind.LIST_ITEM, text, level=place.depth, marker=place.marker)
            place.marker = None
        else:
            self.builder.add(place.kind, text)


class _CellWalker(PageWalker):
    __slots__ = ()

    def _table(self, node: LexborNode) -> None:
        return


def _children_of(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _items(node: LexborNode, tag: str) -> Iterator[tuple[LexborNode, str]]:
    """The children of a list, each with the marker a browser would put in front."""
    form = node.attributes.get("type") or "1"
    number = _whole(node.attributes.get("start"), 1)
    for child in _children_of(node):
        if child.tag == "li":
            number = _whole(child.attributes.get("value"), number)
            yield child, f"{numeral(number, form)}." if tag == "ol" else BULLET
            number += 1
        else:
            yield child, ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text.strip()) else default


def _has_main(node: LexborNode) -> bool:
    """Whether a menu stands inside the page's main part, where it only points to the parts."""
    parent = node.parent
    while parent is not None:
        if parent.tag in ("main", "article"):
            return True
        parent = parent.parent
    return False


def _is_table_around(inner: LexborNode, table: LexborNode) -> bool:
    """Whether ``table`` is the nearest table outside ``inner``."""
    parent = inner.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent is not None and parent.mem_id == table.mem_id
