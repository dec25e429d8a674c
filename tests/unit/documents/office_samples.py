"""Small Office files made of the XML that matters, and what was read from them in a form that tests can show."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from pdf_samples import sound, words

from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.reading import read_bytes

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OPEN_DOCUMENT = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in [
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    ]
)  # fmt: skip


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def saved(file: Any) -> bytes:
    """The bytes of a document, presentation or workbook."""
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def word_file(body: str, extra: Mapping[str, str | bytes] | None = None, **parts: str) -> bytes:
    """A Word file with this body; ``styles=…``, ``numbering=…``, ``footnotes=…`` give the insides of other parts."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations({kind: f"{kind}.xml" for kind in parts}),
    }
    for kind, inside in parts.items():
        files[f"word/{kind}.xml"] = f"<w:{kind} {NAMESPACES}>{inside}</w:{kind}>"
    return zipped({**files, **(extra or {})})


def _relations(targets: Mapping[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="r{number}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def open_document(body: str, styles: str = "", extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument text with this body and these automatic styles."""
    content = (
        f"<office:document-content {OPEN_DOCUMENT}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **(extra or {})})


def read(data: bytes | str, filename: str) -> Document:
    """The document read, checked for soundness."""
    return sound(read_bytes(data.encode() if isinstance(data, str) else data, filename))


def read_word(body: str, **parts: str) -> Document:
    return read(word_file(body, **parts), "plan.docx")


def outline(document: Document) -> list[str]:
    """Every block but tables on a line: kind, level, marker and text; «heading1 Mål», «list_item2 a) Skole»."""
    return [
        " ".join(filter(None, [f"{block.kind.value}{block.level or ''}", block.marker, words(document, block)]))
        for block in document.blocks
        if not block.cells
    ]


def grid(document: Document, number: int = 0) -> list[str]:
    """Cells of a table: «row,column text», «0,1 [1x2] text» for spans, * for a header."""
    table = [block for block in document.blocks if block.cells][number]
    return [
        f"{cell.row},{cell.column}{'*' if cell.header else ''} "
        + (f"[{cell.rowspan}x{cell.colspan}] " if (cell.rowspan, cell.colspan) != (1, 1) else "")
        + document.text[cell.start : cell.end]
        for cell in table.cells
    ]
