"""A report as a tagged PDF (PDF/UA-1) through Typst: the report is data to a fixed template, never markup."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import typst

from grunnmur.output.reports.model import (
    GridBlock,
    HeadingBlock,
    ListingBlock,
    ParagraphBlock,
    QuoteBlock,
    Report,
    ReportBlock,
    Runs,
)
from grunnmur.output.tables import writable

# Letters that the fonts in the template have; PDF/UA refuses a file with a letter that can't be drawn.
_NOT_DRAWN = re.compile(r"[^\n\x20-\x7e\xa1-\u017f\u0391-\u03a9\u03b1-\u03c9\u0410-\u044f\u2010-\u2026\u2030€−≤≥]")
STAND_IN = "?"


def to_pdf(report: Report, made: datetime | None = None) -> bytes:
    """The file. ``made`` is written as its date (the same report and date give the same bytes).

    Letters from scripts the fonts lack are shown as «?» there; the other formats have them all.
    """
    made = made or datetime.now(UTC)
    anchors = {block.anchor for block in report.headings() if block.anchor}
    whole = json.dumps(_report(report, anchors), ensure_ascii=False)
    try:
        return _compile(whole, made)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(_NOT_DRAWN.sub(STAND_IN, whole), made)


def _compile(report: str, made: datetime) -> bytes:
    template = files("grunnmur.output.reports").joinpath("report.typ").read_bytes()
    content = typst.compile(
        template,
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=int(made.timestamp()),
        sys_inputs={"report": report},
    )
    return bytes(content)


def _report(report: Report, anchors: set[str]) -> dict[str, Any]:
    return {
        # A tagged PDF without a title is refused.
        "title": writable(report.title).strip() or "–",
        "subtitle": writable(report.subtitle),
        "notice": writable(report.notice),
        "language": report.language,
        "facts": [[writable(name), writable(value)] for name, value in report.facts],
        "contents": writable(report.labels.contents),
        "page": writable(report.labels.page),
        "of": writable(report.labels.of),
        "footer": writable(report.labels.footer),
        "blocks": [_block(block, anchors) for block in report.blocks],
    }


def _block(block: ReportBlock, anchors: set[str]) -> dict[str, Any]:
    match block:
        case HeadingBlock():
            text = writable(f"{block.number} {block.text}".strip())
            return {"kind": "heading", "level": min(block.level, 4), "text": text, "anchor": block.anchor}
        case ParagraphBlock():
            return {"kind": "paragraph", "tone": block.tone.value, "runs": _runs(block.runs, anchors)}
        case QuoteBlock():
            return {"kind": "quote", "text": writable(block.text), "source": writable(block.source)}
        case ListingBlock():
            return {"kind": "listing", "items": [_runs(item, anchors) for item in block.items]}
        case GridBlock():
            return {
                "kind": "grid",
                "caption": writable(block.caption),
                "head": [writable(text) for text in block.head],
                "rows": [[_runs(runs, anchors) for runs in row] for row in block.rows],
                "numeric": [column in block.numeric for column in range(len(block.head))],
                "widths": list(block.widths or (1,) * len(block.head)),
            }


def _runs(runs: Runs, anchors: set[str]) -> list[dict[str, Any]]:
    """Runs with only the links that lead somewhere: a tagged PDF must not point at nothing."""
    return [
        {
            "text": writable(run.text),
            "bold": run.bold,
            "italic": run.italic,
            "anchor": run.href[1:] if run.href.startswith("#") and run.href[1:] in anchors else "",
            "url": run.href if run.href.startswith(("https://", "http://")) else "",
        }
        for run in runs
        if run.text
    ]
