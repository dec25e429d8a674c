"""How states look: a word, an icon and a colour, so that none of them carries the meaning alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class StateLook:
    """A state in words, with the name of its icon and Designsystemet's colour."""

    word: Any
    icon: str
    color: str


LOOKS = {
    "suggested": StateLook(_("Forslag"), "Circle", "lav"),
    "accepted": StateLook(_("Godtatt"), "CheckmarkCircle", "success"),
    "corrected": StateLook(_("Rettet"), "PencilLine", "info"),
    "rejected": StateLook(_("Avvist"), "CircleSlash", "neutral"),
    "draft": StateLook(_("Utkast"), "EyeSlash", "neutral"),
    "published": StateLook(_("Publisert"), "Eye", "success"),
    "waiting": StateLook(_("Venter"), "Clock", "neutral"),
    "reading": StateLook(_("Leses"), "ArrowCirclepath", "info"),
    "read": StateLook(_("Lest"), "CheckmarkCircle", "success"),
    "failed": StateLook(_("Kunne ikke leses"), "ExclamationmarkTriangle", "danger"),
    "comparing": StateLook(_("Sammenligner"), "ArrowCirclepath", "info"),
    "open": StateLook(_("Under arbeid"), "PencilLine", "info"),
    "finished": StateLook(_("Ferdig"), "CheckmarkCircle", "success"),
    "kept": StateLook(_("Beholdt"), "Checkmark", "success"),
    "merged": StateLook(_("Slått sammen"), "Link", "success"),
    "moved": StateLook(_("Flyttet"), "ArrowRight", "success"),
    "closed": StateLook(_("Avsluttet"), "XMark", "neutral"),
    "undecided": StateLook(_("Ikke avgjort"), "Circle", "lav"),
    "resolved": StateLook(_("Avklart"), "CheckmarkCircle", "success"),
    "dismissed": StateLook(_("Stemmer ikke"), "CircleSlash", "neutral"),
    "preparation": StateLook(_("Under arbeid"), "PencilLine", "info"),
    "hearing": StateLook(_("På høring"), "PersonCircle", "lav"),
    "adopted": StateLook(_("Vedtatt"), "CheckmarkCircle", "success"),
    "expired": StateLook(_("Utgått"), "Clock", "neutral"),
    "cancelled": StateLook(_("Avbrutt"), "XMark", "neutral"),
}


def state_look(state: str) -> StateLook:
    """The look of a state; one that is unknown is shown by its own name."""
    return LOOKS.get(state) or StateLook(state, "Circle", "neutral")
