"""The extraction of a document as JSON, and the proof that every offset in it gives its passage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from grunnmur.knowledge.model import (
    Action,
    Element,
    Extraction,
    Figure,
    Heading,
    Law,
    Milestone,
    Service,
    Warning,
)
from grunnmur.sources.documents.model import Block, Document

Json: TypeAlias = dict[str, Any]
Wording: TypeAlias = Callable[[Warning], str]

KINDS = ("headings", "elements", "figures", "actions", "milestones", "laws", "services", "warnings")
WITHOUT_TEXT = ("figures", "warnings")


def extraction_json(document: Document, extraction: Extraction, wording: Wording) -> Json:
    """The object that ``grunnmur extract --json`` prints; ``wording`` gives the sentence of a warning."""
    return {
        "document": {
            "title": document.title,
            "format": document.format.value,
            "pages": len(document.pages),
            "sha256": document.sha256,
            "language": document.language,
        },
        "text": document.text,
        "headings": [_heading(item) for item in extraction.headings],
        "elements": [_element(item) for item in extraction.elements],
        "figures": [_figure(item) for item in extraction.figures],
        "actions": [_action(item) for item in extraction.actions],
        "milestones": [_milestone(item) for item in extraction.milestones],
        "laws": [_law(item) for item in extraction.laws],
        "services": [_service(item) for item in extraction.services],
        "warnings": [_warning(item, wording) for item in extraction.warnings],
    }


def document_json(document: Document) -> Json:
    """The object that ``grunnmur read --json`` prints: text, pages and blocks, all as offsets."""
    return {
        "title": document.title,
        "format": document.format.value,
        "sha256": document.sha256,
        "language": document.language,
        "text": document.text,
        "pages": [
            {
                "number": page.number, "kind": page.kind.value, "label": page.label, "hidden": page.hidden,
                "start": page.start, "end": page.end,
            }
            for page in document.pages
        ],
        "blocks": [_block(block) for block in document.blocks],
        "notices": [
            {"code": notice.code, "page": notice.page, "params": dict(notice.params)} for notice in document.notices
        ],
    }  # fmt: skip


def bad_offsets(result: Mapping[str, Any]) -> list[str]:
    """What in a result does not give its passage: one line for each, none when all is proven.

    ``text[start:end]`` must lie inside the text, begin and end with a visible character, and be the item's ``text``
    when white space is folded.
    """
    text = result["text"]
    return [
        f"{kind}[{index}] {problem}"
        for kind in KINDS
        for index, item in enumerate(result[kind])
        if (problem := _problem(text, item, needs_text=kind not in WITHOUT_TEXT))
    ]


def _problem(text: str, item: Mapping[str, Any], *, needs_text: bool) -> str:
    start, end = item["start"], item["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        return f"{start}..{end} is outside the text"
    passage = text[start:end]
    if passage != passage.strip():
        return f"{start}..{end} begins or ends with white space"
    if needs_text and " ".join(passage.split()) != item["text"]:
        return f"{start}..{end} is not {item['text'][:60]!r}"
    return ""


def _heading(item: Heading) -> Json:
    return {"text": item.text, "level": item.level, "page": item.page, "start": item.start, "end": item.end}


def _element(item: Element) -> Json:
    return {
        "type": item.type.value, "text": item.text, "label": item.label, "parent": item.parent,
        "page": item.page, "start": item.start, "end": item.end,
    }  # fmt: skip


def _figure(item: Figure) -> Json:
    return {
        "label": item.label, "number": _number(item.number), "unit": item.unit.value, "period": item.period,
        "org": item.org, "approx": item.approx, "page": item.page, "start": item.start, "end": item.end,
    }  # fmt: skip


def _action(item: Action) -> Json:
    return {
        "text": item.text,
        "org": item.org,
        "category": item.category.value if item.category else None,
        "effects": [{"year": effect.year, "nok": _number(effect.nok)} for effect in item.effects],
        "fte": None if item.fte is None else _number(item.fte),
        "page": item.page,
        "start": item.start,
        "end": item.end,
    }


def _milestone(item: Milestone) -> Json:
    return {"date": item.date, "text": item.text, "page": item.page, "start": item.start, "end": item.end}


def _law(item: Law) -> Json:
    return {"text": item.text, "start": item.start, "end": item.end}


def _service(item: Service) -> Json:
    return {"text": item.text, "org": item.org, "start": item.start, "end": item.end}


def _warning(item: Warning, wording: Wording) -> Json:
    return {"code": item.code, "message": wording(item), "start": item.start, "end": item.end}


def _block(block: Block) -> Json:
    found: Json = {"kind": block.kind.value, "page": block.page, "start": block.start, "end": block.end}
    if block.level:
        found["level"] = block.level
    if block.marker:
        found["marker"] = block.marker
    if block.cells:
        found["cells"] = _cells(block)
    return found


def _cells(block: Block) -> Sequence[Json]:
    return [
        {
            "row": cell.row, "column": cell.column, "rowspan": cell.rowspan, "colspan": cell.colspan,
            "header": cell.header, "start": cell.start, "end": cell.end,
        }
        for cell in block.cells
    ]  # fmt: skip


def _number(value: float) -> float | int:
    """Whole numbers without a decimal point, as they were written."""
    return int(value) if float(value).is_integer() else value
