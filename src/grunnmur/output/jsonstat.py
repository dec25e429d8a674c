"""Figures as a JSON-stat 2.0 dataset: what each figure is by period, with units, status and the passage it stands in.

Figures are the metric dimension, one category for each; periods are the time dimension. The cube is written sparse,
since a figure has one period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

WITHOUT_PERIOD = "-"


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A figure with where it stands. ``period`` is ISO 8601 or empty; ``state`` tells who has looked at it.

    ``start`` and ``end`` are offsets into the canonical text of the file with that SHA-256.
    """

    id: int
    label: str
    number: float | None
    unit: str
    period: str
    org: str
    approx: bool
    state: str
    document_id: int
    document: str
    sha256: str
    page: int
    start: int
    end: int
    passage: str = ""


def to_jsonstat(
    records: Sequence[FigureRecord],
    *,
    label: str,
    source: str,
    updated: datetime,
    unit_words: dict[str, str],
    period_words: dict[str, str],
) -> dict[str, Any]:
    """The dataset, ready for JSON. ``unit_words`` and ``period_words`` are labels in the reader's language."""
    periods = sorted({record.period or WITHOUT_PERIOD for record in records}) or [WITHOUT_PERIOD]
    place = {period: number for number, period in enumerate(periods)}
    cells = {
        str(row * len(periods) + place[record.period or WITHOUT_PERIOD]): record for row, record in enumerate(records)
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": label,
        "source": source,
        "updated": updated.isoformat(timespec="seconds"),
        "id": ["figure", "period"],
        "size": [len(records), len(periods)],
        "role": {"metric": ["figure"], "time": ["period"]},
        "dimension": {
            "figure": {"label": label, "category": _figures(records, unit_words)},
            "period": {
                "category": {"index": periods, "label": {code: period_words.get(code, code) for code in periods}}
            },
        },
        "value": {cell: record.number for cell, record in cells.items() if record.number is not None},
        "status": {cell: status_of(record) for cell, record in cells.items()},
        "extension": {"figures": {str(record.id): _source_of(record) for record in records}},
    }


def status_of(record: FigureRecord) -> str:
    """Whether there is a number, and how sure it is, in the words of the kernel."""
    if record.number is None:
        return "missing"
    return "approximate" if record.approx else "observed"


def decimals(value: float | None) -> int:
    """How many decimals a number is written with, at most six."""
    return 0 if value is None else len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _figures(records: Sequence[FigureRecord], unit_words: dict[str, str]) -> dict[str, Any]:
    return {
        "index": [str(record.id) for record in records],
        "label": {str(record.id): record.label for record in records},
        "unit": {
            str(record.id): {
                "base": record.unit,
                "label": unit_words.get(record.unit, record.unit),
                "decimals": decimals(record.number),
            }
            for record in records
        },
    }


def _source_of(record: FigureRecord) -> dict[str, Any]:
    return {
        "org": record.org or None,
        "state": record.state,
        "document": {"id": record.document_id, "title": record.document, "sha256": record.sha256},
        "passage": {"page": record.page, "start": record.start, "end": record.end, "text": record.passage},
    }
