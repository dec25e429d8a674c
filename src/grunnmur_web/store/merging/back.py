"""Rows → the core's merge, as it now stands: people's decisions in place of the machine's proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from grunnmur.choices.merging.model import (
    Expired,
    Gap,
    Merge,
    Missing,
    Pair,
    PairKind,
    Proposal,
    ProposedItem,
    SourcePlan,
    Tension,
    Term,
    Theme,
    Vocabulary,
)
from grunnmur_web.models import Merging, SourceItem, Suggestion
from grunnmur_web.store.merging.figures import outcome
from grunnmur_web.store.merging.items import item_of, passages_of
from grunnmur_web.store.merging.plans import plan_text
from grunnmur_web.store.merging.running import frame_of

Kind = Suggestion.Kind


def merge_of(merging: Merging, *, reviewed: bool = False) -> Merge:
    """The whole merge. What people have dismissed is left out, and with ``reviewed`` what nobody has looked at too."""
    sources = list(merging.sources.select_related("plan", "into").order_by("plan", "start", "pk"))
    noticed: dict[str, list[Suggestion]] = defaultdict(list)
    left_out = [Suggestion.State.DISMISSED, *([Suggestion.State.OPEN] if reviewed else [])]
    for row in merging.suggestions.exclude(state__in=left_out).prefetch_related("sources"):
        noticed[row.kind].append(row)
    return Merge(
        plans=_plans(merging),
        items=tuple(item_of(row) for row in sources),
        pairs=tuple(_pair(row) for row in noticed[Kind.PAIR]),
        tensions=tuple(_tension(row) for row in noticed[Kind.TENSION]),
        gaps=tuple(_gap(row) for row in noticed[Kind.GAP]),
        expired=tuple(_expired(row) for row in noticed[Kind.EXPIRED]),
        alone=tuple(source.key for row in noticed[Kind.ALONE] for source in row.sources.all()),
        vocabulary=tuple(_vocabulary(row) for row in noticed[Kind.VOCABULARY]),
        proposal=_proposal(merging, sources),
        outcomes=tuple(
            outcome(row.key, row.fate, _id(row.into_id) if row.into_id else None, row.reason) for row in sources
        ),
    )


def _plans(merging: Merging) -> tuple[SourcePlan, ...]:
    found = []
    for plan in merging.plans.select_related("version").order_by("pk"):
        read = plan_text(plan.version, plan.title)
        found.append(SourcePlan(plan.key, plan.title, plan.version.sha256, read.text, _period(plan.period)))
    return tuple(found)


def _period(years: str) -> str | None:
    return years.replace("–", "/") or None


def _id(item: int) -> str:
    return f"n{item}"


def _proposal(merging: Merging, sources: Sequence[SourceItem]) -> Proposal:
    themes = list(merging.themes.all())
    place = {theme.pk: index for index, theme in enumerate(themes)}
    behind: dict[int | None, list[SourceItem]] = defaultdict(list)
    for source in sources:
        behind[source.into_id].append(source)
    rows = sorted(merging.items.all(), key=lambda row: (place[row.theme_id], row.order, row.pk))
    items = tuple(
        ProposedItem(_id(row.pk), place[row.theme_id], row.level, row.text, tuple(one.key for one in behind[row.pk]))
        for row in rows
    )
    keys: dict[int, list[str]] = defaultdict(list)
    for item in items:
        keys[item.theme] += item.sources
    return Proposal(
        frame=frame_of(merging),
        themes=tuple(Theme(theme.title, tuple(theme.words), tuple(keys[index])) for index, theme in enumerate(themes)),
        areas=tuple(theme.area for theme in themes),
        items=items,
    )


def _pair(row: Suggestion) -> Pair:
    first, second = row.details["items"]
    shared = tuple((mine, other) for mine, other in row.details.get("shared", ()))
    return Pair(first, second, PairKind(row.code), row.score, shared)


def _tension(row: Suggestion) -> Tension:
    details = row.details
    passages = passages_of(details.get("passages", ()))
    return Tension(tuple(details["items"]), row.code, row.score, details.get("params", {}), passages)


def _gap(row: Suggestion) -> Gap:
    key = next(source.key for source in row.sources.all())
    return Gap(key, tuple(Missing(code) for code in row.details.get("missing", ())))


def _expired(row: Suggestion) -> Expired:
    details = row.details
    passage = passages_of(details["passages"])[0]
    return Expired(details["plan"], row.code, passage, details.get("item"), details.get("params", {}))


def _vocabulary(row: Suggestion) -> Vocabulary:
    terms = tuple(
        Term(term["text"], tuple(term["plans"]), passages_of(term["passages"])) for term in row.details["terms"]
    )
    return Vocabulary(terms, row.score)
