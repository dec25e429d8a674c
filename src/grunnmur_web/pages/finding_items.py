"""One thing found, as it stands in the list beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from grunnmur_web.models import Finding, FindingKind, FindingState, Origin
from grunnmur_web.store.contradictions import Counterpart
from grunnmur_web.words import dates, kinds

OPEN_STATES = (FindingState.SUGGESTED,)


@dataclass(frozen=True, slots=True)
class FindingItem:
    """A finding in words. ``machine`` is what the machine said, when a person put another value in its place.

    ``passages`` are the other places a warning is about: offset, page number and text. ``is_followed`` tells that one
    can look up what became of it when plans were merged.
    """

    finding: Finding
    about: str
    value: str
    detail: str
    passage: str
    machine: str
    decided: str
    chosen: bool
    passages: tuple[Place, ...] = ()
    counterpart: Counterpart | None = None
    is_followed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person."""
        return self.finding.state in OPEN_STATES

    @property
    def quote(self) -> str:
        """The passage, when it says more than the value does."""
        return "" if _letters(self.passage) in _letters(f"{self.value} {self.detail}") else self.passage

    @property
    def is_correctable(self) -> bool:
        """A warning is put right in the source, not here."""
        return self.finding.kind != FindingKind.WARNING

    @property
    def can_undo(self) -> bool:
        """Whether there is a decision to take back."""
        return self.finding.previous is not None


@dataclass(frozen=True, slots=True)
class Place:
    """A passage elsewhere in the document."""

    start: int
    end: int
    page: int
    text: str


def finding_item(
    finding: Finding,
    passage: str,
    *,
    chosen: bool = False,
    passages: Sequence[Place] = (),
    counterpart: Counterpart | None = None,
    is_followed: bool = False,
) -> FindingItem:
    """The finding as shown; ``passage`` is its text in the document."""
    value = (finding.human if finding.human is not None else finding.machine) or {}
    folded = " ".join(passage.split())
    return FindingItem(
        finding=finding,
        about=" · ".join(kinds.about(finding.kind, value)),
        value=kinds.value_text(finding.kind, value, folded),
        detail=kinds.detail_text(finding.kind, value),
        passage=folded,
        machine=_machine(finding, folded),
        decided=_decided(finding),
        chosen=chosen,
        passages=tuple(passages),
        counterpart=counterpart,
        is_followed=is_followed,
    )


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _machine(finding: Finding, passage: str) -> str:
    if finding.human is None or finding.machine is None or finding.state == FindingState.REJECTED:
        return ""
    about = " · ".join(kinds.about(finding.kind, finding.machine))
    value = kinds.value_text(finding.kind, finding.machine, passage)
    detail = kinds.detail_text(finding.kind, finding.machine)
    return " · ".join(part for part in (value, detail, about) if part)


def _decided(finding: Finding) -> str:
    """«Godtatt av Kari Plan 14. mai»."""
    if finding.state == FindingState.SUGGESTED or finding.decided_at is None:
        return ""
    words = {
        "who": str(finding.decided_by or _("noen som ikke er her lenger")), "when": dates.when(finding.decided_at),
        "version": finding.carried_from,
    }  # fmt: skip
    return (_sentence(finding) % words) + (
        _(" (avgjort i versjon %(version)s)") % words if finding.carried_from else ""
    )


def _sentence(finding: Finding) -> str:
    if finding.origin == Origin.HUMAN and finding.state == FindingState.ACCEPTED:
        return _("Lagt til av %(who)s %(when)s")
    if finding.state == FindingState.CORRECTED:
        return _("Rettet av %(who)s %(when)s")
    if finding.state == FindingState.REJECTED:
        return _("Avvist av %(who)s %(when)s")
    return _("Godtatt av %(who)s %(when)s")
