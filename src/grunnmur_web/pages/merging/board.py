"""The board: the main areas of the new plan, the themes in them and what stands in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from grunnmur.choices.merging.model import Fate
from grunnmur_web.models import MergedItem, MergedTheme, Merging
from grunnmur_web.words.merging import level_word, plan_share

SHOWN_ITEMS = 6


@dataclass(slots=True)
class Standing:
    """What stands behind an item or a theme."""

    plans: set[int] = field(default_factory=set)
    sources: int = 0
    undecided: int = 0

    def add(self, plan: int, fate: str) -> None:
        """One more source item."""
        self.plans.add(plan)
        self.sources += 1
        self.undecided += fate == Fate.UNDECIDED


@dataclass(frozen=True, slots=True)
class BoardItem:
    """An item of the new plan, in a line."""

    pk: int
    level: str
    text: str
    sources: int
    undecided: int


@dataclass(frozen=True, slots=True)
class BoardTheme:
    """A theme with its first items; ``more`` stand on its own page."""

    pk: int
    title: str
    area: int
    share: str
    count: int
    undecided: int
    comments: int
    is_suggestion: bool
    items: tuple[BoardItem, ...]

    @property
    def more(self) -> int:
        """Items that are not shown here."""
        return self.count - len(self.items)


@dataclass(frozen=True, slots=True)
class BoardArea:
    """A main area."""

    number: int
    title: str
    themes: tuple[BoardTheme, ...]
    count: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Board:
    """All areas, and source items that have no place."""

    areas: tuple[BoardArea, ...]
    homeless: int


def board(merging: Merging) -> Board:
    """Four questions, however large the merge is."""
    plans = merging.plans.count()
    items, by_theme = _items(merging), defaultdict(list)
    homeless = 0
    for into, plan, fate in merging.sources.order_by().values_list("into", "plan", "fate"):
        if into in items:
            items[into][1].add(plan, fate)
        homeless += into is None and fate == Fate.UNDECIDED
    for item, standing in items.values():
        by_theme[item.theme_id].append((item, standing))
    themes = [_theme(theme, by_theme[theme.pk], plans) for theme in _themes(merging)]
    areas = tuple(_area(number, area, themes) for number, area in enumerate(merging.areas))
    return Board(areas, homeless)


def _themes(merging: Merging) -> Sequence[MergedTheme]:
    return list(merging.themes.annotate(comment_count=Count("comments")))


def _items(merging: Merging) -> dict[int, tuple[MergedItem, Standing]]:
    rows = merging.items.only("merging", "theme", "level", "text", "order").order_by("order", "pk")
    return {row.pk: (row, Standing()) for row in rows}


def _theme(theme: MergedTheme, standing: Sequence[tuple[MergedItem, Standing]], plans: int) -> BoardTheme:
    behind = set().union(*(one.plans for _, one in standing))
    # What several plans want comes first.
    ordered = sorted(standing, key=lambda pair: (-len(pair[1].plans), pair[0].order))
    return BoardTheme(
        pk=theme.pk,
        title=theme.title,
        area=theme.area,
        share=plan_share(len(behind), plans),
        count=len(standing),
        undecided=sum(one.undecided for _, one in standing),
        comments=getattr(theme, "comment_count", 0),
        is_suggestion=theme.decided_at is None,
        items=tuple(
            BoardItem(item.pk, level_word(item.level), item.text, one.sources, one.undecided)
            for item, one in ordered[:SHOWN_ITEMS]
        ),
    )


def _area(number: int, area: Mapping[str, str], themes: Sequence[BoardTheme]) -> BoardArea:
    own = tuple(theme for theme in themes if theme.area == number)
    return BoardArea(
        number, area["title"], own, sum(theme.count for theme in own), sum(theme.undecided for theme in own)
    )
