"""PDF: text with its place on the page, structure from tags or from how the page looks."""

from grunnmur.sources.documents.pdf.reader import read
from grunnmur.sources.documents.pdf.rendering import render_page

__all__ = ["read", "render_page"]
