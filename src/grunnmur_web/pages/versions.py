"""The versions of a document, and what changed from one to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grunnmur.sources.documents.revision import Change, ChangeKind, Revision, compare, word_changes
from grunnmur_web.models import Document, DocumentVersion, Finding, FindingKind, FindingState
from grunnmur_web.store import documents
from grunnmur_web.words import numbers

# Unchanged text is left out but for what stands right before and after a change.
AROUND = 1
MOST_SHOWN = 400


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """The same figure with another value; the texts are ready to show."""

    label: str
    old: str
    new: str
    old_id: int
    new_id: int
    new_page: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A unit of text: ``runs`` are (same|added|removed, words); ``gap`` units were left out before it."""

    kind: str
    page: int
    heading: bool
    runs: tuple[tuple[str, str], ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from ``old`` to ``new``. ``more`` counts changes beyond those that are shown."""

    old: DocumentVersion
    new: DocumentVersion
    added: int
    removed: int
    changed: int
    same: int
    figures: tuple[ChangedFigure, ...]
    rows: tuple[ChangeRow, ...]
    more: int


def version_list(document: Document) -> list[DocumentVersion]:
    """All versions, newest first, without their texts."""
    return list(document.versions.select_related("uploaded_by").defer("text", "structure").order_by("-number"))


def comparison(old: DocumentVersion, new: DocumentVersion) -> Comparison:
    """Read both versions back and compare them."""
    revision = compare(documents.load(old), documents.load(new))
    rows = list(_rows(revision.changes))
    return Comparison(
        old=old,
        new=new,
        added=revision.count(ChangeKind.ADDED),
        removed=revision.count(ChangeKind.REMOVED),
        changed=revision.count(ChangeKind.CHANGED),
        same=revision.count(ChangeKind.SAME),
        figures=tuple(_changed_figures(old, new, revision)),
        rows=tuple(rows[:MOST_SHOWN]),
        more=max(0, len(rows) - MOST_SHOWN),
    )


def _rows(changes: tuple[Change, ...]) -> Iterable[ChangeRow]:
    near = {
        index + step
        for index, change in enumerate(changes)
        if change.kind is not ChangeKind.SAME
        for step in range(-AROUND, AROUND + 1)
    }
    left_out = 0
    for index, change in enumerate(changes):
        if index not in near:
            left_out += 1
            continue
        yield _row(change, left_out)
        left_out = 0


def _row(change: Change, gap: int) -> ChangeRow:
    unit = change.new or change.old
    assert unit is not None  # noqa: S101 (a change has one side at least)
    if change.old and change.new and change.kind is ChangeKind.CHANGED:
        runs = tuple((kind.value, words) for kind, words in word_changes(change.old.text, change.new.text))
    else:
        runs = ((change.kind.value, unit.text),)
    return ChangeRow(change.kind.value, unit.page, unit.kind.value == "heading", runs, gap)


def _changed_figures(old: DocumentVersion, new: DocumentVersion, revision: Revision) -> Iterable[ChangedFigure]:
    """Figures of changed units that differ in value only: same unit of measure, same label or the only one there."""
    before, after = _figures(old), _figures(new)
    for change in revision.changes:
        if change.kind is not ChangeKind.CHANGED or not change.old or not change.new:
            continue
        left = [figure for figure in before if change.old.start <= figure.start < change.old.end]
        right = [figure for figure in after if change.new.start <= figure.start < change.new.end]
        yield from _pairs(left, right)


def _pairs(left: list[Finding], right: list[Finding]) -> Iterable[ChangedFigure]:
    kept = [_worth(figure) for figure in right]
    gone = [_worth(figure) for figure in left]
    left = [figure for figure in left if _worth(figure) not in kept]
    right = [figure for figure in right if _worth(figure) not in gone]
    for figure in left:
        partners = [other for other in right if other.unit == figure.unit]
        named = [other for other in partners if other.text.lower() == figure.text.lower()]
        partner = named[0] if named else partners[0] if len(partners) == len(left) == 1 else None
        if partner is not None:
            right.remove(partner)
            yield ChangedFigure(
                partner.text, numbers.quantity(figure.number, figure.unit),
                numbers.quantity(partner.number, partner.unit), figure.pk, partner.pk, partner.page,
            )  # fmt: skip


def _worth(figure: Finding) -> tuple[float | None, str]:
    return figure.number, figure.unit


def _figures(version: DocumentVersion) -> list[Finding]:
    rows = Finding.objects.filter(version=version, kind=FindingKind.FIGURE).exclude(state=FindingState.REJECTED)
    return list(rows.order_by("start"))
