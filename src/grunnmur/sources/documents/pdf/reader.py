"""Read a PDF: the file's own tags where they hold, else how its pages look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from grunnmur.sources.documents.builder import DocumentBuilder
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.pdf.emission import Emitter
from grunnmur.sources.documents.pdf.furniture import remove_furniture
from grunnmur.sources.documents.pdf.headings import Typography, body_look, set_levels
from grunnmur.sources.documents.pdf.layout import Part, layout_parts, unstack
from grunnmur.sources.documents.pdf.ocr import recognised_parts
from grunnmur.sources.documents.pdf.opening import opened
from grunnmur.sources.documents.pdf.pages import needs_ocr, page_text
from grunnmur.sources.documents.pdf.paragraphs import pieces_of, usual_leading
from grunnmur.sources.documents.pdf.pieces import Draft, Piece
from grunnmur.sources.documents.pdf.segments import PageText
from grunnmur.sources.documents.pdf.tags import TagReader, ids_in, tree_of
from grunnmur.sources.documents.pdf.text_flow import join_over_breaks, set_depths

TRUSTED = 0.8  # of a page's letters must have a place in the tree
FEWEST_HIDDEN = 3
SHOWN = 200  # characters of left-out text that a notice repeats
_FILE_NAME = re.compile(
    r"\.(?:docx?|pptx?|xlsx?|indd|odt|pdf|rtf)$|^\W?(?:untitled|anonymous|uten navn|presentasjon|powerpoint)", re.I
)
_PROGRAM = re.compile(r"^Microsoft (?:Word|PowerPoint|Excel) - ")


def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Fill the builder from a PDF file.

    Raises :class:`UnreadableFile` (``encrypted``, ``broken``) or :class:`LimitExceeded` (``too-many-pages``).
    Notices: ``needs-ocr``, ``read-with-ocr``, ``ocr-failed``, ``ocr-layer``, ``hidden-text``, ``turned-text``,
    ``spread-text``, ``page-unreadable``.
    """
    with opened(data, limits) as document:
        builder.title = _title(document)
        reading = Reading(document, builder, limits)
        drafts = [reading.draft(number) for number in range(1, len(document) + 1)]
        labels = [_label(document, number) for number in range(len(document))]
    pieces = _pieces(drafts)
    Emitter(builder, [draft.frame for draft in drafts], labels).write(pieces)


@dataclass(slots=True)
class Reading:
    """Reads one page after the other, and tells the builder what a person should know."""

    document: pdfium.PdfDocument
    builder: DocumentBuilder
    limits: Limits
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.total = len(self.document)

    def draft(self, number: int) -> Draft:
        """One page as far as it can be read by itself."""
        try:
            page = self.document[number - 1]
        except pdfium.PdfiumError:
            self.builder.note("page-unreadable", page=number)
            return empty_draft(number)
        try:
            text = page_text(page, number)
            parts = self._parts(page, text)
        finally:
            page.close()
        self._tell(text)
        self.builder.report(number, self.total)
        return Draft(number, text.frame, parts)

    def _parts(self, page: pdfium.PdfPage, text: PageText) -> list[Part]:
        if needs_ocr(text):
            return recognised_parts(page, text, self.builder, self.limits)
        text.segments, words = unstack(text.segments)
        for word in words:
            self.builder.note("spread-text", page=text.number, text=word[:SHOWN])
        return _tagged_parts(page, text, self.limits) or layout_parts(text)

    def _tell(self, text: PageText) -> None:
        if text.hidden >= FEWEST_HIDDEN:
            self.builder.note("hidden-text", page=text.number, letters=text.hidden)
        if text.ocr_layer:
            self.builder.note("ocr-layer", page=text.number)
        if text.turned:
            words = " ".join(segment.text.strip() for segment in text.turned)
            self.builder.note("turned-text", page=text.number, text=words[:SHOWN])


def _tagged_parts(page: pdfium.PdfPage, text: PageText, limits: Limits) -> list[Part]:
    """Blocks from the page's tags, or nothing when the tags leave out too much of its text."""
    nodes = tree_of(page, limits.depth)
    if not nodes:
        return []
    placed = ids_in(nodes)
    content = [segment for segment in text.segments if not segment.style.artifact]
    letters = sum(len(segment.text.strip()) for segment in content)
    held = sum(len(segment.text.strip()) for segment in content if segment.style.mcid in placed)
    if held < TRUSTED * letters:
        return []
    reader = TagReader(content, text.number)
    parts: list[Part] = list(reader.read(nodes))
    if rest := reader.left_over():
        parts += layout_parts(PageText(text.number, text.frame, rest, rules=text.rules))
    return parts


def _pieces(drafts: list[Draft]) -> list[Piece]:
    remove_furniture(drafts)
    body, bold = body_look(drafts)
    look = Typography(body, bold, usual_leading(drafts))
    pieces = [piece for draft in drafts for piece in pieces_of(draft, look)]
    if not any(piece.tagged and piece.kind is BlockKind.HEADING for piece in pieces):
        for piece in pieces:
            if piece.kind is BlockKind.PARAGRAPH and look.is_heading(piece.lines):
                piece.kind = BlockKind.HEADING
    set_levels(pieces)
    set_depths(pieces)
    return join_over_breaks(pieces)


def empty_draft(number: int) -> Draft:
    """A page that can't be loaded: A4, without text."""
    from grunnmur.sources.documents.pdf.geometry import Frame

    return Draft(number, Frame(0, 0, 595, 842, 0))


def _title(document: pdfium.PdfDocument) -> str:
    """The title in the file's properties, unless it is a file or program name."""
    title = _PROGRAM.sub("", " ".join(document.get_metadata_value("Title").split()))
    return "" if _FILE_NAME.search(title) else title[:300]


def _label(document: pdfium.PdfDocument, index: int) -> str:
    """The page's own number where it differs from its place in the file."""
    label: str = document.get_page_label(index)
    return "" if label == str(index + 1) else label[:20]
