"""One theme opened: its items, each with its sources side by side; and one item by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from grunnmur_web.models import MergedItem, MergedTheme, Merging, MergingComment, Suggestion
from grunnmur_web.pages.merging.heads import MergingHead, merging_head
from grunnmur_web.pages.merging.noticed import Noticed, noticed
from grunnmur_web.pages.merging.sources import SourceView, source_views, with_relations
from grunnmur_web.permissions import Visitor, visible_noticed
from grunnmur_web.words import dates
from grunnmur_web.words.merging import level_word, plan_share

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with its sources. ``why`` are likenesses between them; ``machine`` what the machine had written."""

    item: MergedItem
    level: str
    share: str
    sources: tuple[SourceView, ...]
    undecided: int
    written: str
    machine: str
    comments: tuple[MergingComment, ...]
    why: tuple[Noticed, ...] = ()

    @property
    def is_verbatim(self) -> bool:
        """Whether it says what its only source says, so that the words need not be shown twice."""
        return len(self.sources) == 1 and self.sources[0].passage == " ".join(self.item.text.split())


@dataclass(frozen=True, slots=True)
class ThemeView:
    """The page of a theme. ``others`` are where things can be moved to."""

    head: MergingHead
    theme: MergedTheme
    area: str
    page: Page[MergedItem]
    items: tuple[ItemView, ...]
    share: str
    undecided: int
    others: tuple[tuple[str, tuple[MergedTheme, ...]], ...]
    areas: tuple[tuple[int, str], ...]
    comments: tuple[MergingComment, ...]
    tensions: int


@dataclass(frozen=True, slots=True)
class ItemPage:
    """The page of one item. ``themes`` and ``items`` are where it, or a part of it, can go."""

    head: MergingHead
    view: ItemView
    themes: tuple[tuple[str, tuple[MergedTheme, ...]], ...]
    items: tuple[tuple[str, tuple[MergedItem, ...]], ...]
    tensions: int


def theme_view(user: Visitor, theme: MergedTheme, number: str | None) -> ThemeView:
    """The theme as ``user`` may see it."""
    merging = theme.merging
    head = merging_head(user, merging, "merging-detail")
    page = Paginator(_ordered(theme), PER_PAGE).get_page(number)
    all_sources = merging.sources.filter(into__theme=theme).order_by()
    fates = list(all_sources.values_list("plan", "fate"))
    return ThemeView(
        head=head,
        theme=theme,
        area=merging.areas[theme.area]["title"] if theme.area < len(merging.areas) else "",
        page=page,
        items=item_views(user, merging, list(page), head),
        share=plan_share(len({plan for plan, _ in fates}), head.plans),
        undecided=sum(fate == "undecided" for _, fate in fates),
        others=themes_by_area(merging, without=theme.pk),
        areas=tuple((index, area["title"]) for index, area in enumerate(merging.areas)),
        comments=tuple(theme.comments.select_related("by")) if head.rights.inside else (),
        tensions=_tensions(user, merging, sources__into__theme=theme),
    )


def item_page(user: Visitor, item: MergedItem) -> ItemPage:
    """One item as ``user`` may see it."""
    merging = item.merging
    head = merging_head(user, merging, "merging-detail")
    view = item_views(user, merging, [item], head)[0]
    return ItemPage(
        head=head,
        view=view,
        themes=themes_by_area(merging, without=item.theme_id) if head.rights.decide else (),
        items=items_by_theme(merging, without=item.pk) if head.rights.decide else (),
        tensions=_tensions(user, merging, sources__into=item),
    )


def item_views(user: Visitor, merging: Merging, items: Sequence[MergedItem], head: MergingHead) -> tuple[ItemView, ...]:
    """Items with their sources and comments."""
    rows = list(with_relations(merging.sources.filter(into__in=items)).order_by("plan__title", "start"))
    views = source_views(user, merging, rows)
    by_item: dict[int | None, list[SourceView]] = defaultdict(list)
    for row in rows:
        by_item[row.into_id].append(views[row.pk])
    comments: dict[int | None, list[MergingComment]] = defaultdict(list)
    if head.rights.inside:
        for comment in merging.comments.filter(item__in=items).select_related("by"):
            comments[comment.item_id].append(comment)
    why = _why(user, merging, by_item)
    return tuple(_item_view(item, by_item[item.pk], comments[item.pk], why.get(item.pk, []), head) for item in items)


def themes_by_area(merging: Merging, *, without: int | None = None) -> tuple[tuple[str, tuple[MergedTheme, ...]], ...]:
    """All themes but one, under the name of their area."""
    found: dict[int, list[MergedTheme]] = defaultdict(list)
    for theme in merging.themes.all():
        if theme.pk != without:
            found[theme.area].append(theme)
    return tuple((area["title"], tuple(found[index])) for index, area in enumerate(merging.areas) if found[index])


def items_by_theme(merging: Merging, *, without: int | None = None) -> tuple[tuple[str, tuple[MergedItem, ...]], ...]:
    """All items but one, under the name of their theme."""
    found: dict[str, list[MergedItem]] = defaultdict(list)
    for item in merging.items.select_related("theme").order_by("theme__area", "theme__order", "theme", "order", "pk"):
        if item.pk != without:
            found[item.theme.title].append(item)
    return tuple((title, tuple(items)) for title, items in found.items())


def _ordered(theme: MergedTheme) -> QuerySet[MergedItem]:
    """What most plans stand behind comes first."""
    counted = theme.items.annotate(behind=Count("sources__plan", distinct=True))
    return counted.select_related("edited_by", "theme").order_by("-behind", "order", "pk")


def _why(
    user: Visitor, merging: Merging, by_item: dict[int | None, list[SourceView]]
) -> dict[int | None, list[Noticed]]:
    """Likenesses between sources of the same item."""
    place = {view.row.pk: item for item, views in by_item.items() for view in views if len(views) > 1}
    pairs = visible_noticed(user, merging).filter(kind=Suggestion.Kind.PAIR, sources__in=list(place)).distinct()
    found: dict[int | None, list[Noticed]] = defaultdict(list)
    for one in noticed(user, merging, pairs, with_sources=False):
        homes = {place.get(pk) for pk in one.source_ids}
        if len(homes) == 1 and None not in homes:
            found[homes.pop()].append(one)
    return found


def _tensions(user: Visitor, merging: Merging, **about: MergedTheme | MergedItem) -> int:
    """Tensions that nobody has resolved."""
    rows = visible_noticed(user, merging).filter(kind=Suggestion.Kind.TENSION, state=Suggestion.State.OPEN, **about)
    return rows.distinct().count()


def _item_view(
    item: MergedItem, sources: list[SourceView], comments: list[MergingComment], why: list[Noticed], head: MergingHead
) -> ItemView:
    machine = (item.machine or {}).get("text", "")
    return ItemView(
        item=item,
        level=level_word(item.level),
        share=plan_share(len({view.row.plan_id for view in sources}), head.plans),
        sources=tuple(sources),
        undecided=sum(view.is_open for view in sources),
        written=_written(item) if head.rights.inside else "",
        machine=machine if head.rights.inside and item.edited_at and machine != item.text else "",
        comments=tuple(comments),
        why=tuple(why),
    )


def _written(item: MergedItem) -> str:
    if item.edited_at is None:
        return ""
    who = str(item.edited_by or _("noen som ikke er her lenger"))
    return _("Skrevet av %(who)s, %(when)s") % {"who": who, "when": dates.when(item.edited_at)}
