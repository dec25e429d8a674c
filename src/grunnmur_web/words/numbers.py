"""Numbers as people write them, in the active language: «1 658», «12,5 %», «1,3 mill. kr»."""

from __future__ import annotations

from django.utils.translation import get_language, gettext, ngettext, pgettext

from grunnmur.kernel import Status, Unit

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
# Money is shortened from a million upwards; below that people want the kroner.
MONEY_STEPS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def is_english() -> bool:
    """Whether English conventions are in force; Norwegian ones are the default."""
    return (get_language() or "").startswith("en")


def number(value: float | None, decimals: int | None = None) -> str:
    """«1 658», «−7», «2,9». Without ``decimals``: as many as the value has, at most three."""
    if value is None:
        return ""
    places = 3 if decimals is None else decimals
    text = f"{abs(value):,.{places}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not is_english():
        text = text.replace(",", NBSP).replace(".", ",")
    is_zero = not any(digit in text for digit in "123456789")
    return text if value >= 0 or is_zero else MINUS + text


def percent(value: float | None, decimals: int | None = None) -> str:
    """«12,5 %»; in English «12.5%»."""
    if value is None:
        return ""
    return number(value, decimals) + ("%" if is_english() else f"{NBSP}%")


def money(value: float | None) -> str:
    """«440 000 kr», «21 mill. kr», «1,3 mrd. kr», with at most one decimal when shortened."""
    if value is None:
        return ""
    amount, step = money_parts(value)
    if is_english():
        return f"NOK{NBSP}{amount}{NBSP}{step}".removesuffix(NBSP)
    return f"{amount}{NBSP}{step}{NBSP}kr" if step else f"{amount}{NBSP}kr"


def money_parts(value: float) -> tuple[str, str]:
    """The amount and the word for its size: («1,3», «mrd.»), («440 000», «»)."""
    for size, name in MONEY_STEPS:
        # What rounds up to the next step belongs there: 999 960 000 is «1 mrd.», not «1 000 mill.».
        if round(abs(value) / size * 1000, 1) >= 1000:
            return number(round(value / size, 1)), _step_word(name)
    return number(round(value)), ""


def full_money(value: float | None) -> str:
    """«21 345 678 kr», never shortened; for tables."""
    if value is None:
        return ""
    text = number(value, 0 if float(value).is_integer() else 2)
    return f"NOK{NBSP}{text}" if is_english() else f"{text}{NBSP}kr"


def _step_word(name: str) -> str:
    return {
        "million": pgettext("kort for million", "mill."),
        "billion": pgettext("kort for milliard", "mrd."),
        "trillion": pgettext("kort for billion", "bill."),
    }[name]


def unit_word(unit: str, count: float | None = None) -> str:
    """The unit as it follows a number: «personer», «årsverk», «%», «kr». Empty for «other» and «ratio»."""
    n = 1 if count is not None and abs(count) == 1 else 2
    words: dict[str, str] = {
        Unit.NOK: gettext("kr"),
        Unit.PERCENT: "%",
        Unit.FTE: gettext("årsverk"),
        Unit.PERSONS: ngettext("person", "personer", n),
        Unit.CASES: ngettext("sak", "saker", n),
        Unit.PLACES: ngettext("plass", "plasser", n),
        Unit.DAYS: ngettext("dag", "dager", n),
        Unit.HOURS: ngettext("time", "timer", n),
    }
    return words.get(unit, "")


def unit_name(unit: str) -> str:
    """The unit as a heading or a choice in a filter: «Kroner», «Prosent», «Årsverk»."""
    names: dict[str, str] = {
        Unit.NOK: gettext("Kroner"),
        Unit.PERCENT: gettext("Prosent"),
        Unit.FTE: gettext("Årsverk"),
        Unit.PERSONS: gettext("Personer"),
        Unit.CASES: gettext("Saker"),
        Unit.PLACES: gettext("Plasser"),
        Unit.DAYS: gettext("Dager"),
        Unit.HOURS: gettext("Timer"),
        Unit.RATIO: gettext("Forholdstall"),
        Unit.OTHER: gettext("Uten enhet"),
    }
    return names.get(unit, unit)


def status_word(status: str) -> str:
    """Why there is no number, or how sure it is; empty for what was simply observed."""
    words: dict[str, str] = {
        Status.APPROXIMATE: gettext("omtrentlig"),
        Status.ESTIMATED: gettext("beregnet"),
        Status.SUPPRESSED: gettext("skjult av hensyn til personvern"),
        Status.MISSING: gettext("mangler"),
        Status.NOT_APPLICABLE: gettext("ikke aktuelt"),
    }
    return words.get(status, "")


def quantity(value: float | None, unit: str, status: str = Status.OBSERVED) -> str:
    """Number and unit in one: «ca. 38 personer», «12,5 %», «1,3 mrd. kr», or why there is none."""
    if value is None:
        return status_word(status) or gettext("mangler")
    if unit == Unit.NOK:
        text = money(value)
    elif unit == Unit.PERCENT:
        text = percent(value)
    else:
        text = f"{number(value)}{NBSP}{unit_word(unit, value)}".removesuffix(NBSP)
    about = gettext("ca.")
    return f"{about}{NBSP}{text}" if status == Status.APPROXIMATE else text


def file_size(size: int | None) -> str:
    """«3,2 MB»: in powers of ten, as file managers and web browsers in Norway show it."""
    if size is None:
        return ""
    amount = float(size)
    for name in ("byte", "kB", "MB", "GB"):
        if amount < 999.5 or name == "GB":
            break
        amount /= 1000
    places = 0 if amount >= 10 or name == "byte" or float(f"{amount:.1f}").is_integer() else 1
    return f"{number(amount, places)}{NBSP}{name}"
