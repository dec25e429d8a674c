"""The list of merges, and what one can be started from."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from grunnmur.choices.merging.model import Fate
from grunnmur_web.models import Document, DocumentKind, Merging, MergingPlan, ReadState, SourceItem
from grunnmur_web.permissions import (
    MergingAct,
    Visitor,
    can_merge,
    sees_suggestions,
    visible_documents,
    visible_mergings,
)


@dataclass(frozen=True, slots=True)
class MergingList:
    """The merges that the viewer may see; each row has ``plan_count``, ``item_count`` and ``undecided_count``."""

    rows: tuple[Merging, ...]
    may_start: bool
    inside: bool
    searchable: bool


def merging_list(user: Visitor) -> MergingList:
    """Newest first."""
    rows = visible_mergings(user).select_related("created_by")
    counted = rows.annotate(
        plan_count=_count(MergingPlan.objects.all()),
        item_count=_count(SourceItem.objects.all()),
        undecided_count=_count(SourceItem.objects.filter(fate=Fate.UNDECIDED)),
    )
    found = tuple(counted)
    has_items = any(row.state in {Merging.State.OPEN, Merging.State.FINISHED} for row in found)
    return MergingList(found, can_merge(user, MergingAct.START), sees_suggestions(user), has_items)


def plans_to_choose(user: Visitor) -> QuerySet[Document]:
    """Documents that have been read, plans first."""
    read = visible_documents(user).filter(current__state=ReadState.READ)
    return read.select_related("plan").defer("current__text").order_by("title", "pk")


def is_plan(document: Document) -> bool:
    """Whether it is chosen from the start."""
    return document.kind == DocumentKind.PLAN


def _count(rows: QuerySet[MergingPlan] | QuerySet[SourceItem]) -> Coalesce:
    own = rows.filter(merging=OuterRef("pk")).order_by().values("merging")
    return Coalesce(Subquery(own.annotate(count=Count("pk")).values("count")), 0)
