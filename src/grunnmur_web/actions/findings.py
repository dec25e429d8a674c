"""Decide about what the machine found. The machine's value is never changed; each act is logged and can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from grunnmur.kernel import BadInput
from grunnmur_web import audit
from grunnmur_web.accounts.models import User
from grunnmur_web.models import DocumentVersion, Finding, FindingKind, FindingState, KeyFigure, Origin
from grunnmur_web.permissions import Act, require
from grunnmur_web.store import figures, search
from grunnmur_web.store import findings as store
from grunnmur_web.store.documents import is_internal, text_between

ABSENT = "absent"
LONGEST_PASSAGE = 4_000
TOGETHER = (FindingState.ACCEPTED, FindingState.REJECTED)
BY_HAND = frozenset(set(store.DECIDABLE) - {FindingKind.WARNING})


@transaction.atomic
def accept(finding: Finding, *, by: User) -> None:
    """Say that the finding is right as it stands. For a warning: it is so, and must be put right in the source."""
    _decide(finding, FindingState.ACCEPTED, finding.human, by)


@transaction.atomic
def correct(finding: Finding, value: store.Value, *, by: User) -> None:
    """Put ``value`` (the contract's shape for the kind) in place of the machine's. The passage stays."""
    if finding.kind not in BY_HAND:
        raise BadInput("not-correctable")
    _decide(finding, FindingState.CORRECTED, value, by)


@transaction.atomic
def reject(finding: Finding, *, by: User) -> None:
    """Say that the finding is wrong; nobody but those who decide sees it from now on."""
    _decide(finding, FindingState.REJECTED, finding.human, by)


@transaction.atomic
def add(version: DocumentVersion, kind: FindingKind, start: int, end: int, value: store.Value, *, by: User) -> Finding:
    """Add what the rules missed. The passage is read from the version by its offsets; nothing typed becomes a quote.

    Raises :class:`BadInput` ``bad-passage`` when the offsets hold no text, ``already-found`` when the kind is there.
    """
    require(by, Act.DECIDE, version.document)
    start, end = _trimmed(version, start, end)
    if kind not in BY_HAND:
        raise BadInput("not-correctable")
    if version.findings.filter(kind=kind, start=start, end=end).exists():
        raise BadInput("already-found")
    page = version.pages.filter(start__lte=start).order_by("-number").values_list("number", flat=True).first()
    finding = Finding(
        version=version, kind=kind.value, origin=Origin.HUMAN, state=FindingState.ACCEPTED, start=start, end=end,
        page=page or 1, human=value, decided_by=by, decided_at=timezone.now(), previous={ABSENT: True},
        internal=is_internal(version, start, end),
    )  # fmt: skip
    store.apply(finding, _passage(finding))
    finding.save()
    audit.record("finding.added", finding, by=by, new=_standing(finding) | {"document": version.document_id})
    search.index_finding(finding)
    return finding


@transaction.atomic
def undo(finding: Finding, *, by: User) -> Finding | None:
    """Put back what stood before the last decision; what was added is taken away (None)."""
    require(by, Act.DECIDE, finding.version.document)
    if finding.previous is None:
        raise BadInput("nothing-to-undo")
    old, before, old_label = _standing(finding), finding.previous, finding.text
    if before.get(ABSENT):
        audit.record("finding.undone", finding, by=by, old=old)
        _take_off_front(finding.key_figures.all(), by)
        finding.delete()
        return None
    _restore(finding, before)
    audit.record("finding.undone", finding, by=by, old=old, new=_standing(finding))
    _follow(finding, old_label, by)
    return finding


@transaction.atomic
def accept_all(version: DocumentVersion, start: int, end: int, *, by: User, kind: str = "") -> list[int]:
    """Accept every suggestion that begins in ``text[start:end]``, of one kind or of all; returns which, for undo.

    Warnings are never decided together: each must be looked at.
    """
    found = _suggested(version, start, end, kind, by)
    for finding in found:
        accept(finding, by=by)
    return [finding.pk for finding in found]


@transaction.atomic
def reject_all(version: DocumentVersion, start: int, end: int, *, by: User, kind: str = "") -> list[int]:
    """Reject what :func:`accept_all` would accept."""
    found = _suggested(version, start, end, kind, by)
    for finding in found:
        reject(finding, by=by)
    return [finding.pk for finding in found]


@transaction.atomic
def undo_all(version: DocumentVersion, finding_ids: Iterable[int], *, by: User) -> int:
    """Undo several decisions of one's own at once; those that someone has changed since stay. Returns how many."""
    require(by, Act.DECIDE, version.document)
    mine = version.findings.filter(pk__in=finding_ids, decided_by=by, state__in=TOGETHER, previous__isnull=False)
    found = list(mine.select_related("version__document").defer("version__text", "version__structure"))
    for finding in found:
        undo(finding, by=by)
    return len(found)


def _decide(finding: Finding, state: FindingState, human: store.Value | None, by: User) -> None:
    require(by, Act.DECIDE, finding.version.document)
    old, old_label = _standing(finding), finding.text
    if finding.state == state and finding.human == human:
        return
    finding.previous = old | {"by_id": finding.decided_by_id, "at": _iso(finding.decided_at)}
    finding.state, finding.human, finding.carried_from = state, human, None
    finding.decided_by, finding.decided_at = by, timezone.now()
    store.apply(finding, _passage(finding))
    finding.save()
    audit.record(f"finding.{state.value}", finding, by=by, old=old, new=_standing(finding))
    _follow(finding, old_label, by)


def _suggested(version: DocumentVersion, start: int, end: int, kind: str, by: User) -> list[Finding]:
    require(by, Act.DECIDE, version.document)
    found = version.findings.filter(
        state=FindingState.SUGGESTED, start__gte=start, start__lt=end, kind__in=BY_HAND & {kind} if kind else BY_HAND
    ).select_related("version__document")  # fmt: skip
    return list(found.defer("version__text", "version__structure"))


def _follow(finding: Finding, old_label: str, by: User) -> None:
    """Search and the front page say what is now in force."""
    search.index_finding(finding)
    if finding.kind == FindingKind.FIGURE:
        _take_off_front(figures.follow_key_figures(finding, old_label), by)


def _take_off_front(key_figures: Iterable[KeyFigure], by: User) -> None:
    for key_figure in key_figures:
        audit.record("key_figure.removed", key_figure, by=by, old={"finding": key_figure.finding_id})
        key_figure.delete()


def _restore(finding: Finding, before: dict[str, Any]) -> None:
    finding.state, finding.human = before["state"], before["value"] if before["by_human"] else None
    finding.carried_from = before["carried_from"]
    finding.decided_by_id = before["by_id"]
    finding.decided_at = datetime.fromisoformat(before["at"]) if before["at"] else None
    finding.previous = None
    store.apply(finding, _passage(finding))
    finding.save()


def _standing(finding: Finding) -> dict[str, Any]:
    """State and value in force, as the log and the undo keep them."""
    by_human = finding.human is not None
    return {
        "state": str(finding.state),
        "value": finding.human if by_human else finding.machine,
        "by_human": by_human,
        "carried_from": finding.carried_from,
    }


def _passage(finding: Finding) -> str:
    return " ".join(text_between(finding.version_id, finding.start, finding.end).split())


def _trimmed(version: DocumentVersion, start: int, end: int) -> tuple[int, int]:
    """The offsets without white space at the ends."""
    if not 0 <= start < end <= start + LONGEST_PASSAGE:
        raise BadInput("bad-passage")
    text = text_between(version.pk, start, end)
    if not text.strip():
        raise BadInput("bad-passage")
    start += len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
