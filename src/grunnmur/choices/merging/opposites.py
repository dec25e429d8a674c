"""Ways in which two plans can pull apart: forms of words, in bokmål and nynorsk, that put a text at one of two poles.

Written from general knowledge of how plans are worded. A form is one or more words; ``*`` stands for any ending and
``~`` for up to four words between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CHARGE: Final = (
    r"\w*(?:avgift|betaling|egenandel|eigenandel|gebyr|takst|billettpris|leiepris|maksimalpris)(?:en|a|er|ar|ene|ane)?"
)
_FORMS: Final = {
    "more": """
        øk|øke|øker|økes|økt|økte|økende auk|auke|auker|aukast|auka utvid* forleng* lengre hev|heve|heves|hevast
        doble|dobles|doblast|dobling opptrapping* trappe*~opp trappes_opp styrkes|styrkast bygges_ut bygge~ut
    """,
    "less": """
        reduser* reduksjon* kutt|kutte|kuttes|kuttast begrens* avgrens* senk* minsk* halver* innskrenk*
        sett|sette|settes|settast~ned ta|tas|takast~ned trapp*~ned nedtrapping* nedtrekk skal_ned må_ned stramme*~inn
        strammes_inn innsparing* spare|spares kortere|kortare nedskaler*
    """,
    "end": """
        avvikl* nedlegg* legg|legge|legges|leggast~ned steng* fjern* opphør* sløyf* skal_bort stans*
        stopp|stoppe|stoppes avslutt*
    """,
    "start": """
        opprett* etabler* innfør* gjenåpn* bygg|bygge|bygges|byggjast åpne_nye opne_nye
    """,
    "open": """
        ope|open|åpent|åpen|holdes_åpent|døgnåpen*|døgnåpent|kveldsåpent|kveldsåpen betjent|betent~åpent|ope|open|åpen
    """,
    "keep": """
        på_dagens_nivå|dagens_nivå på_samme_nivå|på_same_nivå oppretthold* beholdes|behaldast|beholde|behalde
        uendret|uendra ikke_reduseres|ikkje_reduserast ikke_kuttes
    """,
    "together": """
        samle|samles|samlast|samla|samlet|samler|samlar samlokaliser* sentraliser* slå|slås~sammen|saman under_ett_tak
        på_ett_sted|på_éin_stad
    """,
    "apart": """
        spredt|spreidd|spreie|spre|spres|spreiast desentraliser* i_alle~soner|tjenestesoner|bygder|grender|kretser
        i_hver_sone|i_kvar_sone
    """,
    "group": "i_gruppe|i_grupper gruppetilbud* gruppebaser* gruppetiltak*",
    "single": """
        én_til_én|en_til_en|ein_til_ein|én-til-én|en-til-en personlig*|personleg* individuell* én_voksen_per
    """,
    "sell": "selg|selge|selger|selges|seljast avhend*",
    "buy": "kjøp|kjøpe|kjøper|kjøpes|kjøpast erverv*",
    "outside": "konkurranseutsett* privatiser* sett*_ut_på_anbud outsourc*",
    "inside": "egen_regi|eigen_regi rekommunaliser*",
    "allow": "tillat|tillate|tillates|tillatt|tillast åpne_for|opne_for liberaliser*",
    "forbid": "forby|forbys|forbod|forbud|forbudt|forbode ikke_tillatt|ikkje_tillate nulltoleranse",
    "screens": "digital* nettbrett* skjerm|skjermer datamaskin*",
    "no screens": "skjermfri* uten_skjerm|utan_skjerm mobilfri* analog*",
    "dear": """
        <charge>~økes|aukast|øker|heves|hevast <charge>~settes|sett|sette|settast~opp
        øk*~<charge> auke*~<charge> høyere|høgare~<charge> innfør*~<charge>
    """,
    "cheap": """
        gratis vederlagsfri* kostnadsfri* avgiftsfri* uten_betaling|utan_betaling uten_egenbetaling|utan_eigenbetaling
        friplass* <charge>~settes|sett|sette|settast~ned <charge>~reduseres|reduserast|senkes
        redusert|lavere|lågare~<charge>
        på_grunn_av_prisen|på_grunn_av_pris|av_økonomiske_grunner uavhengig_av_økonomi|uansett_økonomi
    """,
}
OPPOSITES: Final[frozenset[frozenset[str]]] = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "more/less", "more/end", "start/end", "start/less", "open/less", "open/end", "keep/less", "keep/end",
        "keep/more", "together/apart", "together/more", "group/single", "sell/buy", "outside/inside",
        "allow/forbid", "more/forbid",
        "allow/less", "screens/no screens", "dear/cheap",
    )
)  # fmt: skip


def _pattern(forms: str) -> re.Pattern[str]:
    alternatives = "|".join(f"(?:{_form(form)})" for form in forms.split())
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _form(form: str) -> str:
    """«sett|settes~ned» → (?:sett|settes)(?:\\s+\\S+){0,4}?\\s+(?:ned)."""
    parts = ["(?:" + "|".join(_word(choice) for choice in part.split("|")) + ")" for part in form.split("~")]
    return r"(?:\s+\S+){0,4}?\s+".join(parts)


def _word(choice: str) -> str:
    return choice.replace("*", r"\w*").replace("_", r"\s+").replace("<charge>", CHARGE)


POLES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {name: _pattern(forms) for name, forms in _FORMS.items()}
)
