"""What was done to a plan, and what changed from one version to another, element by element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grunnmur.choices.plans.changes import ElementChange, ElementChangeKind, changes
from grunnmur_web import audit
from grunnmur_web.models import MergedItem, Plan, PlanComment, PlanVersion
from grunnmur_web.pages.history import HistoryEntry
from grunnmur_web.store.plans import history as store
from grunnmur_web.store.plans import snapshot
from grunnmur_web.words.plans import FACTS

PER_PAGE = 30
MOST = 40
STEPS = dict(MergedItem.Step.choices)
ACTS: Mapping[str, Any] = {
    "began": gettext_lazy("Begynte"),
    "added": gettext_lazy("La til et punkt"),
    "written": gettext_lazy("Endret et punkt"),
    "moved_up": gettext_lazy("Flyttet opp"),
    "moved_down": gettext_lazy("Flyttet ned"),
    "moved_in": gettext_lazy("Rykket inn"),
    "moved_out": gettext_lazy("Rykket ut"),
    "moved": gettext_lazy("Flyttet"),
    "split": gettext_lazy("Delte et punkt"),
    "joined": gettext_lazy("Slo sammen to punkter"),
    "removed": gettext_lazy("Tok ut et punkt"),
    "undone": gettext_lazy("Angret"),
    "restored": gettext_lazy("Hentet tilbake en eldre versjon"),
    "made_from": gettext_lazy("Hentet punkter fra et dokument"),
    "levels": gettext_lazy("Endret nivåene"),
    "published": gettext_lazy("Publiserte en utgave"),
    "withdrawn": gettext_lazy("Trakk tilbake en utgave"),
    "created": gettext_lazy("La inn planen"),
    "changed": gettext_lazy("Endret opplysninger"),
    "commented": gettext_lazy("Fikk et innspill"),
    "moderated": gettext_lazy("Så på et innspill"),
    "answered": gettext_lazy("Svarte på et innspill"),
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in words: ``name`` is «1.2 Delmål», ``runs`` are (same|added|removed, words) of a new wording."""

    kind: str
    word: str
    name: str
    text: str
    runs: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """An act in the list."""

    version: PlanVersion
    act: str
    is_latest: bool


@dataclass(frozen=True, slots=True)
class VersionView:
    """What one act changed; ``more`` counts changes beyond those that are shown."""

    version: PlanVersion
    act: str
    rows: tuple[ChangeRow, ...]
    more: int
    is_latest: bool


WORDS: Mapping[ElementChangeKind, Any] = {
    ElementChangeKind.ADDED: gettext_lazy("Nytt"),
    ElementChangeKind.REMOVED: gettext_lazy("Tatt ut"),
    ElementChangeKind.REWORDED: gettext_lazy("Ny ordlyd"),
    ElementChangeKind.MOVED: gettext_lazy("Flyttet"),
    ElementChangeKind.OTHER: gettext_lazy("Endret"),
}


def version_page(plan: Plan, number: str | None) -> tuple[Page[Any], list[VersionRow]]:
    """Every remembered act, newest first."""
    rows = plan.versions.exclude(act="began").select_related("by").defer("snapshot").order_by("-id")
    page = Paginator(rows, PER_PAGE).get_page(number)
    last = store.latest(plan)
    shown = [VersionRow(row, act_word(row.act), last is not None and row.pk == last.pk) for row in page.object_list]
    return page, shown


def version_view(version: PlanVersion) -> VersionView:
    """What the act that made ``version`` changed."""
    earlier, last = store.before(version), store.latest(version.plan)
    rows = compared(earlier.snapshot if earlier else {"elements": [], "levels": []}, version.snapshot)
    return VersionView(
        version,
        act_word(version.act),
        tuple(rows[:MOST]),
        max(0, len(rows) - MOST),
        last is not None and last == version,
    )


def compared(old: snapshot.Snapshot, new: snapshot.Snapshot) -> list[ChangeRow]:
    """Every change from one snapshot to another, in the new one's order."""
    found = [_row(change) for change in changes(snapshot.versioned(old), snapshot.versioned(new))]
    if not found and snapshot.outline(old) != snapshot.outline(new):
        return [ChangeRow("moved", _("Flyttet"), "", _("Rekkefølgen er en annen."), (), ())]
    return found


def act_word(act: str) -> str:
    """«Flyttet opp»."""
    return str(ACTS.get(act, act))


def log_entries(plan: Plan) -> list[HistoryEntry]:
    """The latest rows of the log, for ``components/history.html``."""
    return [
        HistoryEntry(event.at, event.actor, act_word(event.act.partition(".")[2]), "", _about(event.new))
        for event in audit.history(plan)[:MOST]
    ]


def _about(values: Mapping[str, Any] | None) -> str:
    if not values:
        return ""
    if "about" in values:
        return str(values["about"])
    if "comment" in values:
        state = values.get("state")
        return str(PlanComment.State(state).label) if state else str(values.get("answer", ""))
    if "edition" in values:
        return _("utgave %(number)s") % {"number": values["edition"]}
    shown: Sequence[Any] = [value for value in values.values() if value not in ("", None, "None")]
    return ", ".join(", ".join(map(str, value)) if isinstance(value, list) else str(value) for value in shown)


def _row(change: ElementChange) -> ChangeRow:
    shown = change.new or change.old
    assert shown is not None  # noqa: S101 (a change has one side at least)
    name = f"{shown.number} {shown.level}".strip()
    facts = tuple(_fact(name, change) for name in change.facts)
    return ChangeRow(change.kind.value, str(WORDS[change.kind]), name, shown.text, change.runs, facts)


def _fact(name: str, change: ElementChange) -> tuple[str, str, str]:
    old, new = change.old, change.new
    assert old is not None and new is not None  # noqa: S101 (fields are compared between two)
    sides = [(side.level if name == "level" else (side.facts or {}).get(name, "")) for side in (old, new)]
    if name == "step":
        sides = [str(STEPS.get(side, side)) for side in sides]
    return str(FACTS.get(name, name)), sides[0], sides[1]
