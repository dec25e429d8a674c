"""What Norwegian nouns count: persons, positions, cases, places, days, hours."""

from __future__ import annotations

import re
from functools import lru_cache

from grunnmur.kernel import Unit
from grunnmur.knowledge.language.words import word_list

_HEADS = {
    Unit.FTE: word_list("""
        årsverk årsv stilling stillinger stillingar
    """),
    Unit.PERSONS: word_list("""
        person personer personar mennesker menneske innbygger innbyggere innbyggerne innbyggjarar ansatte ansatt
        tilsette medarbeider medarbeidere medarbeidarar bruker brukere brukarar pasient pasienter pasientar
        beboer beboere bebuarar barn unge ungdom ungdommer ungdommar ungdommene voksne vaksne eldre elev elever
        elevar student studenter studentar lærling lærlinger lærlingar kvinner menn gutter jenter deltaker
        deltakere deltakarar mottaker mottakere mottakarar lege leger legar sykepleier sykepleiere sjukepleiarar
        lærer lærere lærarar vikar vikarer vikarar leder ledere leiarar assistent assistenter assistentar
        frivillige pårørende søker søkere søkjarar flyktninger flyktningar bosatte fødte døde familier familiar
        deltidsansatte pensjonister pensjonistar sysselsatte sysselsette arbeidsledige uføre fagarbeidere
        helsefagarbeidere vernepleiere fysioterapeuter ergoterapeuter terapeuter rådgivere saksbehandlere
        kandidater medlemmer representanter politikere foreldre enslige aleneboende husstandsmedlemmer
        innvandrere besøkende gjester passasjerer sjåfører ungdomsskoleelever åringer spesialister rektorer
        avdelingsledere styrere folkevalgte tjenestemottakere småbarn spedbarn babyer hender tolker tolkar pedagoger
        pedagogar born veiledere rettleiarar koordinatorer koordinatorar tilsatte mødre fedre jordmødre prestar prester
        miljøvaktmestere vaktmestere folketall folketallet folketal folketalet hjemmeboende heimebuande
    """),
    Unit.PLACES: word_list("""
        plass plasser plassar senger sengeplasser
    """),
    Unit.CASES: word_list("""
        sak saker klage klager klagar vedtak søknad søknader søknadar henvendelse henvendelser henvendingar
        konsultasjon konsultasjoner konsultasjonar telefonsamtaler samtaler samtalar telefoner meldinger
        meldingar avvik tilsyn lovbrudd lovbrot brudd innleggelser innleggingar reinnleggelser
        utskrivninger utrykninger oppdrag tilfelle tilfeller dødsfall fødsler fødslar innspill høringsinnspill
        anmeldelser bekymringsmeldinger undersøkelser undersøkingar pålegg varsler varslar hendelser hendingar
        skader ulykker fall kontakter kontroller kontrollar inspeksjoner
    """),
    Unit.DAYS: word_list("""
        dag dager dagar døgn virkedager liggedøgn liggedager yrkedagar kalenderdager
    """),
    Unit.HOURS: word_list("""
        time timer timar timeverk
    """),
    Unit.RATIO: word_list("""
        ganger gonger
    """),
}
_UNIT_OF = {word: unit for unit, words in _HEADS.items() for word in words}
_LONGEST_FIRST = sorted((w for w in _UNIT_OF if len(w) >= 4), key=len, reverse=True)
# Words that end like a head but mean something else («sykefravær» is no «vær»; «kalender» ends in «lender»).
_NOT_COMPOUNDS = word_list("""
problem fagbesøk årsak årsaker søsken personal lekeplasser parkeringsplasser
""")
_SINGULAR_HEADS = word_list("""
sak dag lege leder søker elev time plass barn bruker
""")

# Adjectives that stand as nouns, unless a noun follows: «12 frivillige», but «3 frivillige organisasjoner».
_ADJECTIVAL = word_list("""
unge eldre voksne vaksne frivillige enslige uføre sysselsatte sysselsette bosatte fødte døde pårørende besøkende
ansatte tilsette folkevalgte aleneboende arbeidsledige
""")

_FUNCTION_WORDS = word_list("""
i på av for til fra frå med om ved hos mot under over etter før og eller men som at å er var blir ble vert vart har
hadde skal vil kan må bør ikke ikkje enn når der da så per pr hver kvar hvert fordelt inkludert inkl hvorav derav samt
pluss mellom gjennom uten utan innen innan blant rundt ca den det de dei et en ein eit ei vi han hun noen nokre denne
dette disse desse alle også òg bare berre nå no deretter mens medan hvis dersom fordi dvs jf jfr ref
""")


_VERBS = word_list("""
kommer får går bor deltar mottar trenger jobber venter lever faller øker starter fullfører møter tar gir blir står
ligger sitter arbeider opplever ønsker svarer sier mener skriver leser søker flytter
""")


@lru_cache(maxsize=20_000)
def unit_of_noun(word: str) -> Unit | None:
    """The unit a noun counts in, also as the last part of a compound («sykehjemsplasser» → places)."""
    word = word.casefold().strip("-–")
    if word in _UNIT_OF:
        return _UNIT_OF[word]
    if word in _NOT_COMPOUNDS:
        return None
    for head in _LONGEST_FIRST:
        rest = len(word) - len(head)
        if rest >= 2 and word.endswith(head):
            return None if head in _SINGULAR_HEADS and head not in {"barn", "plass"} else _UNIT_OF[head]
    return None


def is_adjectival(word: str) -> bool:
    """Whether a word counts persons alone, but describes the noun that follows it («frivillige organisasjoner»)."""
    return word.casefold() in _ADJECTIVAL


def is_function_word(word: str) -> bool:
    """Prepositions, conjunctions, pronouns and auxiliaries: where a noun phrase ends."""
    return word.casefold() in _FUNCTION_WORDS


_ADJECTIVE = re.compile(
    r".*(?:ige|ske|ale|ive|ende|ede|ete|løse|bare|nye|store|små|gode|flere|fleire|faste|fast|isk|ig|lig|t|antil|onell|uell|iell)$"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-–/][^\W\d_]+)*(?:-(?=\s))?")


def noun_phrase(text: str, start: int, end: int | None = None, limit: int = 4) -> list[tuple[int, int]]:
    """Words from ``start`` up to the end of the noun phrase: at most ``limit``, none past ``end`` or punctuation.

    Adjectives are recognised by their endings; the phrase ends with its first noun.
    """
    words: list[tuple[int, int]] = []
    place, end = start, len(text) if end is None else end
    while len(words) < limit:
        gap = re.match(r"[ \t]*(?:\r?\n){0,2}[ \t]*", text[place : place + 20])
        at = place + (gap.end() if gap else 0)
        match = _WORD.match(text, at, max(at, end))
        if match is None or is_function_word(match.group()) or _is_label(text, place, match):
            break
        words.append(match.span())
        place = match.end()
        known = unit_of_noun(match.group()) and match.group().casefold() not in _ADJECTIVAL
        if known or not _looks_adjectival(match.group()):
            break
    return words


def _is_label(text: str, place: int, match: re.Match[str]) -> bool:
    """A word on the next line with a colon after it begins something new."""
    return "\n" in text[place : match.start()] and text.startswith(":", match.end())


def _looks_adjectival(word: str) -> bool:
    return bool(_ADJECTIVE.fullmatch(word.casefold())) or (word.endswith("e") and len(word) > 3)


def counted(text: str, start: int) -> tuple[Unit | None, int]:
    """The unit of the noun phrase that begins at ``start`` and where its deciding noun ends."""
    phrase = noun_phrase(text, start)
    for index, (first, last) in reversed(list(enumerate(phrase))):
        word = text[first:last]
        unit = unit_of_noun(word)
        if unit and (word.casefold() not in _ADJECTIVAL or not _noun_follows(text, phrase[index + 1 :])):
            return unit, last
    return None, start


def _noun_follows(text: str, rest: list[tuple[int, int]]) -> bool:
    words = (text[first:last].casefold() for first, last in rest)
    return any(word.endswith(("er", "ar", "r")) and word not in _VERBS for word in words)
