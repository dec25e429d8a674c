"""A figure in a table: written out in full, with «ca.» where the text says so."""

from __future__ import annotations

from django.utils.translation import gettext as _

from grunnmur.kernel import Unit
from grunnmur_web.words import numbers


def amount(value: float | None, unit: str, *, approx: bool = False) -> str:
    """«440 000 kr», «ca. 38 plasser», «12,5 %»; never shortened, so that figures can be compared down a column."""
    if value is None:
        return _("mangler")
    if unit == Unit.NOK:
        text = numbers.full_money(value)
    else:
        text = numbers.quantity(value, unit)
    return _("ca.") + numbers.NBSP + text if approx else text
