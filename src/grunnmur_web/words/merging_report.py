"""The words of the files one can download of a merge: those that ``grunnmur.output.merged`` asks for by code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grunnmur_web.words import periods
from grunnmur_web.words.merging import level_word, plan_share
from grunnmur_web.words.noticed import LEADS, MISSING

WORDS: Mapping[str, Any] = {
    "contents": gettext_lazy("Innhold"),
    "page": gettext_lazy("Side"),
    "of": gettext_lazy("av"),
    "fact-plans": gettext_lazy("Planer"),
    "fact-items": gettext_lazy("Punkter inn"),
    "fact-new": gettext_lazy("Punkter i den nye planen"),
    "fact-duplicates": gettext_lazy("Like punkter"),
    "fact-made": gettext_lazy("Laget"),
    "tensions": gettext_lazy("Motsetninger"),
    "tensions-lead": LEADS["tension"],
    "tension-direction": gettext_lazy("De vil hver sin vei om det samme."),
    "tension-number": gettext_lazy("Ulike tall for det samme."),
    "tension-deadline": gettext_lazy("Ulike frister for det samme."),
    "gaps": gettext_lazy("Mangler"),
    "gaps-lead": LEADS["gap"],
    **{f"missing-{code}": words for code, words in MISSING.items()},
    "expired": gettext_lazy("Utgått"),
    "expired-lead": LEADS["expired"],
    "expired-law": gettext_lazy("Loven er avløst av %(successor)s (%(since)s)."),
    "expired-deadline": gettext_lazy("Fristen er gått ut (%(date)s)."),
    "expired-period": gettext_lazy("Planperioden er over (%(date)s)."),
    "vocabulary": gettext_lazy("Ulike ord"),
    "vocabulary-lead": LEADS["vocabulary"],
    "left-out": gettext_lazy("Utelatt"),
    "left-out-lead": gettext_lazy("Punkter som ingen punkter i den nye planen bygger på."),
    "nothing-left-out": gettext_lazy("Alt er med."),
    "balance": gettext_lazy("Regnskap"),
    "balance-lead": gettext_lazy(
        "Hvert punkt som gikk inn, er beholdt, slått sammen, flyttet, avsluttet eller ikke avgjort."
    ),
    "column-plan": gettext_lazy("Plan"),
    "column-in": gettext_lazy("Inn"),
    "all-plans": gettext_lazy("Alle planene"),
    "fates": gettext_lazy("Hva ble det av?"),
    "fates-lead": gettext_lazy("Alle punkter i alle planene, og hvor de er nå."),
    "column-item": gettext_lazy("Punkt"),
    "column-type": gettext_lazy("Nivå"),
    "column-fate": gettext_lazy("Hva det ble av det"),
    "column-into": gettext_lazy("Nå i"),
    "column-reason": gettext_lazy("Begrunnelse"),
    "column-missing": gettext_lazy("Mangler"),
    "column-why": gettext_lazy("Hvorfor"),
    "fate-kept": gettext_lazy("Beholdt"),
    "fate-merged": gettext_lazy("Slått sammen"),
    "fate-moved": gettext_lazy("Flyttet"),
    "fate-closed": gettext_lazy("Avsluttet"),
    "fate-proposed": gettext_lazy("Foreslått"),
    "fate-undecided": gettext_lazy("Ikke avgjort"),
}
DATES = ("date", "since")


class _Params(dict[str, Any]):
    """What is missing leaves an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def report_words(code: str, params: Mapping[str, Any]) -> str:
    """The words for a code, in the active language."""
    if code in {"level", "type"}:
        return level_word(str(params["name"]))
    if code == "behind":
        return plan_share(int(params["count"]), int(params["of"]))
    if code == "source":
        return _source(params)
    shown = {name: periods.period(str(value)) if name in DATES else value for name, value in params.items()}
    return str(WORDS[code]) % _Params(shown) if params else str(WORDS[code])


def _source(params: Mapping[str, Any]) -> str:
    parts = [str(params["plan"]), str(params.get("label") or "")]
    return _("%(place)s, side %(page)s") % {"place": ", ".join(part for part in parts if part), "page": params["page"]}
