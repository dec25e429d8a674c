"""What a document says ↔ rows: the machine's values, the columns in force, and decisions that are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from grunnmur.knowledge.model import Extraction
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.revision import Revision
from grunnmur_web.models import DocumentVersion, Finding, FindingKind, FindingState, Origin
from grunnmur_web.store.documents import internal_spans, storable, touches

Value = dict[str, Any]
Key = tuple[str, int, int]
PLACE = frozenset({"start", "end", "page", "passages"})
COLUMN_LIMITS = {"type": 30, "unit": 10, "period": 40, "org": 200}
# Headings carry the outline; they are not something that a person has to decide.
DECIDABLE = tuple(kind for kind in FindingKind if kind is not FindingKind.HEADING)
DECISION = ["state", "human", "decided_by_id", "decided_at"]


@dataclass(frozen=True, slots=True)
class HitRate:
    """How often people agreed with the machine: ``accepted`` of ``decided`` machine findings of one kind."""

    kind: str
    accepted: int
    decided: int

    @property
    def percent(self) -> float:
        """Share accepted, 0–100."""
        return 100 * self.accepted / self.decided


def columns(kind: str, value: Mapping[str, Any], passage: str) -> Value:
    """The columns in force for a value of the contract's shape; ``passage`` stands in for a value without text."""
    period = value.get("period") or value.get("date") or ""
    effects = value.get("effects") or []
    first_year = next((effect["year"] for effect in effects if effect.get("year")), None)
    row: Value = {
        "type": value.get("type") or value.get("category") or value.get("code") or "",
        "text": value.get("text") or value.get("label") or passage,
        "number": value.get("number"),
        "unit": value.get("unit") or "",
        "period": period,
        "year": _year(period) or first_year,
        "org": value.get("org") or "",
        "approx": bool(value.get("approx")),
    }
    if kind == FindingKind.HEADING:
        row["type"] = str(value.get("level", ""))
    return row | {name: row[name][:limit] for name, limit in COLUMN_LIMITS.items()}


def apply(finding: Finding, passage: str) -> None:
    """Set the columns of ``finding`` from the value in force: a person's if there is one, else the machine's."""
    value = finding.human if finding.human is not None else finding.machine
    for name, content in columns(finding.kind, value or {}, passage).items():
        setattr(finding, name, content)


def rows_from(version: DocumentVersion, document: Document, extraction: Extraction) -> list[Finding]:
    """One unsaved suggestion for each thing found, in order of place."""
    found = [
        _row(version, document, kind, item)
        for kind, items in _by_kind(extraction).items()
        for item in items
        if 0 <= item.start < item.end <= len(document.text)
    ]
    spans = internal_spans(document.pages, document.blocks)
    for finding in found:
        finding.internal = any(touches(spans, *place) for place in _places(finding))
    return sorted(found, key=lambda finding: (finding.start, finding.kind))


def replace_suggestions(version: DocumentVersion, suggestions: list[Finding], moved: Revision | None) -> None:
    """Put new suggestions in place of the old ones; what people decided stays, matched by kind and passage.

    ``moved`` is how the text changed since the last reading of the same file, None when it did not.
    """
    decided = list(version.findings.exclude(state=FindingState.SUGGESTED))
    if moved is not None:
        decided = _follow(decided, moved)
    version.findings.filter(state=FindingState.SUGGESTED).delete()
    taken = {key_of(finding) for finding in decided}
    Finding.objects.bulk_create([row for row in suggestions if key_of(row) not in taken], batch_size=500)


def carry_over(old: DocumentVersion, new: DocumentVersion, revision: Revision) -> int:
    """Copy decisions to passages that stand unchanged in the new version; returns how many."""
    suggestions = {key_of(finding): finding for finding in new.findings.filter(state=FindingState.SUGGESTED)}
    changed: list[Finding] = []
    made: list[Finding] = []
    for finding in old.findings.exclude(state=FindingState.SUGGESTED):
        place = revision.relocate(finding.start, finding.end)
        if place is None:
            continue
        target = suggestions.pop((finding.kind, *place), None)
        if target is None and _is_settled(finding):
            continue
        (changed if target else made).append(_carried(finding, target, new, place, old.number))
    Finding.objects.bulk_update(changed, [*DECISION[:2], "decided_by", "decided_at", "carried_from", *_COLUMNS])
    Finding.objects.bulk_create(made, batch_size=500)
    return len(changed) + len(made)


def key_of(finding: Finding) -> Key:
    """What makes two findings the same one."""
    return finding.kind, finding.start, finding.end


def to_decide(version_ids: Iterable[int]) -> dict[int, int]:
    """Suggestions that wait for a person, by version."""
    waiting = Finding.objects.filter(version__in=version_ids, state=FindingState.SUGGESTED, kind__in=DECIDABLE)
    counts = waiting.order_by().values("version").annotate(count=Count("pk"))
    return {row["version"]: row["count"] for row in counts}


def hit_rates(findings: QuerySet[Finding]) -> list[HitRate]:
    """Per kind, where anything is decided; decisions that were carried over count once, where they were made."""
    decided = findings.filter(origin=Origin.MACHINE, carried_from__isnull=True).exclude(state=FindingState.SUGGESTED)
    accepted = Count("pk", filter=Q(state=FindingState.ACCEPTED))
    rows = decided.order_by().values("kind").annotate(decided=Count("pk"), accepted=accepted)
    rates = {row["kind"]: HitRate(row["kind"], row["accepted"], row["decided"]) for row in rows}
    return [rates[kind] for kind in FindingKind if kind in rates]


def total(rates: list[HitRate]) -> HitRate | None:
    """All kinds together; None when nothing is decided."""
    if not rates:
        return None
    return HitRate("", sum(rate.accepted for rate in rates), sum(rate.decided for rate in rates))


_COLUMNS = ["type", "text", "number", "unit", "period", "year", "org", "approx"]
_LISTS: dict[FindingKind, str] = {
    FindingKind.HEADING: "headings",
    FindingKind.ELEMENT: "elements",
    FindingKind.FIGURE: "figures",
    FindingKind.ACTION: "actions",
    FindingKind.MILESTONE: "milestones",
    FindingKind.LAW: "laws",
    FindingKind.SERVICE: "services",
    FindingKind.WARNING: "warnings",
}


def _by_kind(extraction: Extraction) -> dict[FindingKind, tuple[Any, ...]]:
    return {kind: getattr(extraction, name) for kind, name in _LISTS.items()}


def _row(version: DocumentVersion, document: Document, kind: FindingKind, item: Any) -> Finding:
    machine = {name: _plain(value) for name, value in asdict(item).items() if name not in PLACE}
    if kind is FindingKind.WARNING:
        machine["passages"] = [list(passage) for passage in item.passages]
    finding = Finding(
        version=version, kind=kind.value, start=item.start, end=item.end, page=document.page_at(item.start),
        machine=machine,
    )  # fmt: skip
    apply(finding, _folded(document.text[item.start : item.end]))
    return finding


def _places(finding: Finding) -> list[tuple[int, int]]:
    """The passage, and for a warning the others it tells about."""
    others = (finding.machine or {}).get("passages") or []
    return [(finding.start, finding.end), *((start, end) for start, end in others)]


def _plain(value: Any) -> Any:
    """What JSON can hold."""
    if isinstance(value, str):
        return storable(str(value))
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _follow(decided: list[Finding], moved: Revision) -> list[Finding]:
    """Move decisions to where their passage now stands; those without one are let go with their passage."""
    kept: dict[bool, list[Finding]] = defaultdict(list)
    for finding in decided:
        place = moved.relocate(finding.start, finding.end)
        if place:
            finding.start, finding.end = place
        kept[place is not None].append(finding)
    Finding.objects.bulk_update(kept[True], ["start", "end"], batch_size=500)
    Finding.objects.filter(pk__in=[finding.pk for finding in kept[False]]).delete()
    return kept[True]


def _is_settled(finding: Finding) -> bool:
    """What was rejected, or did not add up, and is not found again needs no row in the new version."""
    return finding.state == FindingState.REJECTED or finding.kind == FindingKind.WARNING


def _carried(
    finding: Finding, target: Finding | None, new: DocumentVersion, place: tuple[int, int], number: int
) -> Finding:
    row = target or Finding(
        version=new, kind=finding.kind, origin=finding.origin, machine=finding.machine, start=place[0], end=place[1]
    )  # fmt: skip
    for name in DECISION:
        setattr(row, name, getattr(finding, name))
    row.carried_from = finding.carried_from or number
    row.internal = row.internal or finding.internal
    if target is None:
        row.page = _page_at(new, place[0])
    apply(row, _folded(new.text[slice(*place)]))
    return row


def _page_at(version: DocumentVersion, offset: int) -> int:
    page = version.pages.filter(start__lte=offset).order_by("-number").values_list("number", flat=True).first()
    return page or 1


def _year(period: str) -> int | None:
    return int(period[:4]) if period[:4].isdigit() else None


def _folded(text: str) -> str:
    return " ".join(text.split())
