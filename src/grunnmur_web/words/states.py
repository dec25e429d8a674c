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
    "cancelled": StateLook(_("Avbrutt"), "XMark", "neutral"),
}


def state_look(state: str) -> StateLook:
    """The look of a state; one that is unknown is shown by its own name."""
    return LOOKS.get(state) or StateLook(state, "Circle", "neutral")
