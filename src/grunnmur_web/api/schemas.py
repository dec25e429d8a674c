"""What the API answers with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Schema

Item = TypeVar("Item")


class Slice(Schema, Generic[Item]):
    """Part of a list: ``items`` from ``offset``, of ``total``."""

    total: int
    limit: int
    offset: int
    next: str | None
    prev: str | None
    items: list[Item]


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


class DocumentOut(Schema):
    """A document. ``sha256`` is of the current file; offsets elsewhere are into its text."""

    id: int
    title: str
    kind: str
    status: str
    date: date | None
    published_at: datetime | None
    illustration: bool
    plan: str | None
    unit: str | None
    zones: list[str]
    version: int | None
    sha256: str | None
    format: str | None
    language: str | None
    pages: int
    url: str


class PageOut(Schema):
    """One page with its text: the document's text from ``start`` to ``end``."""

    number: int
    kind: str
    label: str
    start: int
    end: int
    text: str


class SourceOut(Schema):
    """The document something stands in."""

    id: int
    title: str
    sha256: str


class FindingOut(Schema):
    """Something a document says; ``text[start:end]`` of the document is its passage."""

    id: int
    kind: str
    type: str
    text: str
    number: float | None
    unit: str
    period: str
    year: int | None
    org: str
    approx: bool
    state: str
    origin: str
    document: SourceOut
    page: int
    start: int
    end: int
    url: str


class FigureOut(Schema):
    """A number with unit, period (ISO 8601), who it is about, and where it stands."""

    id: int
    label: str
    number: float | None
    unit: str
    period: str
    org: str
    approx: bool
    state: str
    document: SourceOut
    page: int
    start: int
    end: int
    url: str


class HitOut(Schema):
    """A hit of a search; ``passage`` is the document's text from ``start`` to ``end``."""

    kind: str
    title: str
    passage: str
    document: int | None
    plan: str | None
    finding: int | None
    number: float | None
    unit: str | None
    period: str | None
    page: int
    start: int
    end: int
    url: str


class SearchOut(Slice[HitOut]):
    """Hits, best first. ``total`` counts all of them; the best 200 can be fetched."""

    kinds: dict[str, int]
    documents: dict[str, int]
    other_queries: list[str]


class UnitOut(Schema):
    """An organisational unit."""

    slug: str
    name: str
    kind: str
    parent: str | None


class ZoneOut(Schema):
    """A service zone."""

    slug: str
    name: str


class PlanOut(Schema):
    """A plan. ``next_revision`` is ISO 8601; ``edition`` is the number of the one that can be read now, if any."""

    slug: str
    name: str
    type: str
    status: str
    period_from: int | None
    period_to: int | None
    unit: str | None
    case_number: str
    adopted_on: date | None
    next_revision: str
    law: str
    progress: int | None
    edition: int | None
    url: str


class PlanSourceOut(Schema):
    """A passage that an element rests on: ``text[start:end]`` of the file with this checksum."""

    document: int
    sha256: str
    start: int
    end: int


class PlanElementOut(Schema):
    """An element of a published edition. ``id`` stays the same in all editions; ``number`` is that of this edition."""

    id: str
    number: str
    depth: int
    level: str
    text: str
    rationale: str
    unit: str | None
    sdg: list[str]
    target_group: str
    area: str
    step: str
    zones: list[str]
    indicators: str
    sources: list[PlanSourceOut]
    url: str


class KeyFigureOut(Schema):
    """A figure on the front page; ``status`` tells why there is no value, or how sure it is."""

    id: int
    label: str
    value: float | None
    unit: str
    status: str
    period: str
    comparison: str
    source_title: str
    source_locator: str
    url: str | None
