"""What a document says, as the core makes a first tree of it."""

from __future__ import annotations

from grunnmur.choices.plans.drafting import DraftedPlan, Found, Section, drafted
from grunnmur.choices.plans.levels import LevelRole
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Document, Finding, FindingKind, FindingState, Origin, Plan, PlanSource
from grunnmur_web.permissions import visible_findings
from grunnmur_web.words import kinds
from grunnmur_web.words.plans import role_word

KINDS = (FindingKind.ELEMENT, FindingKind.ACTION)
# The plan's roles follow the kinds of element, but for these.
ROLES = {"theme": LevelRole.AREA}


def drafted_from(document: Document, user: User) -> DraftedPlan:
    """A tree of the elements and actions in force in the document's current version, as ``user`` sees them."""
    seen = visible_findings(user).filter(version=document.current_id, internal=False)
    rows = [row for row in seen.filter(kind__in=KINDS).order_by("start", "id") if row.state != FindingState.REJECTED]
    parents = _parents(document)
    headings = seen.filter(kind=FindingKind.HEADING).order_by("start", "id")
    sections = [Section(f"h{row.pk}", row.text, int(row.type or 1), row.start, row.end) for row in headings]
    return drafted([_found(row, parents) for row in rows], sections, role_word)


def already_in(plan: Plan, document: Document) -> set[tuple[int, int]]:
    """Passages of the document's current version that elements of the plan rest on."""
    rows = PlanSource.objects.filter(element__plan=plan, version=document.current_id)
    return set(rows.values_list("start", "end"))


def _parents(document: Document) -> dict[int, int]:
    """Which finding each element belongs to; the machine gives it as a place in its own list of elements."""
    machine = Finding.objects.filter(
        version=document.current_id, kind=FindingKind.ELEMENT, origin=Origin.MACHINE
    ).order_by("start", "id")
    rows = list(machine)
    found = {}
    for row in rows:
        place = (row.machine or {}).get("parent")
        if isinstance(place, int) and 0 <= place < len(rows) and rows[place].start <= row.start:
            found[row.pk] = rows[place].pk
    return found


def _found(row: Finding, parents: dict[int, int]) -> Found:
    value = (row.human if row.human is not None else row.machine) or {}
    role = LevelRole.ACTION if row.kind == FindingKind.ACTION else _role(row.type)
    parent = parents.get(row.pk)
    label = " ".join(str(value.get("label") or "").split()) if row.kind == FindingKind.ELEMENT else ""
    return Found(
        str(row.pk), role, " ".join(row.text.split()), row.start, row.end, label, str(parent) if parent else None
    )


def _role(type_: str) -> LevelRole:
    if type_ in ROLES:
        return ROLES[type_]
    return LevelRole(type_) if type_ in kinds.ELEMENTS else LevelRole.TEXT
