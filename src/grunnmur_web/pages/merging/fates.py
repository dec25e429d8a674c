"""«Hva ble det av?»: every source item with its fate, filtered; within one merge, and across all one may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from grunnmur_web.accounts.models import User
from grunnmur_web.models import Finding, FindingKind, Merging, SourceItem
from grunnmur_web.pages.merging.heads import MergingHead, merging_head
from grunnmur_web.pages.merging.sources import SourceView, source_views, with_relations
from grunnmur_web.permissions import Visitor, visible_mergings
from grunnmur_web.store.merging.answers import LEFT_OUT, SourceFilters, select
from grunnmur_web.words.merging import FATES

PER_PAGE = 40
MOST_ANSWERS = 30
MERGED_KINDS = (FindingKind.ELEMENT, FindingKind.ACTION)
READABLE = (Merging.State.OPEN, Merging.State.FINISHED)


@dataclass(frozen=True, slots=True)
class FatesPage:
    """The list with what one can filter by."""

    head: MergingHead
    filters: SourceFilters
    page: Page[SourceItem]
    items: tuple[SourceView, ...]
    plans: tuple[tuple[int, str], ...]
    fates: tuple[tuple[str, str], ...]
    people: tuple[tuple[int, str], ...]
    is_narrowed: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of what was asked for, by merge. ``more`` are not shown."""

    text: str
    found: tuple[tuple[Merging, tuple[SourceView, ...]], ...]
    count: int
    finding: int | None = None

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.count - MOST_ANSWERS)


def fates_page(user: Visitor, merging: Merging, filters: SourceFilters, number: str | None) -> FatesPage:
    """In the order of the plans."""
    head = merging_head(user, merging, "merging-fates")
    rows = select(merging.sources.all(), filters).order_by("plan__title", "plan", "start", "pk")
    page = Paginator(with_relations(rows), PER_PAGE).get_page(number)
    views = source_views(user, merging, page)
    people = User.objects.filter(pk__in=merging.sources.order_by().values("decided_by")) if head.rights.inside else []
    return FatesPage(
        head=head,
        filters=filters,
        page=page,
        items=tuple(views[row.pk] for row in page),
        plans=tuple(merging.plans.values_list("pk", "title")),
        fates=(*((fate, str(word)) for fate, word in FATES.items()), (LEFT_OUT, "")),
        people=tuple((person.pk, str(person)) for person in people),
        is_narrowed=filters != SourceFilters(),
    )


def answers(user: Visitor, text: str, finding: int | None = None) -> Answers:
    """What became of what ``text`` names, or of one finding, in every merge that ``user`` may see."""
    seen = visible_mergings(user).filter(state__in=READABLE)
    rows = SourceItem.objects.filter(merging__in=seen)
    rows = rows.filter(finding=finding) if finding is not None else select(rows, SourceFilters(text=text))
    if not text and finding is None:
        rows = rows.none()
    found = _by_merging(user, with_relations(rows).select_related("merging", "plan", "into__theme", "decided_by"))
    return Answers(text, found, rows.count() if len(found) else 0, finding)


def followed(user: Visitor, findings: Iterable[Finding]) -> frozenset[int]:
    """Those of some findings whose fate ``user`` can look up."""
    asked = [finding.pk for finding in findings if finding.kind in MERGED_KINDS]
    if not asked:
        return frozenset()
    seen = visible_mergings(user).filter(state__in=READABLE)
    rows = SourceItem.objects.filter(merging__in=seen, finding__in=asked)
    return frozenset(pk for pk in rows.values_list("finding", flat=True) if pk is not None)


def _by_merging(user: Visitor, rows: QuerySet[SourceItem]) -> tuple[tuple[Merging, tuple[SourceView, ...]], ...]:
    shown: dict[int, list[SourceItem]] = {}
    for row in rows.order_by("-merging", "plan__title", "start", "pk")[:MOST_ANSWERS]:
        shown.setdefault(row.merging_id, []).append(row)
    found = []
    for some in shown.values():
        merging = some[0].merging
        views = source_views(user, merging, some)
        found.append((merging, tuple(views[row.pk] for row in some)))
    return tuple(found)
