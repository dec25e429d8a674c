"""Words of the merging of plans: levels, fates and where things stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grunnmur.knowledge.model import ElementType
from grunnmur_web.words import kinds, numbers

LEVELS: Mapping[str, Any] = {
    **{str(type_): kinds.ELEMENTS[type_] for type_ in ElementType},
    "action": gettext_lazy("Tiltak"),
    "target": gettext_lazy("Måltall"),
}
FATES: Mapping[str, Any] = {
    "kept": gettext_lazy("Beholdt som det er"),
    "merged": gettext_lazy("Slått sammen"),
    "moved": gettext_lazy("Flyttet under"),
    "closed": gettext_lazy("Avsluttet"),
    "undecided": gettext_lazy("Ikke avgjort"),
}
GOALS = (ElementType.GOAL.value, ElementType.SUBGOAL.value)


def level_word(level: str) -> str:
    """«Delmål»."""
    return str(LEVELS.get(level, level))


def fate_word(fate: str) -> str:
    """«Slått sammen»."""
    return str(FATES.get(fate, fate))


def item_name(type_: str, number: str) -> str:
    """«Delmål 3.2»."""
    return f"{level_word(type_)}{numbers.NBSP}{number}" if number else level_word(type_)


def plan_share(count: int, of: int) -> str:
    """«7 av 9 planer»: never a word for how many without the count behind it."""
    return _("%(count)s av %(of)s planer") % {"count": numbers.number(count), "of": numbers.number(of)}
