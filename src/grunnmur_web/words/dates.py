"""Dates and moments: «14. mai 2026», «i går», «3. juni kl. 14.05»."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext

from grunnmur_web.words.numbers import is_english


def month_name(month: int) -> str:
    """«mai»; in English with a capital letter."""
    name = str(MONTHS[month])
    return name if is_english() else name.lower()


def day(value: date | None) -> str:
    """«14. mai 2026»."""
    if value is None:
        return ""
    local = _local_date(value)
    return f"{_day_and_month(local)} {local.year}"


def moment(value: datetime | None) -> str:
    """«14. mai 2026 kl. 09.05»."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = f"{local:%H:%M}" if is_english() else f"{local:%H.%M}"
    return gettext("%(day)s kl. %(clock)s") % {"day": day(local.date()), "clock": clock}


def when(value: date | None, today: date | None = None) -> str:
    """«i dag», «i går», «14. mai», and with the year when it is another year."""
    if value is None:
        return ""
    local, now = _local_date(value), today or timezone.localdate()
    if local == now:
        return gettext("i dag")
    if (now - local).days == 1:
        return gettext("i går")
    return _day_and_month(local) if local.year == now.year else day(local)


def _day_and_month(value: date) -> str:
    return f"{value.day} {month_name(value.month)}" if is_english() else f"{value.day}. {month_name(value.month)}"


def _local_date(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
