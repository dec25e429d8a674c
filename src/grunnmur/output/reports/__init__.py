"""Reports as web page, Word and tagged PDF from the same blocks."""

from grunnmur.output.reports.html import to_html
from grunnmur.output.reports.model import (
    GridBlock,
    HeadingBlock,
    ListingBlock,
    ParagraphBlock,
    QuoteBlock,
    Report,
    ReportBlock,
    ReportLabels,
    Run,
    Runs,
    Tone,
    plain,
    text_runs,
)
from grunnmur.output.reports.pdf import to_pdf
from grunnmur.output.reports.word import to_word

__all__ = [
    "GridBlock",
    "HeadingBlock",
    "ListingBlock",
    "ParagraphBlock",
    "QuoteBlock",
    "Report",
    "ReportBlock",
    "ReportLabels",
    "Run",
    "Runs",
    "Tone",
    "plain",
    "text_runs",
    "to_html",
    "to_pdf",
    "to_word",
]
