"""What every page of one merge has on top: what it is, how far it has come, and the way to its other pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from grunnmur.choices.merging.model import Fate
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Merging, MergingStep, Suggestion
from grunnmur_web.permissions import MergingAct, Visitor, merging_acts, sees_suggestions


@dataclass(frozen=True, slots=True)
class MergingRights:
    """What the viewer may do with this merge as it stands."""

    comment: bool
    decide: bool
    finish: bool
    reopen: bool
    publish: bool
    delete: bool
    inside: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the merge's pages."""

    name: str
    url: str
    here: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class MergingHead:
    """The merge with its counts. ``last`` is the viewer's own last decision, which can be taken back."""

    merging: Merging
    rights: MergingRights
    tabs: tuple[Tab, ...]
    plans: int
    total: int
    undecided: int
    open_tensions: int
    last: MergingStep | None

    @property
    def decided(self) -> int:
        """Source items that people have decided on."""
        return self.total - self.undecided


def rights_of(user: Visitor, merging: Merging) -> MergingRights:
    """What ``user`` may do with ``merging``."""
    acts = merging_acts(user, merging)
    return MergingRights(
        comment=MergingAct.COMMENT in acts,
        decide=MergingAct.DECIDE in acts,
        finish=MergingAct.FINISH in acts,
        reopen=MergingAct.REOPEN in acts,
        publish=MergingAct.PUBLISH in acts,
        delete=MergingAct.DELETE in acts,
        inside=sees_suggestions(user),
    )


def merging_head(user: Visitor, merging: Merging, page: str) -> MergingHead:
    """The top of the page named ``page`` (the name of its url)."""
    allowed = rights_of(user, merging)
    counts = merging.sources.aggregate(all=Count("pk"), undecided=Count("pk", filter=Q(fate=Fate.UNDECIDED)))
    unresolved = _unresolved(merging)
    return MergingHead(
        merging=merging,
        rights=allowed,
        tabs=tuple(_tabs(merging, page, unresolved, allowed)),
        plans=merging.plans.count(),
        total=counts["all"],
        undecided=counts["undecided"],
        open_tensions=unresolved.get(Suggestion.Kind.TENSION.value, 0),
        last=_last(user, merging) if allowed.decide else None,
    )


def _unresolved(merging: Merging) -> dict[str, int]:
    rows = merging.suggestions.filter(state=Suggestion.State.OPEN).order_by()
    return dict(rows.values_list("kind").annotate(Count("pk")))


def _last(user: Visitor, merging: Merging) -> MergingStep | None:
    assert isinstance(user, User)  # noqa: S101 (may decide)
    return merging.steps.filter(by=user, undone_at__isnull=True).first()


def _tabs(merging: Merging, page: str, unresolved: dict[str, int], allowed: MergingRights) -> list[Tab]:
    open_kinds = sum(unresolved.get(kind, 0) for kind in (Suggestion.Kind.TENSION, Suggestion.Kind.EXPIRED))
    pages: list[tuple[str, Any, int | None]] = [
        ("merging-detail", _("Temaer"), None),
        ("merging-fates", _("Hva ble det av?"), None),
        ("merging-balance", _("Regnskap"), None),
        (
            "merging-noticed",
            _("Må avklares") if allowed.inside else _("Avklart"),
            open_kinds if allowed.decide else None,
        ),
    ]
    if allowed.inside:
        pages.append(("merging-log", _("Logg"), None))
    return [Tab(str(name), reverse(url, args=[merging.pk]), url == page, count) for url, name, count in pages]
