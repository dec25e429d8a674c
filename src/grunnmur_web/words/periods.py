"""Periods in ISO 8601 as people say them: «juni 2024», «2. tertial 2026», «skoleåret 2022/2023»."""

from __future__ import annotations

import calendar
import re
from datetime import date

from django.utils.translation import gettext

from grunnmur_web.words.dates import day, month_name

PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def period(iso: str | None) -> str:
    """The words for a period. What is not ISO 8601 is returned as it stands."""
    if not iso:
        return ""
    first, _, second = iso.partition("/")
    if not second:
        return _single(first) or iso
    return _interval(first, second) or iso


def _single(iso: str) -> str:
    match = PART.fullmatch(iso)
    if not match:
        return ""
    year, month, day_ = match.groups()
    if day_:
        return day(_date(iso)) if _date(iso) else ""
    if month:
        return f"{month_name(int(month))} {year}" if 1 <= int(month) <= 12 else ""
    return year


def _interval(first: str, second: str) -> str:
    start, end = _date(first), _date(second, last=True)
    if start is None or end is None:
        return ""
    if len(first) == len(second) == 4:
        return f"{first}–{second}"
    return _named(start, end) or f"{_single(first)}–{_single(second)}"


def _named(start: date, end: date) -> str:
    """Parts of a year that have a name, and the school year."""
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return ""
    if (start.month, end.month, end.year - start.year) == (8, 7, 1):
        return gettext("skoleåret %(years)s") % {"years": f"{start.year}/{end.year}"}
    if start.year != end.year:
        return ""
    return _part_of_year(start.month, end.month - start.month + 1, start.year)


def _part_of_year(month: int, months: int, year: int) -> str:
    if (month - 1) % months:
        return ""
    values = {"number": (month - 1) // months + 1, "year": year}
    if months == 4:
        return gettext("%(number)s. tertial %(year)s") % values
    if months == 6:
        return gettext("%(number)s. halvår %(year)s") % values
    if months == 3:
        return gettext("%(number)s. kvartal %(year)s") % values
    return str(year) if months == 12 else ""


def _date(iso: str, *, last: bool = False) -> date | None:
    """The first (or last) day of a part; None when it is no date."""
    match = PART.fullmatch(iso)
    if not match:
        return None
    year, month, day_ = (int(part) if part else None for part in match.groups())
    try:
        month = month or (12 if last else 1)
        day_ = day_ or (calendar.monthrange(year or 0, month)[1] if last else 1)
        return date(year or 0, month, day_)
    except (ValueError, calendar.IllegalMonthError):
        return None
