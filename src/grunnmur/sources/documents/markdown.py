"""Markdown: headings, lists and tables as plain text without the marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.characters import clean, fold
from grunnmur.sources.documents.failures import clear_errors
from grunnmur.sources.documents.grids import with_header
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.markdown_notes import Footnotes, take_notes
from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.numerals import BULLET
from grunnmur.sources.documents.text import decode
from grunnmur.sources.documents.webpage import add_fragment

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,65536}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
TITLE_KEYS = ("title", "tittel")


@clear_errors()
def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Read CommonMark with tables, footnotes and front matter; the title in the front matter is the document's.

    Raises :class:`UnreadableFile`.
    """
    text = decode(data, "").removeprefix("\ufeff").replace("\r\n", "\n")
    builder.title, text = _front_matter(text)
    builder.begin_page()
    text, notes = take_notes(text)
    reader = _MarkdownReader(builder, limits, notes)
    reader.read(text)


def _front_matter(text: str) -> tuple[str, str]:
    """The title from the front matter, and the text after it; text that only looks like front matter stays."""
    match = _FRONT.match(text)
    if match is None:
        return "", text
    try:
        fields = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError):
        return "", text
    if not isinstance(fields, dict):
        return "", text
    title = next((fields[key] for key in TITLE_KEYS if isinstance(fields.get(key), str)), "")
    return fold(title), text[match.end() :]


@dataclass(slots=True)
class _List:
    """An open list; bullets have no number."""

    number: int | None
    closing: str


@dataclass(slots=True)
class _MarkdownReader:
    builder: DocumentBuilder
    limits: Limits
    notes: Footnotes
    lists: list[_List] = field(default_factory=list)
    marker: str | None = None
    """Marker of the list item that has not had text yet."""
    cells: list[CellText] = field(default_factory=list)
    in_table: bool = False
    row: int = -1

    def read(self, text: str) -> None:
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        tokens = parser.parse(text)
        for index, token in enumerate(tokens):
            self._take(token, tokens[index - 1] if index else token)
        for mark, note in self.notes.used():
            self.builder.add(BlockKind.FOOTNOTE, self._inline(parser.parseInline(note)[0]), marker=mark)

    def _take(self, token: Token, before: Token) -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrs.get("start", 1)) if kind.startswith("ordered") else None
            self.lists.append(_List(start, token.markup))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif kind == "list_item_open":
            self._begin_item(token)
        elif kind == "list_item_close":
            self.marker = None
        elif kind == "inline":
            self._text(token, before)
        elif kind in ("fence", "code_block"):
            self._add(BlockKind.PARAGRAPH, clean(token.content))
        elif kind == "html_block":
            self._html(token.content)
        else:
            self._table_mark(kind)

    def _begin_item(self, token: Token) -> None:
        around = self.lists[-1]
        self.marker = BULLET if around.number is None else f"{around.number}{token.markup or '.'}"
        if around.number is not None:
            around.number += 1

    def _text(self, token: Token, before: Token) -> None:
        text = self._inline(token)
        if before.type in ("th_open", "td_open"):
            column = sum(cell.row == self.row for cell in self.cells)
            self.cells.append(CellText(self.row, column, text, header=before.type == "th_open"))
        elif before.type == "heading_open":
            self.builder.add(BlockKind.HEADING, fold(text), level=int(before.tag[1]))
        else:
            self._add(BlockKind.PARAGRAPH, text)

    def _add(self, kind: BlockKind, text: str) -> None:
        if self.marker is None or not text:
            self.builder.add(kind, text)
            return
        self.builder.add(BlockKind.LIST_ITEM, text, level=len(self.lists), marker=self.marker)
        self.marker = None

    def _table_mark(self, kind: str) -> None:
        if kind == "table_open":
            self.cells, self.row = [], -1
        elif kind == "tr_open":
            self.row += 1
        elif kind == "table_close":
            self.builder.add_table(with_header(self.cells))

    def _html(self, source: str) -> None:
        add_fragment(source, self.builder, self.limits)

    def _inline(self, token: Token) -> str:
        return clean(self.notes.without_marks("".join(_plain(token.children or ()))))


def _plain(tokens: Sequence[Token]) -> list[str]:
    """The words of inline tokens: link texts, picture texts, code as written, line ends in the source as spaces."""
    pieces: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
            pieces.append("\n")
        elif token.type == "image":
            pieces.append(token.content)
    return pieces
