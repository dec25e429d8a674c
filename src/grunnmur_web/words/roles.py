"""What each role may do, in a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

TEXTS: dict[str, Any] = {
    "staff": _("Du kan legge inn dokumenter og se over funnene i dine egne."),
    "unit_leader": _("Du arbeider med dine egne dokumenter og enhetenes, og kan publisere dem."),
    "planner": _("Du arbeider med alle dokumenter, kan publisere dem og velge tall til forsiden."),
    "economist": _("Du arbeider med alle dokumenter."),
    "committee_member": _("Du leser det som er publisert."),
    "administrator": _("Du kan alt, også lage brukere og lese loggen."),
}


def role_text(role: str) -> str:
    """What the role may do; empty for one that is unknown."""
    return str(TEXTS.get(role, ""))
