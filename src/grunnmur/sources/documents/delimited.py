"""CSV and TSV: the cells as written, whatever encoding and delimiter the file has."""

from __future__ import annotations

import csv
import io
from collections import Counter

from grunnmur.kernel import LimitExceeded
from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.characters import fold
from grunnmur.sources.documents.failures import clear_errors
from grunnmur.sources.documents.grids import add_grid
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import PageKind
from grunnmur.sources.documents.text import decode

DELIMITERS = ";\t|,"  # a comma may be a decimal comma, so it comes last
SAMPLE_LINES = 200
MOST_CELLS = 5_000_000
Rows = list[list[str]]


@clear_errors()
def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Read the file as one sheet; notice ``ragged-rows`` (``rows``, ``columns``) for rows of another length.

    Raises :class:`LimitExceeded` (``too-large``) beyond five million cells.
    """
    text = decode(data, "").removeprefix("\ufeff")
    rows = _rows(text)
    if sum(map(len, rows)) > MOST_CELLS:
        raise LimitExceeded("too-large", limit=MOST_CELLS)
    builder.page_kind = PageKind.SHEET
    builder.begin_page()
    _note_ragged(rows, builder)
    add_grid(builder, _cells(rows))


def _rows(text: str) -> Rows:
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own hint
        return _split(rest, first.strip()[-1])
    return _split(text, _delimiter(text))


def _split(text: str, delimiter: str) -> Rows:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _delimiter(text: str) -> str:
    """The delimiter that cuts most rows of the sample into the same number of columns."""
    sample = "\n".join(text.splitlines()[:SAMPLE_LINES])
    scores = {delimiter: _evenness(_split(sample, delimiter)) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _evenness(rows: Rows) -> float:
    """Share of the rows that have the most common number of columns above one."""
    widths = Counter(len(row) for row in rows if any(field.strip() for field in row))
    common = max((count for width, count in widths.items() if width > 1), default=0)
    return common / max(1, widths.total())


def _note_ragged(rows: Rows, builder: DocumentBuilder) -> None:
    widths = Counter(len(row) for row in rows if len([field for field in row if field.strip()]) > 1)
    if len(widths) > 1:
        columns, _ = widths.most_common(1)[0]
        builder.note("ragged-rows", page=1, rows=widths.total() - widths[columns], columns=columns)


def _cells(rows: Rows) -> list[CellText]:
    return [
        CellText(row, column, fold(field))
        for row, fields in enumerate(rows)
        for column, field in enumerate(fields)
        if field.strip()
    ]
