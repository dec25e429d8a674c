"""Actions in running text: what shall be done, what is decided or proposed, and what «we» do under such a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grunnmur.knowledge.passages import Stretch

# What municipalities set in motion: verbs whose result can be seen afterwards. Verbs of attitude («satse», «sikre»,
# «legge til rette») are left out, since plans use them for aims.
_VERBS = """
anskaffe, ansette, arrangere, asfaltere, avvikle, avslutte, bemanne, bevilge, bygge, bygge om, byggje, bytte, dele
ut, digitalisere, effektivisere, endre, engasjere, erstatte, etablere, evaluere, fjerne, flytte, forberede,
forlenge, førebu, gjennomføre, gjennomgå, gjenåpne, gjere om, gjøre om, greie ut, halvere, implementere, informere
om, inngå, innføre, innrede, installere, invitere, iverksette, iverksetje, justere, kalle inn, kartlegge,
kartleggje, kjøpe, kjøpe inn, konkurranseutsette, kurse, kutte, lage, legge ned, legge om, leggje ned, leggje om,
leie, leie inn, leie ut, lyse ut, løyve, merke, montere, nedbemanne, nedsette, omdisponere, omgjøre, omorganisere,
omplassere, omstille, omstrukturere, opne, oppbemanne, oppdatere, oppgradere, opprette, oppruste, organisere,
overføre, overta, pilotere, planlegge, prosjektere, prøve, prøve ut, publisere, pusse opp, redusere, reforhandle,
regulere, rehabilitere, rekruttere, revidere, rullere, rydde, samle, samlokalisere, samordne, selge, selje, sende,
sende ut, sette av, sette i gang, sette i verk, sette ned, sette opp, setje av, setje i gang, setje i verk, setje
ned, si opp, seie opp, skifte ut, slanke, slå saman, slå sammen, starte, stenge, stoppe, stramme inn, styrke, søke,
søkje, ta i bruk, ta ned, teste, teste ut, tilsette, trappe ned, trappe opp, utarbeide, utbedre, utforme, utgreie,
utlyse, utplassere, utrede, utvide, utvikle, vidareføre, vidareutvikle, videreføre, videreutvikle, vurdere, øke,
auke, åpne, halde kurs, holde kurs, tilby, ha, korte ned, korte inn, halde fram med, fortsette, ta inn, vidareføre,
styrkje, opprettholde, stanse, inndra, øremerke, slå opp, prioritere, systematisere, standardisere, automatisere,
opprette, oppretta, byggje ut, bygge ut, ruste opp, rive, erverve, tilrettelegge, flytte ut, flytte inn, samle inn
"""
_VAGUE = frozenset({
    "tilby", "ha", "styrke", "styrkje", "informere om", "sende", "prioritere", "opprettholde", "fortsette",
    "tilrettelegge",
})  # fmt: skip


def _pattern(verbs: list[str], ending: str) -> str:
    """One alternative for each verb, the longest first; ``ending`` follows the verb itself in «ta ned»."""
    words = (verb.split(" ", 1) for verb in sorted(verbs, key=len, reverse=True))
    return "|".join(first + ending + "".join(rf"\s+{re.escape(part)}" for part in rest) for first, *rest in words)


_ALL = [" ".join(verb.split()) for verb in _VERBS.split(",")]
VERBS = tuple(sorted({verb for verb in _ALL if verb not in {"ha", "tilby"}}, key=lambda verb: (-len(verb), verb)))
_FIRM = [verb for verb in _ALL if verb not in _VAGUE]
DO = rf"(?:{_pattern(_ALL, '')})"
DO_FIRMLY = rf"(?:{_pattern(_FIRM, '')})"
DONE = (
    rf"(?:{_pattern(_FIRM, '(?:s|st|ast)')}"
    rf"|{_pattern([verb[:-1] for verb in _FIRM if ' ' not in verb], '(?:es|ast|ert|a|et|t)')})"
)
DOES = (
    rf"(?:{_pattern(_ALL, 'r')}"
    rf"|{_pattern([verb[:-1] for verb in _ALL if ' ' not in verb and verb.endswith('e')], 'ar')}|sier\s+opp|gir"
    rf"|gjev|får|held|holder|set(?:ter)?\s+\w+|legg(?:er)?\s+\w+|skal|vil|\w+e[rs])"
)
_ADVERB = (
    r"(?:\s+(?:også|òg|derfor|difor|nå|no|blant\s+annet|mellom\s+anna|i\s+tillegg|samtidig|fr[ae]mover"
    r"|deretter|raskt|snarest)){0,2}"
)
_US = (
    r"(?:vi|kommunen|kommuna|kommunestyret|kommunedirektøren|rådmannen|administrasjonen|[A-ZÆØÅ]\S+\s+kommune"
    r"|det|dei|de"
    r"|(?:\w*(?:enheten|eininga|avdelingen|avdelinga|virksomheten|verksemda|tjenesten|tenesta|etaten|kontoret"
    r"|senteret|teamet))"
    r"|prosjektet|programmet|arbeidsgruppa|styringsgruppa)"
)
_WHEN = r"(?:[^.,;:]{3,60}?,?\s+)?"
WILL_DO = re.compile(
    rf"(?:og\s+|samt\s+|derfor\s+|difor\s+)?{_US}\s+(?:skal|vil){_ADVERB}\s+{DO_FIRMLY}\b", re.IGNORECASE
)
SHALL_WE = re.compile(rf"{_WHEN}(?:skal|vil)\s+{_US}{_ADVERB}\s+{DO_FIRMLY}\b", re.IGNORECASE)
# What happens by itself («vil øke») or to plans and services at large says nothing that can be checked off.
_LOOSE = frozenset({
    "øke", "auke", "redusere", "planlegge", "gjennomføre", "utvikle", "utforme", "videreutvikle", "vidareutvikle",
    "halvere",
    "styrke", "søke", "søkje", "prøve", "forlenge", "erstatte", "fjerne", "organisere", "samordne", "endre", "vurdere",
})  # fmt: skip
_CLEAR = [verb for verb in _FIRM if verb not in _LOOSE]
_CLEARLY_DONE = (
    rf"(?:{_pattern(_CLEAR, '(?:s|st|ast)')}"
    rf"|{_pattern([verb[:-1] for verb in _CLEAR if ' ' not in verb], '(?:es|ast|ert|a|et|t)')})"
)
WILL_BE_DONE = re.compile(
    rf"(?:(?!\b(?:når|som|at|om|hvis|dersom|slik|for|enn)\b)[^.;:]){{3,70}}?\s(?:skal"
    rf"|vil)\s+(?:bli\s+)?{_CLEARLY_DONE}(?!\w)",
    re.IGNORECASE,
)
MUST_DO = re.compile(
    rf"{_WHEN}må\s+{_US}{_ADVERB}\s+(?:{_pattern(_CLEAR, '')})\b|{_US}\s+må{_ADVERB}\s+(?:{_pattern(_CLEAR, '')})\b",
    re.IGNORECASE,
)
# «Ny vei bygges i 2027», «kiosken legges ned», «det vert oppretta …»: said in the present of what is to come.
_BE_DONE = (
    rf"(?:{_pattern([verb for verb in _FIRM if ' ' not in verb], 's')}"
    rf"|(?:legges|settes|kortes|tas|bygges|trappes|slås|pusses|skiftes|lyses|leggjast|setjast)"
    rf"(?:\s[^.;:]{{1,60}}?)?\s(?:ned|opp|av|inn|ut|om|i\s+gang|i\s+bruk|i\s+verk|sammen|saman)"
    rf"|(?:blir|vert|ble)\s+(?:[^\s.;:]+\s)?{DONE})"
)
COMES = re.compile(rf"(?:det\s+)?(?:[^.;:]{{2,80}}?\s)?{_BE_DONE}(?!\w)", re.IGNORECASE)
CUT = re.compile(
    r"(?:reduksjon|økning|auke|kutt|nedtrekk|innsparing|styrking|bortfall|opphør)\s+(?:på|av|i|med)\s", re.IGNORECASE
)
AHEAD = re.compile(
    r"\b(?:i|fra|frå|innen|innan|til|f\.o\.m\.|fra\s+og\s+med)\s+(?:\w+\s+){0,2}20[2-9]\d|\bplanperioden|neste\s+år",
    re.IGNORECASE,
)
SHALL_BE_DONE = re.compile(
    rf"{_WHEN}(?:skal|vil)\s+det{_ADVERB}\s+(?:bli\s+)?{DONE}(?!\w)"
    rf"|det\s+(?:skal"
    rf"|vil){_ADVERB}\s+(?:bli\s+)?{DONE}(?!\w)",
    re.IGNORECASE,
)
PROPOSED_TO = re.compile(
    r"\b(?:foreslås|føreslås|foreslår|føreslår|foreslått|føreslått|anbefales|anbefaler|tilrår|vedtatt|vedteke"
    r"|vedtok|bestemt|bestemt\s+seg\s+for"
    r"|besluttet|planlegger|planlegg|planlegges|planlagt|planlagd|ta(?:r|s)\s+sikte\s+på|tek\s+sikte\s+på|bes(?:\s+om)?|enige\s+om"
    r"|samde\s+om)"
    rf"(?:\s+(?:det|vi|kommunen|kommunedirektøren|rådmannen))?{_ADVERB}\s+å\s+(?P<text>\S.*)$",
    re.IGNORECASE,
)
PROPOSED_THAT = re.compile(
    r"\b(?:foreslås|føreslås|foreslår|føreslår|foreslått|føreslått|anbefaler|tilrår|vedtatt|vedteke|vedtok"
    r"|bestemt|besluttet)"
    r"(?:\s+(?:det|vi|kommunen|kommunedirektøren|rådmannen))?(?:\s+også|\s+òg)?,?\s+at\s+(?P<text>\S.*)$",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:dersom|hvis|viss|kunne|kanskje|bør\s+kunne|ikke\s+(?:vedtatt|avklart|besluttet))\b|\?$", re.IGNORECASE
)
WE_DO = re.compile(
    rf"(?!For\s|\S+(?:\s\S+)?\s(?:har|er|var|finnes|finst)\b)(?:[A-ZÆØÅ][\w-]*)(?:\s[\w-]+){{0,4}}?\s(?:{DOES})\b",
    re.IGNORECASE,
)
WE = re.compile(rf"{_US}\s", re.IGNORECASE)
INFINITIVE = r"(?:\w{2,}[ea]|få|gi|gå|ha|se|sjå|si|stå|ta|bli|gje|by)\s+\S"
NEXT_INFINITIVE = re.compile(rf"(?:,\s+(?:og\s+|samt\s+)?|\s+og\s+|\s+samt\s+)(?:å\s+)?(?={INFINITIVE})", re.IGNORECASE)
NEXT_CLAUSE = re.compile(r",\s+(?:og|mens|samtidig\s+som)\s+(?=[^,]{3,50}?\s(?:skal|vil)\s)", re.IGNORECASE)
LONGEST = 40


def planned_in(sentence: Stretch) -> Iterator[Stretch]:
    """The actions that a sentence states, as parts of it; nothing when it only hopes, asks or describes."""
    flat = sentence.flat
    if CONDITION.search(flat) or len(flat.split()) > LONGEST or flat.endswith(":"):
        return
    if match := PROPOSED_TO.search(flat):
        yield from _infinitives(sentence.part(match.start("text"), match.end("text")))
    elif match := PROPOSED_THAT.search(flat):
        yield sentence.part(match.start("text"), match.end("text"))
    else:
        yield from (clause for clause in _clauses(sentence) if shall_be_done(clause.flat))


def shall_be_done(words: str) -> bool:
    """Whether the clause says that something shall be done, by a verb whose result can be seen."""
    return any(pattern.match(words) for pattern in (WILL_DO, SHALL_WE, WILL_BE_DONE, SHALL_BE_DONE, MUST_DO))


def is_going_to(words: str) -> bool:
    """Whether something is set in motion, said in the present («legges ned») or by a noun («Reduksjon på …»)."""
    return (COMES.match(words) is not None or CUT.match(words) is not None) and not words.endswith((":", "?"))


def is_done(words: str, *, anyone: bool) -> bool:
    """Whether we do something («Vi bygger …»), or ``anyone`` does; under a heading for actions that is an action."""
    return WE_DO.match(words) is not None and not words.endswith((":", "?")) and (anyone or WE.match(words) is not None)


def _clauses(sentence: Stretch) -> Iterator[Stretch]:
    begin = 0
    for cut in NEXT_CLAUSE.finditer(sentence.flat):
        yield sentence.part(begin, cut.start())
        begin = cut.end()
    yield sentence.part(begin, len(sentence.flat))


def _infinitives(value: Stretch) -> Iterator[Stretch]:
    """«utvide A, pusse opp B og leie ut C» is three; «utvide A og B» is one."""
    flat, begin = value.flat, 0
    cuts = [
        cut for cut in NEXT_INFINITIVE.finditer(flat) if re.match(rf"(?:å\s+)?{DO}\b", flat[cut.end() :], re.IGNORECASE)
    ]
    for cut in cuts:
        yield value.part(begin, cut.start())
        begin = cut.end()
    yield value.part(begin, len(flat))
