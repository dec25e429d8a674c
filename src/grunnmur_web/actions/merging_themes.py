"""Decide about the themes of a merge: accept, name, place, join and split them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Manager, Max, QuerySet
from django.utils import timezone

from grunnmur.choices.merging.model import Fate
from grunnmur.kernel import BadInput
from grunnmur_web.accounts.models import User
from grunnmur_web.actions.merging_steps import decision, settle
from grunnmur_web.models import MergedItem, MergedTheme, SourceItem

TITLE_LENGTH = 200


def accept_theme(theme: MergedTheme, *, by: User) -> None:
    """Accept every suggestion in the theme in one step: its name and place, and where each source item stands."""
    with decision(theme.merging, "theme_accepted", theme.title, by=by, themes=[theme]):
        settle(SourceItem.objects.filter(into__theme=theme, fate=Fate.UNDECIDED), by)
        _decide(theme, by)


def rename_theme(theme: MergedTheme, title: str, *, by: User) -> None:
    """Give it another name. Raises BadInput ``needs-name``."""
    name = _name(title)
    with decision(theme.merging, "theme_renamed", f"{theme.title} → {name}", by=by, themes=[theme]):
        theme.title = name
        _decide(theme, by)


def place_theme(theme: MergedTheme, area: int, *, by: User) -> None:
    """Put it in another main area. Raises BadInput ``no-such-area``."""
    areas = theme.merging.areas
    if not 0 <= area < len(areas):
        raise BadInput("no-such-area")
    about = f"{theme.title} → {areas[area]['title']}"
    with decision(theme.merging, "theme_placed", about, by=by, themes=[theme]):
        theme.area = area
        theme.order = _last(theme.merging.themes.filter(area=area))
        _decide(theme, by)


def join_themes(theme: MergedTheme, into: MergedTheme, *, by: User) -> None:
    """Move everything in ``theme`` to another; its comments follow. Raises BadInput ``same-place``."""
    if theme.pk == into.pk or theme.merging_id != into.merging_id:
        raise BadInput("same-place")
    about = f"{theme.title} → {into.title}"
    with decision(theme.merging, "themes_joined", about, by=by, themes=[theme, into]):
        first = _last(into.items)
        for order, item in enumerate(theme.items.all()):
            MergedItem.objects.filter(pk=item.pk).update(theme=into, order=first + order)
        theme.comments.update(theme=into)
        _decide(into, by)


def split_theme(theme: MergedTheme, items: Collection[int], title: str, *, by: User) -> MergedTheme:
    """Move some of its items to a new theme beside it. Raises BadInput ``needs-name`` or ``nothing-chosen``."""
    name = _name(title)
    chosen = list(theme.items.filter(pk__in=items))
    if not chosen:
        raise BadInput("nothing-chosen")
    with decision(theme.merging, "theme_split", f"{theme.title} → {name}", by=by, themes=[theme]) as scope:
        made = MergedTheme.objects.create(
            merging=theme.merging, title=name, area=theme.area, order=theme.order, decided_by=by,
            decided_at=timezone.now(),
        )  # fmt: skip
        scope.themes.add(made.pk)
        MergedItem.objects.filter(pk__in=[item.pk for item in chosen]).update(theme=made)
    return made


def _decide(theme: MergedTheme, by: User) -> None:
    theme.decided_by, theme.decided_at = by, timezone.now()
    theme.save(update_fields=["title", "area", "order", "decided_by", "decided_at"])


def _name(title: str) -> str:
    name = " ".join(title.split())[:TITLE_LENGTH]
    if not name:
        raise BadInput("needs-name")
    return name


def _last(rows: QuerySet[Any] | Manager[Any]) -> int:
    return int(rows.aggregate(last=Max("order"))["last"] or 0) + 1
