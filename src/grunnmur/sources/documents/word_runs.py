"""The text of a Word paragraph as its reader sees it, and what hangs on it: notes, boxes, charts, breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from grunnmur.sources.documents.characters import PAGE_BREAK
from grunnmur.sources.documents.office import RELATIONS, Element, chosen, local_name
from grunnmur.sources.documents.word_styles import Styles, W, is_on, value

SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
WRAPPERS = frozenset(
    {"hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "ruby", "rubyBase"}
)
BLOCK_WRAPPERS = frozenset({"customXml", "smartTag", "ins", "moveTo", "sdtContent"})
DELETED = frozenset({"del", "moveFrom"})
INSERTED = frozenset({"ins", "moveTo"})
PICTURES = frozenset({"blip", "imagedata"})
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


@dataclass(slots=True)
class Inline:
    """What a paragraph holds. ``text`` has form feeds at page breaks."""

    text: str = ""
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind (``footnote``, ``endnote``, ``comment``), identifier and own mark of each note, in order."""
    boxes: list[Element] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RunReader:
    """Reads paragraphs one after another; fields and page breaks reach from one to the next."""

    styles: Styles
    tracked: bool = False
    hidden: bool = False
    pictures: bool = False
    _fields: list[bool] = field(default_factory=list)
    """For every open field, whether its instruction (not its result) is being read."""
    _at_break: bool = True
    """No text since the last break that the writer made: Word's own mark there is the same break."""
    _own_mark: bool = False
    _paragraph_hidden: bool = False
    _inline: Inline = field(default_factory=Inline)

    def paragraph(self, element: Element) -> Inline:
        """Text and attachments of a ``w:p``."""
        self._inline = Inline()
        self._paragraph_hidden = self.styles.of(value(element, "pPr/pStyle")).hidden
        self._children(element)
        return self._inline

    def break_page(self) -> bool:
        """Take note of a break between paragraphs; whether it makes a new page."""
        new = not self._at_break
        self._at_break = True
        return new

    def _children(self, element: Element) -> None:
        for child in element:
            self._visit(child)

    def _visit(self, element: Element) -> None:
        name = local_name(element)
        if name == "r" and element.tag.startswith(W):
            self._run(element)
        elif name in DELETED:
            self.tracked = True
        elif name in INSERTED:
            self.tracked = True
            self._children(element)
        elif name == "AlternateContent":
            branch = chosen(element)
            self._children(branch if branch is not None else element)
        elif element.tag == f"{MATHS}t":
            self._write(element.text or "")
        elif name in WRAPPERS or (name and element.tag.startswith(MATHS)):
            self._children(element)

    def _run(self, run: Element) -> None:
        hidden = self._is_hidden(run.find(f"{W}rPr"))
        self._own_mark = False
        for child in run:
            name = local_name(child)
            if name == "fldChar":
                self._turn_field(child.get(f"{W}fldCharType"))
            elif not hidden:
                self._run_child(child, name)
            elif name == "t" and (child.text or "").strip():
                self.hidden = True

    def _is_hidden(self, properties: Element | None) -> bool:
        own = is_on(properties, "vanish")
        if own is not None:
            return own
        style = value(properties, "rStyle")
        return self._paragraph_hidden or (style is not None and self.styles.of(style).hidden)

    def _turn_field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _run_child(self, child: Element, name: str) -> None:
        if name == "t":
            self._write(child.text or "")
        elif name in SIGNS:
            self._write(SIGNS[name])
        elif name == "br":
            self._line_or_page(child.get(f"{W}type"))
        elif name == "lastRenderedPageBreak":
            self._rendered_break()
        elif name == "sym":
            self._write(_symbol(child))
        elif name.endswith("Reference"):
            self._refer(child, name.removesuffix("Reference"))
        elif name in ("drawing", "pict", "object", "AlternateContent"):
            self._look_inside(child)
        elif name in WRAPPERS:
            self._children(child)

    def _write(self, text: str) -> None:
        if any(self._fields):
            return
        if self._own_mark and text.strip():
            kind, identifier, _ = self._inline.notes[-1]
            self._inline.notes[-1] = (kind, identifier, text.strip())
            self._own_mark = False
            return
        self._inline.text += text
        if text.strip():
            self._at_break = False

    def _line_or_page(self, kind: str | None) -> None:
        if kind != "page":
            self._write("\n")
            return
        self._inline.text += "\n" + PAGE_BREAK
        self._at_break = True

    def _rendered_break(self) -> None:
        """Where Word last began a page: a new one unless the writer's own break is just behind."""
        if not self._at_break:
            self._inline.text += PAGE_BREAK
        self._at_break = False

    def _refer(self, reference: Element, kind: str) -> None:
        if kind in ("footnote", "endnote", "comment"):
            self._inline.notes.append((kind, reference.get(f"{W}id") or "", ""))
            self._own_mark = reference.get(f"{W}customMarkFollows") in ("1", "true")

    def _look_inside(self, drawing: Element) -> None:
        for element in _drawn(drawing):
            name = local_name(element)
            if name == "txbxContent":
                self._inline.boxes.append(element)
            elif name == "chart":
                self._inline.charts.append(element.get(f"{RELATIONS}id") or "")
            elif name == "relIds":
                self._inline.diagrams.append(element.get(f"{RELATIONS}dm") or "")
            elif name in PICTURES:
                self.pictures = True


def _drawn(element: Element) -> Iterator[Element]:
    """Elements of a drawing in order, one branch of every alternative, without going into text boxes."""
    branch = chosen(element) if local_name(element) == "AlternateContent" else element
    for child in branch if branch is not None else ():
        yield child
        if local_name(child) != "txbxContent":
            yield from _drawn(child)


def _symbol(element: Element) -> str:
    """A character from a symbol font, when its code is an ordinary one."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""
