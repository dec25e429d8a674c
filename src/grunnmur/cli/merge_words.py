"""What the files of ``grunnmur merge`` say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from grunnmur.cli import words

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "Samlet plan",
        "subtitle": "Utkast satt sammen av reglene i Grunnmur",
        "notice": "Alt her er forslag. Ingen har bestemt noe ennå. Hvert punkt viser kildene det er satt sammen av.",
        "contents": "Innhold",
        "page": "Side",
        "of": "av",
        "footer": "Samlet plan – utkast",
        "fact-plans": "Planer",
        "fact-items": "Punkter inn",
        "fact-new": "Punkter i utkastet",
        "fact-duplicates": "Slått sammen med et annet",
        "fact-made": "Laget",
        "behind": "{count} av {of} planer",
        "tensions": "Der planene drar hver sin vei",
        "tensions-lead": "Samme sak, men ulik retning, ulikt tall eller ulik frist. Noen må velge.",
        "tension-direction": "Ulik retning",
        "tension-number": "Ulike tall",
        "tension-deadline": "Ulike frister",
        "gaps": "Det som mangler",
        "gaps-lead": "Punkter som ikke sier hvem, når, med hvilke penger eller hvordan det skal måles.",
        "missing-owner": "hvem",
        "missing-money": "penger",
        "missing-date": "når",
        "missing-indicator": "måling",
        "expired": "Det som er gått ut på dato",
        "expired-lead": "Lover som er avløst, frister og planperioder som er passert.",
        "expired-law": "Avløst av {successor} fra {since}",
        "expired-deadline": "Fristen var {date}",
        "expired-period": "Planperioden sluttet {date}",
        "vocabulary": "Ulike ord om det samme",
        "vocabulary-lead": "Planene ser ut til å bruke disse ordene om én og samme ting.",
        "left-out": "Utelatt",
        "left-out-lead": "Punkter som ikke er med i noe punkt i den nye planen.",
        "nothing-left-out": "Alt er med.",
        "balance": "Balanse",
        "balance-lead": "Punkter inn = beholdt + slått sammen + flyttet + avsluttet + foreslått + ikke avgjort.",
        "column-plan": "Plan",
        "column-in": "Inn",
        "all-plans": "Alle planene",
        "fates": "Hva ble det av hvert punkt?",
        "fates-lead": "Alle punkter i alle planene, og hvor de er nå.",
        "column-item": "Punkt",
        "column-type": "Slag",
        "column-fate": "Hva ble det av det",
        "column-into": "Nå i",
        "column-reason": "Hvorfor",
        "column-missing": "Mangler",
        "column-why": "Hva er gått ut",
        "fate-kept": "Beholdt",
        "fate-merged": "Slått sammen",
        "fate-moved": "Flyttet",
        "fate-closed": "Avsluttet",
        "fate-proposed": "Foreslått",
        "fate-undecided": "Ikke avgjort",
    }
)
LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "vision": "Visjon",
        "goal": "Mål",
        "choice": "Veivalg",
        "subgoal": "Delmål",
        "strategy": "Strategi",
        "principle": "Prinsipp",
        "target_group": "Målgruppe",
        "theme": "Tema",
        "area": "Område",
        "action": "Tiltak",
        "target": "Måltall",
    }
)


def say(code: str, **params: object) -> str:
    """The words for a code of ``grunnmur.output.merged``."""
    if code in {"level", "type"}:
        return LEVELS.get(str(params["name"]), str(params["name"]))
    if code == "source":
        label = f", {params['label']}" if params["label"] else ""
        return f"{params['plan']}{label}, side {params['page']}"
    return words.safe(WORDS[code].format(**params))
