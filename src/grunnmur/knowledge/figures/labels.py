"""What a figure counts: the words round a number, made into a short label."""

from __future__ import annotations

import re

from grunnmur.kernel import Unit
from grunnmur.knowledge.language.nouns import is_function_word
from grunnmur.knowledge.language.numbers import NumberMatch
from grunnmur.knowledge.language.spans import BLANK, Span, blank
from grunnmur.knowledge.language.words import word_list
from grunnmur.knowledge.reading import Segment

_MOST_WORDS = 12
_FAR_ENOUGH = 300
_STOP = re.compile(r"[;()!?«»“”•●○■]|,(?=\s)|\.\s+(?=[A-ZÆØÅ])|\.$|\s[–-]\s")
_STOP_AFTER = re.compile(
    rf"[;:()•●○!?«»“”{BLANK}]|,(?=\s)|\.(?=\s|$)|\s[–-]\s|\b(?:mens|medan|men|samt|hvorav|(?:og|eller)\s+(?:en|ei|et|ein|eit)|fordi|slik|når|der|som|at|økende|aukande)\b"
)
_VERB = re.compile(
    r"\b(?:er|var|har|hadde|hatt|skal|skulle|vil|ville|kan|kunne|må|måtte|bør|ble|blir|blei|vart|vert|utgjør|utgjorde|"
    r"utgjer|tilsvarer|tilsvarte|svarer|svarar|svarte|gir|gav|ga|gjaldt|gjelder|gjeld|får|fikk|fekk|tok|tar|går|gikk|"
    r"bruker|brukar|brukte|bor|bur|jobber|arbeider|arbeidde|mottar|mottok|deltar|deltok|består|omfatter|omfattar|"
    r"øker?|økte|aukar?|auka|vokser|veks|vokste|steg|stiger|synker|sank|falt|faller|redusert|reduseres|reduserte|"
    r"koster|kostar|kostet|ligger|ligg|lå|viser|viste|finnes|finst|fantes|står|stod|sto|økes|settes|setter|sette|"
    r"ser|foreslår|foreslås|redusere|kjem|gjer|gjør|seier|veit|møter|møtte|fullførte?|fullfører|registrerte|flyttet|sa|deler|melder|melde|gjennomføres|"
    r"formulert|legger|legg|la|peker|velger|samler|frigjøres|handler|handlet|handla|bodde|lever|levde|snuser|fødte|fødde|"
    r"forteller|fortalte|utvides|utvider|opplever|opplevde|ønsker|krever|kreve|finansieres|formidlet|formidler|"
    r"disponerer|vedtok|bevilget|betaler|betalte|leverte|venter|mangler|manglar|krev|avsluttes|avdekket|betyr|kjøper|"
    r"kommer|kom|anslås|beregnet|beregnes|forventes|ventes|sier|svarte|oppgir|trenger|treng|dekker|drifter|driver)\b",
    re.I,
)
_TIED = re.compile(r"\b(?:på|lik|med)\s+(?:(?:ca|om lag|omtrent|rundt|over|nesten|kr)\.?\s*)*$", re.I)
_LINK = re.compile(r"\b(?:og|eller|samt|med|som|at|mot)\b", re.I)
_TOKEN = re.compile(r"[^\s,;:()]+")
_GENERAL = word_list("sammen til totalt alt det dette den disse desse vi man kommunen kommuna som der her som de dei")
_NUMERALS = word_list(
    "én en ei et ett éin ein to tre fire fem seks sju syv åtte ni ti elleve tolv mill mill. mrd millioner millionar"
)
_LONGEST = 10
_SHORTEST = 2
_BULLETS = " •●○■▪*-–"
_ENOUGH = 3
_WORD = re.compile(r"[^\W\d_]+(?:[-/.][^\W\d_]+)*-?")
_HEDGES = word_list("""
ca circa cirka om lag omtrent over nesten rundt inntil opptil minst kr nok kroner pr t.o.m t.om tom fra frå evt godt
overkant underkant økende aukande anslagsvis ned opp sammen ligget mer meir færre flere
""")
# Words that open a clause and name nothing themselves: «dei siste …», «gitt igangsettingstillatelse».
_WEAK = word_list("""
gitt satt sett oppmoda ofte først første siste neste andre altså likevel fortsatt tidlig snitt gjennomsnitt tillegg
mange noen enten løpet samme tilsvarende henhold derfor dermed dessuten videre slik fratrukket vist fått blitt beregnet
anslått registrert spredt ytterligere igjen omtrent dobbelt minst innen i.e. derimot samtidig deretter nylig
""")
_TIMES = word_list("""
år året årlig måned måneden måneder månad månaden uka uke uken veka veke døgn døgnet dag halvåret kvartal kvartalet gang
""")
_HOW_OFTEN = re.compile(
    r"\s+(?:i|per|pr\.?|hvert|kvart|hver|kvar)\s+(?:(?:hele|heile)\s+)?"
    r"(?:år|måned|månad|uk|vek|døgn|dag|halvår|kvartal|periode)\w*\b.*$",
    re.I,
)
_COUNTED = frozenset({Unit.PERSONS, Unit.FTE, Unit.CASES, Unit.PLACES, Unit.DAYS, Unit.HOURS, None})


def label_of(segment: Segment, number: NumberMatch) -> str:
    """Name before a colon, then what follows a count, else the subject of the clause; text as it stands in the source.

    A sentence that only refers back («Det tilsvarer …») takes the subject of the sentence before it. Empty when
    nothing readable is found.
    """
    sentence = segment.sentence(number.start)
    before = _masked(segment, (sentence[0], number.start))
    lead = _lead(_name(before))
    if lead and before.count("(") > before.count(")"):
        lead = _put_together(_subject(before[: before.rindex("(")]), lead)
    rest = before[_colon(before) + 1 :]
    after = _counted(segment, number, sentence)
    subject = _subject(rest)
    if not lead and not subject and sentence[0] > segment.start:
        subject = _subject_before(segment, sentence)
    if all(word in _TIMES for word in after.casefold().split()):
        after = ""  # «1,1 mill. kr per år» counts no years
    counts = number.unit in _COUNTED and bool(after)
    measured = "" if counts else _measured(rest)
    kind = after if number.unit is Unit.PERCENT and " " not in after else ""  # «4 % korttid og 9 % langtid»
    core = after if counts else measured or kind or subject or ("" if lead else after)
    core = _HOW_OFTEN.sub("", core)
    name = lead or (subject if len(core.split()) < _ENOUGH else "")
    return _put_together(name, core)


def _lead(name: str) -> str:
    """The words before a colon; of a whole sentence its subject."""
    parts = [part for part in name.split(BLANK) if re.search(r"[^\W\d_]{2}", part)]
    name = parts[-1] if parts else ""
    return _subject(name) if _VERB.search(name) else _phrase(name)


def _put_together(name: str, core: str) -> str:
    if not name or not core or name.casefold() in core.casefold() or core.casefold() in name.casefold():
        return max(name, core, key=len)
    return f"{name} – {core}" if len(f"{name} {core}".split()) <= _MOST_WORDS else core


def _subject_before(segment: Segment, sentence: Span) -> str:
    start = max(segment.start, sentence[0] - _FAR_ENOUGH)
    earlier = segment.sentence(max(segment.start, sentence[0] - 2))
    return _subject(_masked(segment, (max(start, earlier[0]), sentence[0])).rstrip(" ."))


def _counted(segment: Segment, number: NumberMatch, sentence: Span) -> str:
    """The noun phrase at and after the number: up to a verb, a new clause or another number."""
    own = " ".join(_counted_words(segment.text, number))
    part = _masked(segment, (number.end, sentence[1])).lstrip(" )" if not own else ")")
    stop = _STOP_AFTER.search(part)
    part = part[: stop.start()] if stop else part
    pieces = _VERB.split(f"{own}{part}" if own else part)
    phrases = [phrase for piece in pieces[:2] if (phrase := _phrase(piece))]
    alone = bool(phrases) and " " not in phrases[0] and not segment.text[sentence[0] : number.start].strip(_BULLETS)
    return _put_together(*phrases) if alone and len(phrases) == 2 else next(iter(phrases), "")


def _measured(rest: str) -> str:
    """«et netto budsjett på 362 mill.»: the noun phrase that «på» ties to the number."""
    match = _TIED.search(rest)
    if match is None:
        return ""
    clause = re.split(rf"[{BLANK},]", _VERB.split(rest[: match.start()])[-1])[-1]
    return _phrase(_LINK.split(clause)[-1])


def _subject(rest: str) -> str:
    """The words before the clause's verb, or after it when the verb comes first."""
    for clause in reversed(_STOP.split(rest)):
        pieces = [_phrase(_named(piece)) for piece in _VERB.split(clause)]
        found = next((piece for piece in pieces if piece and not _is_general(piece)), "")
        if found:
            return found
    return ""


def _is_general(phrase: str) -> bool:
    """«kommunen», «15 år»: words that name nothing of their own."""
    return phrase.casefold() in _GENERAL or all(word in _TIMES for word in phrase.casefold().split())


def _named(piece: str) -> str:
    """The piece up to a number or date in it, or after one it begins with, without weak words before the noun."""
    parts = [part for part in re.split(BLANK + "+", piece) if re.search(r"[^\W\d_]{3}", part)]
    words = parts[0].split() if parts else []
    while words and (words[0].casefold().strip(",.") in _WEAK or _is_light(words[0])):
        words.pop(0)
    return " ".join(words)


def _phrase(part: str) -> str:
    """A stretch of text without light words and marks at its ends; at most ten words."""
    spans = [match.span() for match in _TOKEN.finditer(part)][:_LONGEST]
    while spans and _is_loose(part[slice(*spans[-1])]):
        spans.pop()
    while spans and _is_loose(part[slice(*spans[0])]):
        spans.pop(0)
    return part[spans[0][0] : spans[-1][1]].replace(BLANK, "…") if spans else ""


def _is_loose(word: str) -> bool:
    return _is_light(word) or not word[0].isalpha() or len(word) < _SHORTEST or bool(_VERB.fullmatch(word))


def lead_of(segment: Segment, number: NumberMatch) -> list[str]:
    """The words before the last colon that precedes the number in its sentence."""
    start = segment.sentence(number.start)[0]
    before = _masked(segment, (start, number.start))
    return _trimmed(_words(_name(before)))[-8:]


def _masked(segment: Segment, span: Span) -> str:
    """The text with the other numbers and the dates blanked, lines joined."""
    others = [(number.start, number.end) for number in segment.numbers_in(*span)]
    others += [(date.start, date.end) for date in segment.dates_in(*span)]
    spans = [(start - span[0], end - span[0]) for start, end in others if span[0] <= start and end <= span[1]]
    return re.sub(r"\s+", " ", blank(segment.text[slice(*span)], spans))


def _colon(before: str) -> int:
    return max(before.rfind(": "), before.rfind("; "), len(before) - 1 if before.endswith((":", ";")) else -1)


def _name(before: str) -> str:
    colon = _colon(before)
    return re.split(r"[.!?]\s+(?=[A-ZÆØÅ])|:\s|[•●]", before[:colon])[-1] if colon >= 0 else ""


def _counted_words(text: str, number: NumberMatch) -> list[str]:
    """The counted noun, when the number's own span holds it."""
    return [
        word
        for word in _words(text[number.start : number.end])
        if not _is_light(word) and word.lower() not in _NUMERALS
    ]


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _trimmed(words: list[str]) -> list[str]:
    """Without function words and hedges at either end."""
    kept = list(words)
    while kept and _is_light(kept[-1]):
        kept.pop()
    while kept and _is_light(kept[0]):
        kept.pop(0)
    return kept


def _is_light(word: str) -> bool:
    return is_function_word(word) or word.lower().rstrip(".") in _HEDGES
