"""The plans that go into a merge: a document's text as everyone may read it, and its findings in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from grunnmur.knowledge.model import Action, ActionCategory, Effect, Element, ElementType, Extraction, Heading
from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.model import Document as ReadDocument
from grunnmur_web.models import DocumentVersion, Finding, FindingKind, FindingState, Origin
from grunnmur_web.store import documents

KINDS = (FindingKind.HEADING, FindingKind.ELEMENT, FindingKind.ACTION)


def plan_text(version: DocumentVersion, title: str) -> ReadDocument:
    """The document with what is meant only for those who work with it blanked out; offsets hold."""
    read = documents.load(version)
    spans = documents.internal_spans(read.pages, read.blocks)
    blocks = tuple(
        block
        for block in read.blocks
        if block.kind is not BlockKind.NOTE and not documents.touches(spans, block.start, block.end)
    )
    return replace(read, title=title, text=documents.blanked(read.text, 0, spans), blocks=blocks)


def extraction_in_force(version: DocumentVersion) -> Extraction:
    """Headings, elements and actions that nobody has rejected, with what people corrected in place of the machine's."""
    rows = list(version.findings.filter(kind__in=KINDS).order_by("start", "pk"))
    elements = [row for row in rows if row.kind == FindingKind.ELEMENT]
    machines = [row for row in elements if row.origin == Origin.MACHINE]
    kept = [row for row in elements if _in_force(row)]
    place = {row.pk: index for index, row in enumerate(kept)}
    return Extraction(
        headings=tuple(_heading(row) for row in rows if row.kind == FindingKind.HEADING and _in_force(row)),
        elements=tuple(_element(row, _parent(row, machines, place)) for row in kept),
        actions=tuple(_action(row) for row in rows if row.kind == FindingKind.ACTION and _in_force(row)),
    )


def _in_force(row: Finding) -> bool:
    return row.state != FindingState.REJECTED and not row.internal


def _parent(row: Finding, machines: Sequence[Finding], place: Mapping[int, int]) -> int | None:
    """The machine counts its parents among all it found; here they are counted among those in force."""
    index = (row.machine or {}).get("parent")
    if index is None or not 0 <= index < len(machines) or machines[index].start >= row.start:
        return None
    return place.get(machines[index].pk)


def _value(row: Finding) -> dict[str, Any]:
    return (row.human if row.human is not None else row.machine) or {}


def _heading(row: Finding) -> Heading:
    return Heading(row.text, int(_value(row).get("level") or 1), row.page, row.start, row.end)


def _element(row: Finding, parent: int | None) -> Element:
    value = _value(row)
    type_ = ElementType(value["type"]) if value.get("type") in set(ElementType) else ElementType.GOAL
    return Element(type_, row.text, row.page, row.start, row.end, value.get("label") or None, parent)


def _action(row: Finding) -> Action:
    value = _value(row)
    category = value.get("category")
    return Action(
        row.text, row.page, row.start, row.end, value.get("org") or None,
        ActionCategory(category) if category in set(ActionCategory) else None,
        tuple(Effect(effect.get("year"), float(effect["nok"])) for effect in value.get("effects") or []),
        value.get("fte"),
    )  # fmt: skip
