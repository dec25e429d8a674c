"""What the API answers with about merges of plans."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class BalanceOut(Schema):
    """What became of the items of a plan: ``incoming`` is the sum of the others; ``undecided`` holds the proposed."""

    incoming: int
    kept: int
    merged: int
    moved: int
    closed: int
    undecided: int


class MergedPlanOut(Schema):
    """A plan that went into a merge, as the version it was read from."""

    document: int
    title: str
    version: int
    sha256: str
    balance: BalanceOut


class MergeOut(Schema):
    """Plans becoming one."""

    id: int
    title: str
    state: str
    finished_at: datetime | None
    published_at: datetime | None
    areas: list[str]
    url: str


class MergeDetailOut(MergeOut):
    """A merge with its balance sheet."""

    plans: list[MergedPlanOut]
    balance: BalanceOut


class MergedItemOut(Schema):
    """An item of the new plan; ``sources`` are the ids of the source items it rests on."""

    id: int
    area: str
    theme: str
    level: str
    text: str
    step: str
    sources: list[int]
    url: str


class SourceItemOut(Schema):
    """An item of a plan that went in, with its passage and its fate. ``into`` is a merged item."""

    id: int
    document: int
    plan: str
    type: str
    number: str
    text: str
    page: int
    start: int
    end: int
    fate: str
    into: int | None
    reason: str
    decision: str
