"""Words of plans: roles of levels, the goals of the United Nations, and when something is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grunnmur.choices.plans.levels import LevelRole
from grunnmur_web.words import periods

ROLES: Mapping[LevelRole, Any] = {
    LevelRole.VISION: gettext_lazy("Visjon"),
    LevelRole.AREA: pgettext_lazy("del av en plan", "Område"),
    LevelRole.GOAL: gettext_lazy("Mål"),
    LevelRole.CHOICE: gettext_lazy("Veivalg"),
    LevelRole.SUBGOAL: gettext_lazy("Delmål"),
    LevelRole.STRATEGY: gettext_lazy("Strategi"),
    LevelRole.PRINCIPLE: gettext_lazy("Prinsipp"),
    LevelRole.TARGET_GROUP: gettext_lazy("Målgruppe"),
    LevelRole.TARGET: gettext_lazy("Måltall"),
    LevelRole.ACTION: gettext_lazy("Tiltak"),
    LevelRole.TEXT: gettext_lazy("Tekst"),
}
GOALS: Mapping[str, Any] = {
    "1": gettext_lazy("Utrydde fattigdom"),
    "2": gettext_lazy("Utrydde sult"),
    "3": gettext_lazy("God helse og livskvalitet"),
    "4": gettext_lazy("God utdanning"),
    "5": gettext_lazy("Likestilling mellom kjønnene"),
    "6": gettext_lazy("Rent vann og gode sanitærforhold"),
    "7": gettext_lazy("Ren energi til alle"),
    "8": gettext_lazy("Anstendig arbeid og økonomisk vekst"),
    "9": gettext_lazy("Industri, innovasjon og infrastruktur"),
    "10": gettext_lazy("Mindre ulikhet"),
    "11": gettext_lazy("Bærekraftige byer og lokalsamfunn"),
    "12": gettext_lazy("Ansvarlig forbruk og produksjon"),
    "13": gettext_lazy("Stoppe klimaendringene"),
    "14": gettext_lazy("Livet i havet"),
    "15": gettext_lazy("Livet på land"),
    "16": gettext_lazy("Fred, rettferdighet og velfungerende institusjoner"),
    "17": gettext_lazy("Samarbeid for å nå målene"),
}
FACTS: Mapping[str, Any] = {
    "level": gettext_lazy("nivå"),
    "rationale": gettext_lazy("begrunnelse"),
    "unit_name": gettext_lazy("ansvarlig enhet"),
    "sdg": gettext_lazy("bærekraftsmål"),
    "target_group": gettext_lazy("målgruppe"),
    "area": gettext_lazy("område"),
    "step": gettext_lazy("trinn"),
    "zones": gettext_lazy("tjenestesoner"),
    "indicators": gettext_lazy("indikatorer"),
}
MAIN_AREA = gettext_lazy("Hovedområde")
THEME = gettext_lazy("Tema")
SOON = 1  # years


def role_word(role: LevelRole) -> str:
    """«Delmål»."""
    return str(ROLES[role])


def goals_text(numbers: Iterable[str]) -> str:
    """«3 God helse og livskvalitet, 3.4»."""
    return ", ".join(f"{number} {GOALS[number]}" if number in GOALS else number for number in numbers)


def due_text(status: str, period_to: int | None, next_revision: str, today: date) -> str:
    """What is due, in a sentence: «Gikk ut 2020», «Skulle vært revidert i 2024», «Skal revideres i 2027»."""
    if status == "expired" or (period_to and period_to < today.year):
        return _("Gikk ut %(year)s") % {"year": period_to} if period_to and period_to < today.year else _("Utgått")
    if next_revision and next_revision < today.isoformat()[: len(next_revision)]:
        return _("Skulle vært revidert %(when)s") % {"when": _when(next_revision)}
    if next_revision:
        return _("Skal revideres %(when)s") % {"when": _when(next_revision)}
    if period_to and period_to <= today.year + SOON:
        return _("Går ut %(year)s") % {"year": period_to}
    return ""


def is_due(status: str, period_to: int | None, next_revision: str, today: date) -> bool:
    """Whether somebody must do something with the plan this year: it has run out, or its revision has come."""
    ran_out = bool(period_to and period_to < today.year)
    return ran_out or status == "expired" or bool(next_revision and next_revision[:4] <= str(today.year))


def _when(iso: str) -> str:
    """«i 2027», «i mai 2027», «14. mai 2027»."""
    words = periods.period(iso)
    return words if len(iso) > len("2027-05") else _("i %(period)s") % {"period": words}
