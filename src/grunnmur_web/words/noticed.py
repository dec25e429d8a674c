"""What the machine noticed about plans, in sentences: why two items are alike, what pulls apart, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grunnmur_web.words import numbers, periods

MOST_SHARED = 5
# In the order people should look at them.
KINDS: Mapping[str, Any] = {
    "tension": gettext_lazy("Motsetninger"),
    "expired": gettext_lazy("Utgått"),
    "pair": gettext_lazy("Like punkter"),
    "gap": gettext_lazy("Mangler"),
    "alone": gettext_lazy("Bare én plan har dette"),
    "vocabulary": gettext_lazy("Ulike ord"),
}
LEADS: Mapping[str, Any] = {
    "tension": gettext_lazy(
        "Punkter om det samme som ikke kan gjennomføres begge to. Les dem, og skriv hva som gjelder."
    ),
    "expired": gettext_lazy("Punkter som bygger på en lov, en frist eller en planperiode som er over."),
    "pair": gettext_lazy("Punkter som vil det samme, eller delvis det samme. Les dem side om side."),
    "gap": gettext_lazy("Punkter som ikke sier hvem, med hvilke penger, når eller hvordan det skal måles."),
    "alone": gettext_lazy("Emner som bare én plan har. Se at de ikke blir borte."),
    "vocabulary": gettext_lazy("Ord som ser ut til å bety det samme. Velg hvilket dere vil bruke."),
}
MISSING: Mapping[str, Any] = {
    "owner": gettext_lazy("hvem som har ansvar"),
    "money": gettext_lazy("hva det koster"),
    "date": gettext_lazy("når det skal være gjort"),
    "indicator": gettext_lazy("hvordan det skal måles"),
}


def joined(parts: Sequence[str]) -> str:
    """«a, b og c»."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s og %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def pair_sentence(code: str, score: float, shared: Iterable[Sequence[str]]) -> str:
    """«Vil det samme (87 % like). Felles ord: ungdom, være med/delta.»"""
    percent = {"percent": numbers.percent(100 * score, 0)}
    if code == "duplicate":
        first = _("Ser ut til å ville det samme (likhet %(percent)s).") % percent
    else:
        first = _("Ser ut til å ville delvis det samme (likhet %(percent)s).") % percent
    words = ["/".join(dict.fromkeys(pair)) for pair in shared][:MOST_SHARED]
    if not words:
        return first
    return f"{first} " + _("Felles ord: %(words)s.") % {"words": ", ".join(words)}


def tension_sentence(code: str) -> str:
    """What can't both be done."""
    if code == "number":
        return _("Ulike tall for det samme.")
    if code == "deadline":
        return _("Ulike frister for det samme.")
    return _("De vil hver sin vei om det samme.")


def missing_words(missing: Sequence[str]) -> str:
    """«Sier ikke hvem som har ansvar og når det skal være gjort.»"""
    return _("Sier ikke %(what)s.") % {"what": joined([str(MISSING.get(code, code)) for code in missing])}


def expired_sentence(code: str, params: Mapping[str, Any], plan: str) -> str:
    """What is over, and since when."""
    when = periods.period(str(params.get("since") or params.get("date") or ""))
    if code == "law":
        words = {"successor": params.get("successor") or "…", "when": when}
        if params.get("successor"):
            return _("Loven er avløst av %(successor)s (%(when)s).") % words
        return _("Loven gjelder ikke lenger (%(when)s).") % words
    if code == "deadline":
        return _("Fristen er gått ut (%(when)s).") % {"when": when}
    return _("Planperioden for «%(plan)s» er over (%(when)s).") % {"plan": plan, "when": when}
