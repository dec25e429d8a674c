"""The editor: the tree as an outline, and one element at a time open for writing."""

from __future__ import annotations

from dataclasses import dataclass

from grunnmur.choices.plans.outline import parents
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Document, Plan, PlanElement, PlanLevel, PlanVersion, ReadState
from grunnmur_web.pages.plans.heads import PlanHead, plan_head
from grunnmur_web.pages.plans.history import act_word
from grunnmur_web.pages.plans.reading import SourceView, source_views
from grunnmur_web.permissions import visible_documents
from grunnmur_web.store.plans import history
from grunnmur_web.store.plans.outline import element_numbers, element_rows, outline_of
from grunnmur_web.words.plans import goals_text


@dataclass(frozen=True, slots=True)
class EditRow:
    """A row of the outline. ``above`` is the sibling above it, which it can be joined with or put under."""

    row: PlanElement
    number: str
    facts: str
    sources: int
    first: bool
    last: bool
    above: str | None


@dataclass(frozen=True, slots=True)
class Last:
    """The viewer's own last act, in words."""

    act: str
    about: str


@dataclass(frozen=True, slots=True)
class EditorPage:
    """Everything in the editor. ``opened`` is the element being written, with its sources."""

    head: PlanHead
    rows: tuple[EditRow, ...]
    levels: tuple[PlanLevel, ...]
    documents: tuple[Document, ...]
    last: Last | None
    opened: PlanElement | None
    sources: tuple[tuple[str, SourceView], ...]
    unpublished: bool


def editor_page(user: User, plan: Plan, opened: str = "") -> EditorPage:
    """The plan as it is worked on."""
    rows = element_rows(plan)
    chosen = next((row for row in rows if row.public_id == opened), None)
    last = history.last_act(plan, user)
    head = plan_head(user, plan, "plan-edit")
    newest = history.latest(plan)
    return EditorPage(
        head=head,
        rows=_rows(rows),
        levels=tuple(plan.levels.all()),
        documents=tuple(readable(user, plan)),
        last=Last(act_word(last.act).lower(), last.about) if last else None,
        opened=chosen,
        sources=_sources(user, chosen),
        unpublished=_differs(head.edition, newest),
    )


def readable(user: User, plan: Plan) -> list[Document]:
    """Documents the plan can be made from: its own first, then other plans that no plan owns."""
    read = visible_documents(user).filter(current__state=ReadState.READ)
    own = list(read.filter(plan=plan).order_by("title"))
    return own + list(read.filter(plan=None, kind="plan").order_by("title"))


def _differs(edition: PlanVersion | None, newest: PlanVersion | None) -> bool:
    return newest is not None and (edition is None or edition.snapshot != newest.snapshot)


def _rows(rows: list[PlanElement]) -> tuple[EditRow, ...]:
    outline, found = outline_of(rows), element_numbers(rows)
    above = parents(outline)
    siblings: dict[str | None, list[str]] = {}
    for id, parent in above.items():
        siblings.setdefault(parent, []).append(id)
    shown = []
    for row in rows:
        row_siblings = siblings[above[row.public_id]]
        place = row_siblings.index(row.public_id)
        shown.append(
            EditRow(
                row=row, number=found.get(row.public_id, ""), facts=_facts(row), sources=len(row.sources.all()),
                first=place == 0, last=place == len(row_siblings) - 1,
                above=row_siblings[place - 1] if place else None,
            )
        )  # fmt: skip
    return tuple(shown)


def _facts(row: PlanElement) -> str:
    parts = [row.unit.name if row.unit else "", row.target_group, row.get_step_display(), goals_text(row.sdg)]
    return " · ".join(part for part in parts if part)


def _sources(user: User, row: PlanElement | None) -> tuple[tuple[str, SourceView], ...]:
    """Each passage with what the form calls it: «12-340-378»."""
    if row is None:
        return ()
    places = [(one.version_id, one.start, one.end) for one in row.sources.all()]
    views = source_views(user, places)
    return tuple(("-".join(map(str, place)), views[place]) for place in places if place in views)
