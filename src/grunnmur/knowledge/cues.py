"""The words by which a plan says what kind of thing follows, in bokmål and nynorsk."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grunnmur.knowledge.model import ActionCategory, ElementType

# General planning vocabulary of Norwegian municipalities (plan- og bygningsloven, the Ministry's guides to
# kommuneplan and temaplan); the more specific word comes first, so that «delmål» is not read as «mål».
_FORMS: tuple[tuple[ElementType, str], ...] = (
    (ElementType.VISION, r"visjon(?:en|er|ar|ene|ane)?"),
    (ElementType.SUBGOAL, r"(?:del|under|resultat|effekt|prosess)-?mål(?:et|ene|a|setning(?:er|ar|en)?)?"),
    (
        ElementType.GOAL,
        r"(?:hove?d|hovud|samfunns|prosjekt|program|overordna|langsiktige\s|strategi|fram?tids|plan|innsats)?-?"
        r"mål(?:et|ene|a)?|mål(?:setting|setjing|setning)(?:a|en|er|ar|ene|ane)?|(?:for|føre)mål(?:et|a)?"
        r"|målbilde(?:t|r|ne)?|hensikt(?:en|er)?|intensjon(?:en|er|ar)?|ambisjon(?:en|er|ar|ene|ane)?",
    ),
    (
        ElementType.CHOICE,
        r"(?:vei|veg|retnings)-?valg?(?:et|ene|a)?"
        r"|(?:to|tre|fire|fem|seks|følgende|følgjande|våre)\s+val(?:g|ga|gene|a)?"
        r"|v(?:ei|eg)(?:er|ar)\s+vi\s+(?:har\s+)?v(?:algt|alt|elger|el)|kva\s+vel\s+vi|hva\s+velger\s+vi|val(?=\s\d)"),
    (
        ElementType.AREA,
        r"(?:satsnings|satsings|innsats|fokus|hoved|hovud|mål|utviklings|prioriterte\s|prioriterte\s\w+\s)-?"
        r"område(?:t|r|ne|ni|a)?",
    ),
    (ElementType.TARGET_GROUP, r"(?:mål|bruker|brukar)gruppe?(?:n|r|ne|ene|a)?|målgrupp(?:er|ene)"),
    (ElementType.PRINCIPLE, r"(?:grunn|verdi|styrings)?prinsipp(?:et|er|ene|a)?|(?:kjerne|grunn)?verdi(?:er|ar|ene|ane)"
                            r"|verdigrunnlag(?:et)?|(?:spille|spele|køyre|kjøre)regl(?:er|ar|ene|ane)"),
    (
        ElementType.STRATEGY,
        r"(?:hoved|hovud|del)?strategi(?:en|er|ar|ene|ane)?|(?:hoved|hovud)?sats(?:n?ing)(?:a|en|er|ar|ene|ane)?"
        r"|(?:hoved|hovud)?grep(?:et|ene|a)?",
    ),
    (ElementType.THEME, r"(?:hoved|hovud)?tema(?:er|et|ene|a)?"),
)  # fmt: skip
ANY_CUE = re.compile(
    "|".join(f"(?P<{kind.value}>\\b(?:{forms})(?:\\b|(?=\\d)))" for kind, forms in _FORMS), re.IGNORECASE
)
HOW = re.compile(
    r"^(?:slik|hvordan|korleis)\s+(?:må|skal|vil|kan)\s+(?:vi|kommunen)\s+(?:løse|løyse|nå|oppnå|lykkes|lukkast|møte|klare"
    r"|få\s+til|gjøre|gjere)\b",
    re.IGNORECASE,
)
# «Dette vil vi oppnå», «Hvor skal vi?», «Vi vil at:», «I 2035 skal:» announce goals without the word.
HOPED = re.compile(
    r"(?:(?:dette|det|hva|kva|slik|hit|dit|her|hvor|kvar)\s+(?:vil|skal|ønsker|ønskjer|må)\s+(?:vi|kommunen)"
    r"(?:\s+(?:(?:å\s+)?(?:oppnå|nå|få\s+til|ha\s+det|være|vere|hen|ha|med\s+planen)\b|til\b"
    r"|i\s+20\d\d)[^.]*)?\s*[?:]?$"
    r"|(?:vi|kommunen)\s+(?:vil|skal|ønsker\s+å|ønskjer\s+å)\s+oppnå(?:\s+(?:at|følgende|følgjande))?\s*:?$"
    r"|(?:vi|kommunen)\s+(?:vil|ønsker|ønskjer)(?:\s+(?:også|òg|derfor|difor))?(?:,?\s+at)?\s*:$(?<=at:)"
    r"|(?:innen|i|i\s+løpet\s+av)\s+20\d\d\s+(?:skal|er|har|vil)\b.{0,40}:$"
    r"|ønsk(?:et|a|te)\s+(?:situasjon|framtid|fremtid|utvikling|effekt(?:er|ar)?|resultat(?:er)?)\s*:?$"
    r"|fr[ae]mtidsbilde\w*\s*:?$)",
    re.IGNORECASE,
)
FOR_WHOM = re.compile(
    r"(?:hvem|kven)\s+(?:er|gjelder|gjeld)\s+(?:dette|det|planen|programmet|prosjektet|tilbudet|tilbodet|strategien)"
    r"(?:\s+for)?\s*\??$"
    r"|(?:planen|den|det|programmet|prosjektet|strategien|tiltakene|tiltaka|tilbudet|tilbodet|tjenesten|tenesta)\s+(?:gjelder|gjeld"
    r"|omfatter|omfattar|retter\s+seg\s+mot|rettar\s+seg\s+mot|er\s+(?:rettet|retta)\s+mot|er\s+for|skal\s+nå)"
    r"(?:\s+(?:særlig|særleg|spesielt|først\s+og\s+fremst|i\s+hovedsak))?(?:\s+for)?\s*:$"
    r"|(?:hvem|kven)\s+er\s+målgrupp\w+\s*\??$|(?:hvem|kven)\s+(?:er\s+vi|skal\s+vi\s+være|skal\s+vi\s+vere)\s+(?:til\s+)?for\s*\??$",
    re.IGNORECASE,
)
TO_REACH = re.compile(r"\b(?:for\s+å\s+(?:nå|oppnå|lykkes|lukkast|få\s+til)|slik\s+når\s+vi)\b", re.IGNORECASE)
TITLE = re.compile(
    r"(?:(?:våre?|kommunens|planens|prioriterte|overordna|overordnede|overordnet|sentrale|strategiske|lokale)\s+)?"
    rf"(?:{'|'.join(forms for _, forms in _FORMS)}|tjenester|tenester|tjenestetilbud(?:et)?"
    rf"|tenestetilbod(?:et)?|tilbud|tilbod"
    r"|kjerneoppgaver|kjerneoppgåver|ansvarsområder?|ansvarsområde|oppgaver|oppgåver|utfordring(?:er|ar)"
    r"|status|bakgrunn)"
    r"(?:\s+(?:våre?|vårt|i\s+dag|fr[ae]m(?:over|mot\s+20\d\d)))?",
    re.IGNORECASE,
)
LONGEST_TITLE = 6
LAW = re.compile(
    r"\b\w*lov(?:en|a|ens|er|verk\w*)?\b|\bforskrift\w*|\bkonvensjon\w*|\bFNs?\b|\bbærekraftsmål\w*", re.IGNORECASE
)
ACTION = re.compile(
    r"\b(?:struktur\s?|hoved|hovud|spare|innsparings|omstillings|korrigerende\s|korrigerande\s|forslag\stil\s"
    r"|konkrete\s)?"
    r"tiltak(?:a|ene|et|spakke\w*|sliste\w*|splan\w*|sdel\w*|stabell\w*)?\b|\beffektivisering\w*"
    r"|\binnsparing\w*|\bnedtrekk\w*"
    r"|^handlings(?:plan|del|program)(?:en|met)?(?:\s+\d{4}.*)?:?$|\bomstillingstiltak\b|\b(?:flate|fordelte)\s+kutt\b"
    r"|\bstrukturendring\w*|\bneste\s+steg\b|\bve(?:ien|gen)\s+vi(?:dere|dare)\b|\bvi(?:dere|dare)\s+arbeid\b"
    r"|\bleveranse(?:r|ne)?\b|\bleveransar\b|\baktivitet(?:er|ar)\b|\b(?:utviklings)?prosjekt(?:er|ene|a)?(?=:?$)"
    r"|\bslik\s+(?:gjør|gjer|jobber|arbeider|arbeidar)\s+vi\b|\bdette\s+(?:gjør|gjer"
    r"|skal)\s+vi\b(?!.*\b(?:i\s+dag|allerede|alt)\b)"
    r"|\bslik\s+(?:vil|skal|må)\s+(?:vi|kommunen)\s+(?:arbeide|jobbe|jobba|gjøre|gjere|gå\s+fr[ae]m)\b"
    r"|\b(?:hva|kva)\s+gj(?:ør|er)\s+vi\b|^(?:hvordan|korleis)\s+(?:(?:gjør|gjer)\s+vi|(?:vil|skal)\s+vi\s+(?:gjøre|gjere|arbeide|jobbe))\b"
    r"|\b(?:dette|det|hva|kva)\s+må\s+(?:til|gjøres|gjerast)\b|\b(?:hva|kva)\s+skal\s+til\b|\bneste\s+skritt\b"
    r"|^omstilling(?:er|ar|a|en)?\b|^kutt\b|^innsparing"
    r"|\bdette\s+har\s+vi\s+(?:(?:allerede|alt|nå|no)\s+)?(?:starta|startet|begynt|satt\s+i\s+gang"
    r"|sett\s+i\s+gang|gjort|fått\s+til)\b"
    r"|\b(?:foreslår|føreslår|foreslås|føreslås|foreslått|anbefaler|tilrår)\s+(?:derfor\s+|difor\s+)?(?:følgende|følgjande)\b"
    r"|\b(?:følgende|følgjande)\s+(?:\w+\s+)?(?:foreslås|føreslås|iverksettes|iverksetjast|gjennomføres|gjennomførast|prioriteres)\b"
    r"|\b(?:omstillings|spare|innsparings|budsjett)forslag(?:a|ene|et)?\b"
    r"|\boppfølgings?punkt(?:er|ar)?\b|^(?:å\s+gjøre|å\s+gjere|gjøremål|gjeremål|til\s+oppfølging)\s*:?$"
    r"|\b(?:hva|kva)\s+(?:skal|vil|må|kan)\s+vi\s+(?:gjøre|gjere)\b|\bvi\s+(?:skal|vil)\s+(?:gjøre|gjere)\b",
    re.IGNORECASE,
)
_CATEGORIES: tuple[tuple[ActionCategory, str], ...] = (
    (ActionCategory.EFFICIENCY, r"effektivi?ser\w*|smartere\s+drift|smartare\s+drift|produktivitet\w*"),
    (
        ActionCategory.SERVICE_LEVEL,
        r"(?:service|tjeneste|teneste)nivå\w*|(?:tjeneste|teneste)kvalitet\w*|kvalitetsnivå\w*",
    ),
    (ActionCategory.STRUCTURE, r"struktur\w*"),
)
CATEGORY_WORDS = {kind: re.compile(rf"\b(?:{forms})\b", re.IGNORECASE) for kind, forms in _CATEGORIES}


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word in a phrase: the type it announces and where it stands."""

    type: ElementType
    start: int
    end: int


def cue_in(words: str) -> Cue | None:
    """The first cue word of the phrase, when it announces plan elements rather than actions or statutes."""
    action = ACTION.search(words)
    if HOW.match(words):
        return Cue(ElementType.STRATEGY, 0, len(words))
    if HOPED.match(words) and not action:
        return Cue(ElementType.GOAL, 0, len(words))
    if FOR_WHOM.match(words):
        return Cue(ElementType.TARGET_GROUP, 0, len(words))
    if (inner := re.search(r"\(([^()]+)\)$", words)) and (said := ANY_CUE.fullmatch(inner[1])):
        return Cue(ElementType(str(said.lastgroup)), inner.start(), inner.end())
    match = ANY_CUE.search(words)
    if match is None or LAW.search(words) or (action and action.start() < match.start()):
        return None
    if (reach := TO_REACH.search(words)) and reach.start() < match.start():
        return None
    return Cue(ElementType(str(match.lastgroup)), match.start(), match.end())


def titles_section(words: str) -> bool:
    """Whether a short line that no reader took for a heading still works as one: «Tiltak», «Dette vil vi oppnå»."""
    if len(words.split()) > LONGEST_TITLE or words.endswith((".", ",", ";")) or not words[:1].isupper():
        return False
    if re.search(r"\d", re.sub(r"\b20\d\d\b", "", words)) or re.search(r"[:;]\s+\S", words):
        return False
    if HOPED.match(words) or FOR_WHOM.match(words) or TITLE.fullmatch(words.rstrip(" :?")):
        return True
    action = ACTION.match(words)
    return action is not None and (" vi" in action[0] or len(words[action.end() :].split()) <= 2)


def announces_actions(words: str) -> re.Match[str] | None:
    """The word that says that actions follow; «tiltakene skal: …» speaks of their purpose instead."""
    match = ACTION.search(words)
    return None if match and re.match(r"(?:\s+\w+)?\s+(?:skal|bør|må|kan)\b", words[match.end() :]) else match


def category_of(words: str) -> ActionCategory | None:
    """Where the phrase says that room is found; two kinds at once say nothing."""
    kinds = [kind for kind, pattern in CATEGORY_WORDS.items() if pattern.search(words)]
    return kinds[0] if len(kinds) == 1 else None
