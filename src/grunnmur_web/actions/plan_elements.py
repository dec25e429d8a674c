"""Change the elements of a plan: each act is one transaction, logged, remembered, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from grunnmur.choices.plans import outline as core
from grunnmur.choices.plans.outline import Node, Outline, OutlineError, Placement
from grunnmur.choices.plans.sdg import read_goals
from grunnmur.kernel import BadInput
from grunnmur_web import audit
from grunnmur_web.accounts.models import User
from grunnmur_web.actions.plans import set_levels_of
from grunnmur_web.models import Document, Plan, PlanElement, PlanLevel, PlanVersion
from grunnmur_web.models.plan_elements import public_id
from grunnmur_web.permissions import Act as DocumentAct
from grunnmur_web.permissions import PlanAct, can, require_plan
from grunnmur_web.store.plans import history, snapshot
from grunnmur_web.store.plans.finding import already_in, drafted_from
from grunnmur_web.store.plans.outline import read_outline, write_outline

MOST_PARTS = 50
COLUMNS = ("text", "rationale", "level", "unit", "sdg", "target_group", "area", "step", "indicators")
WAYS: Mapping[str, Callable[[Outline, str], Outline]] = {
    "up": lambda outline, id: core.step(outline, id, -1),
    "down": lambda outline, id: core.step(outline, id, 1),
    "in": core.indent,
    "out": core.outdent,
}
OUTLINE_CODES = {"unknown": "plan-element-gone", "first": "plan-nothing-above", "top": "plan-at-the-top"}


@dataclass(frozen=True, slots=True)
class Log:
    """What the log gets to know about an act, filled in while it is done."""

    old: dict[str, Any]
    new: dict[str, Any]


@contextmanager
def changing(plan: Plan, act: str, about: str, *, by: User, why: str = "") -> Iterator[tuple[Plan, Log]]:
    """One act on a plan that is held meanwhile. Raises BadInput for moves that leave no tree."""
    with transaction.atomic():
        held = Plan.objects.select_for_update().get(pk=plan.pk)
        require_plan(by, PlanAct.EDIT, held)
        log = Log({}, {"about": " ".join(about.split())[:120]})
        try:
            yield held, log
        except OutlineError as error:
            raise BadInput(OUTLINE_CODES.get(error.code, "plan-no-such-place")) from error
        if history.keep(held, act, about, by, why=why):
            audit.record(f"plan.{act}", held, by=by, old=log.old or None, new=log.new)


def add(plan: Plan, text: str, level: PlanLevel, placement: Placement, target: str | None, *, by: User) -> PlanElement:
    """A new element beside or under another; first in a plan that has none. Raises BadInput ``needs-text``."""
    words = _needed(text)
    with changing(plan, "added", words, by=by) as (held, _log):
        outline = read_outline(held)
        row = _new(held, words, level, by)
        node = Node(row.public_id, 0, level.numbered)
        write_outline(held, core.insert(outline, node, placement, target) if target and outline else (*outline, node))
    return row


def write(element: PlanElement, given: Mapping[str, Any], version: int, *, by: User) -> None:
    """Set what an element says (:data:`COLUMNS`, ``zones`` and ``sources``).

    Raises BadInput ``wording-changed`` when it is no longer the ``version`` the writer began with.
    """
    text = _needed(given.get("text", element.text))
    with changing(element.plan, "written", text, by=by) as (held, log):
        row = held.elements.select_related("level", "unit").filter(pk=element.pk).first()
        if row is None:
            raise BadInput("plan-element-gone")
        if row.version != version:
            raise BadInput("wording-changed")
        _set(row, {**given, "text": text}, log, by)


def rearrange(plan: Plan, id: str, way: str, *, by: User) -> None:
    """Move an element with all below it: ``up``, ``down``, ``in`` (under the one above) or ``out``."""
    with changing(plan, f"moved_{way}", _name(plan, id), by=by) as (held, _log):
        outline = read_outline(held)
        write_outline(held, WAYS[way](outline, id))


def move(plan: Plan, id: str, placement: Placement, target: str, *, by: User) -> None:
    """Put an element with all below it beside or under another."""
    with changing(plan, "moved", _name(plan, id), by=by) as (held, _log):
        write_outline(held, core.move(read_outline(held), id, placement, target))


def split(element: PlanElement, parts: Sequence[str], version: int, *, by: User) -> list[PlanElement]:
    """Make several of one: it keeps the first part, and the rest follow it at the same level with the same sources.

    Raises BadInput ``nothing-to-split`` for fewer than two parts, ``too-many-parts`` for more than fifty.
    """
    words = [part.strip() for part in parts if part.strip()]
    if len(words) < 2:
        raise BadInput("nothing-to-split")
    if len(words) > MOST_PARTS:
        raise BadInput("too-many-parts", limit=MOST_PARTS)
    with changing(element.plan, "split", words[0], by=by) as (held, log):
        row = _current(held, element, version)
        places = _places(row)
        outline, after, made = read_outline(held), row.public_id, []
        _set(row, {"text": words[0]}, log, by)
        for part in words[1:]:
            new = _new(held, part, row.level, by, unit=row.unit, area=row.area, step=row.step)
            snapshot.put_sources(new, places)
            node = Node(new.public_id, 0, row.level.numbered)
            outline, after = core.insert(outline, node, Placement.AFTER, after), new.public_id
            made.append(new)
        write_outline(held, outline)
    return made


def join(plan: Plan, kept: str, joined: str, *, by: User) -> None:
    """Join one element into another, which gets its words, its sources and what stood under it."""
    with changing(plan, "joined", _name(plan, kept), by=by) as (held, log):
        outline = core.join(read_outline(held), kept, joined)
        first, second = held.elements.get(public_id=kept), held.elements.get(public_id=joined)
        texts = {
            "text": f"{first.text}\n{second.text}",
            "rationale": "\n".join(part for part in (first.rationale, second.rationale) if part),
            "sdg": list(read_goals(" ".join([*first.sdg, *second.sdg]))),
            "sources": [place for row in (first, second) for place in _places(row)],
        }
        second.delete()
        _set(first, texts, log, by)
        write_outline(held, outline)


def remove(plan: Plan, id: str, *, by: User) -> None:
    """Take an element out; what stood under it moves up to its place."""
    with changing(plan, "removed", _name(plan, id), by=by) as (held, log):
        outline = core.remove(read_outline(held), id)
        row = held.elements.get(public_id=id)
        log.old["text"] = row.text
        row.delete()
        write_outline(held, outline)


def undo(plan: Plan, *, by: User) -> PlanVersion:
    """Take back one's own last act. Raises BadInput ``nothing-to-undo``, ``plan-changed-since``."""
    with changing(plan, "undone", "", by=by) as (held, log):
        last = history.last_act(held, by)
        if last is None:
            raise BadInput("nothing-to-undo")
        if not history.take_back(last):
            raise BadInput("plan-changed-since")
        last.undone = True
        last.save(update_fields=["undone"])
        log.new["about"], log.new["undone"] = last.about[:120], last.act
    return last


def restore(plan: Plan, version: PlanVersion, *, by: User, why: str = "") -> None:
    """Let the plan be as it was in an earlier version; that too can be taken back."""
    if version.plan_id != plan.pk:
        raise BadInput("plan-element-gone")
    with changing(plan, "restored", f"{timezone.localtime(version.at):%Y-%m-%d %H:%M}", by=by, why=why) as (held, log):
        log.new["version"] = version.pk
        history.restore(held, version.snapshot)


def make_from(plan: Plan, document: Document, *, by: User) -> int:
    """Add the document's elements and actions in force as a tree, each with its passages; how many were added.

    Passages that elements of the plan rest on already are left out. Raises BadInput ``no-elements``.
    """
    if not can(by, DocumentAct.VIEW, document):
        raise BadInput("no-elements")
    with changing(plan, "made_from", document.title, by=by) as (held, log):
        draft, known = drafted_from(document, by), already_in(held, document)
        fresh = [element for element in draft.elements if not known.intersection(element.passages)]
        if not fresh:
            raise BadInput("no-elements")
        set_levels_of(held, draft.levels)
        levels = {level.name: level for level in held.levels.all()}
        rows = {one.id: _new(held, one.text, levels[one.level.name[:60]], by) for one in fresh}
        for one in fresh:
            snapshot.put_sources(rows[one.id], [(document.current_id or 0, start, end) for start, end in one.passages])
        write_outline(held, read_outline(held)[: -len(rows)] + _placed(draft.outline, rows))
        log.new["elements"] = len(rows)
    return len(rows)


def _placed(outline: Outline, rows: Mapping[str, PlanElement]) -> Outline:
    """The drafted outline without what the plan has already, under the names its rows got."""
    for node in outline:
        if node.id not in rows:
            outline = core.remove(outline, node.id)
    return tuple(Node(rows[node.id].public_id, node.depth, node.numbered) for node in outline)


def _new(plan: Plan, text: str, level: PlanLevel, by: User, **more: Any) -> PlanElement:
    return PlanElement.objects.create(
        plan=plan, public_id=public_id(), order=plan.elements.count(), level=level, text=text, edited_by=by,
        edited_at=timezone.now(), **more,
    )  # fmt: skip


def _set(row: PlanElement, given: Mapping[str, Any], log: Log, by: User) -> None:
    for name in (name for name in COLUMNS if name in given):
        if getattr(row, name) != given[name]:
            log.old[name], log.new[name] = _plain(getattr(row, name)), _plain(given[name])
            setattr(row, name, given[name])
    row.version += 1
    row.edited_by, row.edited_at = by, timezone.now()
    row.save()
    if "zones" in given:
        row.zones.set(given["zones"])
    if "sources" in given:
        snapshot.put_sources(row, given["sources"])


def _current(plan: Plan, element: PlanElement, version: int) -> PlanElement:
    row = plan.elements.select_related("level").filter(pk=element.pk).first()
    if row is None:
        raise BadInput("plan-element-gone")
    if row.version != version:
        raise BadInput("wording-changed")
    return row


def _places(row: PlanElement) -> list[tuple[int, int, int]]:
    return list(row.sources.values_list("version", "start", "end"))


def _name(plan: Plan, id: str) -> str:
    return plan.elements.filter(public_id=id).values_list("text", flat=True).first() or ""


def _needed(text: str) -> str:
    words = str(text).strip()
    if not words:
        raise BadInput("needs-text")
    return words


def _plain(value: Any) -> Any:
    return value if isinstance(value, list | int | None) else str(value)
