"""The balance sheet: that every item that went in came somewhere, and from each new item back to its sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from grunnmur_web.models import MergedItem, Merging, Suggestion
from grunnmur_web.pages.merging.heads import MergingHead, merging_head
from grunnmur_web.pages.merging.sources import SourceView, source_views, with_relations
from grunnmur_web.permissions import Visitor
from grunnmur_web.store.findings import HitRate, total
from grunnmur_web.store.merging import figures
from grunnmur_web.store.merging.figures import BalanceSheet, BeforeAfter
from grunnmur_web.words.merging import level_word
from grunnmur_web.words.noticed import KINDS

PER_PAGE = 30
RATE_WORDS = {
    figures.PLACEMENT: _("Plassering av punkter"),
    figures.THEME: _("Navn på temaer"),
    **{kind: KINDS[kind] for kind in Suggestion.Kind.values if kind in KINDS},
}


@dataclass(frozen=True, slots=True)
class Traced:
    """A new item with all that stands behind it."""

    item: MergedItem
    level: str
    area: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class BalancePage:
    """The sheet, the figures, and one page of new items with their sources."""

    head: MergingHead
    sheet: BalanceSheet
    before_after: BeforeAfter
    rates: tuple[tuple[str, HitRate], ...]
    rate: HitRate | None
    left_out: int
    page: Page[MergedItem]
    items: tuple[Traced, ...]


def balance_page(user: Visitor, merging: Merging, number: str | None) -> BalancePage:
    """The machine's agreement with people is for those who work here."""
    head = merging_head(user, merging, "merging-balance")
    rates = figures.agreement(merging) if head.rights.inside else []
    order = ("theme__area", "theme__order", "theme", "order", "pk")
    page = Paginator(merging.items.select_related("theme").order_by(*order), PER_PAGE).get_page(number)
    return BalancePage(
        head=head,
        sheet=figures.balance_sheet(merging),
        before_after=figures.before_after(merging),
        rates=tuple((str(RATE_WORDS.get(rate.kind, rate.kind)), rate) for rate in rates),
        rate=total(rates),
        left_out=figures.left_out(merging.sources.all()).count(),
        page=page,
        items=_traced(user, merging, list(page)),
    )


def _traced(user: Visitor, merging: Merging, items: list[MergedItem]) -> tuple[Traced, ...]:
    rows = list(with_relations(merging.sources.filter(into__in=items)).order_by("plan__title", "start"))
    views = source_views(user, merging, rows)
    behind: dict[int | None, list[SourceView]] = defaultdict(list)
    for row in rows:
        behind[row.into_id].append(views[row.pk])
    titles = [area["title"] for area in merging.areas]
    return tuple(
        Traced(
            item, level_word(item.level), titles[item.theme.area] if item.theme.area < len(titles) else "",
            tuple(behind[item.pk]),
        )
        for item in items
    )  # fmt: skip
