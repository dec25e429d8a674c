"""What sort of document a file is, what it is called and when it is from, guessed from its content.

Guesses are suggestions: they fill only what no person has filled, and say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import PurePath

from grunnmur.knowledge.language.dates import DateKind, find_dates
from grunnmur.sources.documents.model import Document as ReadDocument
from grunnmur.sources.documents.model import Format
from grunnmur_web.models import Document, DocumentKind, DocumentVersion
from grunnmur_web.store.documents import storable

OPENING = 3_000
TITLE_LENGTH = 300
_REPORT = re.compile(r"\b(?:måneds|månads|tertial|kvartals|status)rapport|\brapport(?:ering)? (?:pr|per)\.? ", re.I)
_CASE = re.compile(r"\bsaksframlegg|\bsaksfremlegg|\bsaksutredning|\bkommunedirektørens innstilling|\butvalgssak", re.I)
_PLAN = re.compile(
    r"\b\w*plan(?:en)?\b.{0,60}\b20\d\d\s*[-–]\s*20\d\d|\b(?:tema|kommune|kommunedel|handlings)plan", re.I
)


def guess(document: Document, version: DocumentVersion, read: ReadDocument) -> None:
    """Fill title, kind and date of a new document from its first version, and note which were filled."""
    filled = []
    title = storable(" ".join(read.title.split()))[:TITLE_LENGTH]
    if document.title == title_of_file(version.filename) != title and title:
        document.title = title
        filled.append("title")
    if document.kind == DocumentKind.OTHER and (kind := kind_of(read)) is not DocumentKind.OTHER:
        document.kind = kind
        filled.append("kind")
    if document.date is None and (day := date_of(read)) is not None:
        document.date = day
        filled.append("date")
    document.guessed = filled


def title_of_file(filename: str) -> str:
    """The name a document has until its content gives a better one."""
    return PurePath(filename).stem.replace("_", " ").strip()[:TITLE_LENGTH] or filename[:TITLE_LENGTH]


def kind_of(read: ReadDocument) -> DocumentKind:
    """Month report, case paper, plan, slides or statistics, by title and opening, then by format."""
    opening = f"{read.title}\n{read.text[:OPENING]}"
    rules: tuple[tuple[DocumentKind, Callable[[str], object]], ...] = (
        (DocumentKind.CASE_PAPER, _CASE.search),
        (DocumentKind.MONTH_REPORT, _REPORT.search),
    )
    for kind, holds in rules:
        if holds(opening):
            return kind
    if read.format is Format.PPTX:
        return DocumentKind.SLIDES
    if read.format in {Format.XLSX, Format.CSV}:
        return DocumentKind.STATISTICS
    return DocumentKind.PLAN if _PLAN.search(opening) else DocumentKind.OTHER


def date_of(read: ReadDocument) -> date | None:
    """The only full date on the first page; with several it is not clear which one is the document's own."""
    first = read.pages[0] if read.pages else None
    opening = read.text[first.start : min(first.end, first.start + OPENING)] if first else ""
    days = {match.iso for match in find_dates(opening) if match.kind is DateKind.DAY and "/" not in match.iso}
    return date.fromisoformat(days.pop()) if len(days) == 1 else None
