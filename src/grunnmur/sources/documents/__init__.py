"""One reader per format, all giving the same :class:`Document`."""

from grunnmur.sources.documents.model import (
    Block,
    BlockKind,
    Cell,
    Document,
    Format,
    Line,
    Notice,
    Page,
    PageKind,
)

__all__ = ["Block", "BlockKind", "Cell", "Document", "Format", "Line", "Notice", "Page", "PageKind"]
