"""Figures in running text, lists and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grunnmur.kernel import Unit
from grunnmur.knowledge.figures.charts import chart_labels
from grunnmur.knowledge.figures.labels import label_of, lead_of
from grunnmur.knowledge.figures.periods import lead_in, period_of
from grunnmur.knowledge.language.dates import MONTH_NUMBER
from grunnmur.knowledge.language.nouns import noun_phrase, unit_of_noun
from grunnmur.knowledge.language.numbers import Bound, NumberMatch
from grunnmur.knowledge.language.words import word_list
from grunnmur.knowledge.model import Figure
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import BlockKind

_DEFINITE = re.compile(r"(?:\b(?:de|dei|den|det|disse|desse|begge|alle|hver|kvar|annenhver|hvert)\s+)$", re.I)
_DEFINITE_NOUN = re.compile(r"(?:ene|ane|erne)$")
_MONEY_WORDS = re.compile(
    r"budsjett|ramme|kostnad|utgift|inntekt|tilskudd|tilskot|forbruk|innsparing|kroner|beløp|regnskap|rekneskap|"
    r"overskudd|underskudd|investering|bevilg|løyv|gjeld",
    re.I,
)
_PER = re.compile(
    r"\s*(?:\w+\s+){0,3}(?:pr\.?|per)\s*(?:1[ .]?0|innbygger|eldre|100)|\s*(?:barn|\w+)\s+per\s+\w+", re.I
)
_RATE = re.compile(r"\b(?:pr|per)\.?\s(?:\d[\d ]*\s)?\w+\W*$|\b(?:pr|per)\.?\s\d", re.I)
# «to uker», «tre år»: how long, not how many. «i 1 000 kroner»: what other amounts are in.
_DURATION = re.compile(r"\s+(?:år(?:ene|a)?|måned(?:er|ar)?|månad(?:er|ar)?|uke[r]?|veke[r]?|minutt(?:er)?)\b", re.I)
_IN_THOUSANDS = re.compile(r"\b(?:i|hele|heile|i hele|i heile)\s+1[ .]?000\s*kr\w*\.?\s*$", re.I)
_TIMED = re.compile(
    r"\b(?:vente|saksbehandlings?|behandlings?|løsnings?|løysings?|svar|respons|bo|ligge|reise)tid\w*\b[^.;]{0,60}$",
    re.I,
)
_FREQUENCY = re.compile(
    r"\s+(?:i|per|pr\.?)\s+(?:året|år|halvåret|måneden|måned|månaden|månad|uk[ae]n?|vek[ae]|døgnet)\b", re.I
)
_PART_OF = re.compile(r"\b(?:hvorav|herav|derav)\s+(?:(?:ca|om lag|omtrent)\.?\s+)?$", re.I)
_OF_THEM = re.compile(r"\s+av\s+(?:disse|desse|dem|dei|disse)\b", re.I)
_IN_YEAR = re.compile(r"\s+i\s+(?:19|20)\d\d\b(?!\s?[-–]\s?\d)", re.I)
_TARGET = re.compile(r"\b(?:målet|måltallet|måltalet)\s+(?:er|var)\s+(?:(?:ca|minst|over)\.?\s+)?$", re.I)
_RESPECTIVELY = re.compile(r"\b(?:henholdsvis|høvesvis)\s+(?:[\d ,.]+(?:\s?%)?\s+og\s+)?$", re.I)
_SLASHED = re.compile(r"\s/\s")
_FEWER = re.compile(r"\s+(?:færre|fleire|flere)\s+enn\b", re.I)
_NAMED_LINE = re.compile(r"[^\W\d_][^\d:;.,\n]{2,40}[ \t]+$")
_NUMBER_LINE = re.compile(r"[ \t]*[^\W\d_][^\d:;.,\n]{2,40}[ \t]+\d[\d ]*(?:,\d+)?(?:[ \t]?%)?[ \t\r]*")
_NOT_A_COUNT = re.compile(r"\b(?:skal|skulle|bør|må|minst|enn|bare|berre|hver|kvar|fra|frå|får|treng\w*)\b", re.I)
_ONES = frozenset({"én", "éin", "éi", "ett", "éitt"})
_AGAINST = re.compile(r"\b(?:mot|enn|til|(?:opp|ned)\s+i)\s+(?:ca\.?\s+)?$", re.I)
# «38 elever i år, Brattås 51», «318 elever, 64 på venteliste», «64 døgn i januar, 41 i feb».
_NAMED_NEXT = re.compile(r",\s+(?:og\s+)?(?P<name>[A-ZÆØÅ][^\W\d_]+(?:\s[^\W\d_]+){0,2})\s+$")
_NEXT = re.compile(r"(?:,|\s[-–]|\sog)\s+(?:ca\.?\s+)?$")
_PLACED = re.compile(r"\s+(?:hos|på|ved|uten|utan|under)\s+[a-zæøå]")
_IN_MONTH = re.compile(rf"\s+i\s+(?:{'|'.join(MONTH_NUMBER)})\b", re.I)
_ENDS_CLAUSE = re.compile(r"\s*(?:[.;,)\n]|$)")
_ONE = re.compile(r"1\s\w")
_EQUATION = re.compile(r"^\s*[=]|^\s*[-–+]\s*\d+[\d ]*\s*=")


def prose_figures(reading: Reading) -> Iterator[Figure]:
    """Every number outside tables that counts something."""
    names = chart_labels(reading)
    for segment in reading.segments:
        previous: NumberMatch | None = None
        for number in segment.numbers:
            if number.start in reading.in_text_grids:
                continue
            if number.start in names or is_figure(segment, number, previous):
                yield _figure(reading, segment, number, names.get(number.start))
            previous = number


def _figure(reading: Reading, segment: Segment, number: NumberMatch, name: str | None) -> Figure:
    return Figure(
        label=name or _label(reading, segment, number),
        number=number.value,
        unit=unit_of(reading, segment, number),
        page=reading.document.page_at(number.start),
        start=number.start,
        end=number.end,
        period=period_of(reading, segment, number),
        org=reading.organisations.of(number.start, name or ""),
        approx=number.approx,
    )


def _label(reading: Reading, segment: Segment, number: NumberMatch) -> str:
    """The label in the block; the heading's words when the block has none."""
    label = _next_name(segment, number) or label_of(segment, number)
    if len(label) >= 3:
        return label
    above = [heading for heading in reading.headings_above(segment.start) if heading is not segment.block][:1]
    heading = " ".join(reading.document.text[block.start : block.end].strip(" :") for block in above)
    return " ".join(f"{heading} {label}".split())


def is_figure(segment: Segment, number: NumberMatch, previous: NumberMatch | None) -> bool:
    """Whether a number counts or measures something that the text names."""
    text = segment.text
    if _only_says_how_long(text, number) or _IN_THOUSANDS.search(
        text[max(segment.start, number.end - 30) : number.end]
    ):
        return False
    if number.spelled:
        return _spelled_counts(segment, number, previous)
    if _FREQUENCY.match(text, number.end) and number.unit is Unit.RATIO:
        return False
    if number.unit is not None or number.of is not None or number.approx or number.bound is not Bound.NONE:
        return not (number.value == 1 and number.unit is Unit.PERSONS and _ONE.match(text[number.start : number.end]))
    if "," in text[number.start : number.end] or abs(number.value) >= 1000:
        return True
    if _is_equation(segment, number) or _compared(segment, number, previous) or _refers(segment, number, previous):
        return True
    if _is_next(segment, number, previous):
        return True
    if _in_parentheses(text, number):
        return _parenthesis_counts(segment, number, previous)
    if _labelled(segment, number):
        return True
    phrase = noun_phrase(text, number.end, segment.end)
    return bool(phrase) and number.value != 1 and segment.block.kind is not BlockKind.HEADING


def _only_says_how_long(text: str, number: NumberMatch) -> bool:
    """«to uker» is a span of time; «5,9 år» is a measured mean."""
    if "," in text[number.start : number.end] or not _DURATION.match(text, number.end):
        return False
    return not _TIMED.search(text[max(0, number.start - 90) : number.start])  # «ventetid: 14 uker» is a measured time


def _refers(segment: Segment, number: NumberMatch, previous: NumberMatch | None) -> bool:
    """A bare number whose noun stands elsewhere: «hvorav 16», «24 av dem», «31 i 2023», «målet er 80»."""
    text = segment.text
    before = text[max(segment.start, number.start - 40) : number.start]
    if previous is not None and _SLASHED.fullmatch(text[previous.end : number.start]) and _ends_line(text, number):
        return True  # «17 / 5» under «(nå / 2028)»
    if _OF_THEM.match(text, number.end) or _RESPECTIVELY.search(before) or _TARGET.search(before):
        return True
    if previous is not None and (_PART_OF.search(before) or _FEWER.match(text, number.end)):
        return True
    if _IN_YEAR.match(text, number.end) and number.value != 1:
        return True
    return _is_named_line(segment, number)


def _ends_line(text: str, number: NumberMatch) -> bool:
    return re.match(r"[ \t]*(?:[\r\n]|$)", text[number.end : number.end + 20]) is not None


def _is_named_line(segment: Segment, number: NumberMatch) -> bool:
    """«Engelsk 48» with another such line next to it: a table that lost its lines."""
    text = segment.text
    line_end = text.find("\n", number.end)
    line_end = len(text) if line_end < 0 else line_end
    if text[number.end : line_end].strip(" %\t\r") or not _NAMED_LINE.fullmatch(
        segment.line_before(number.start).strip("\t -–•●○■")
    ):
        return False
    start = text.rfind("\n", 0, number.start)
    above = text[max(0, start - 200) : start].rstrip().rpartition("\n")[2] if start > 0 else ""
    below = text[line_end : line_end + 200].lstrip().partition("\n")[0]
    return any(_NUMBER_LINE.fullmatch(line) for line in (above, below))


def _spelled_counts(segment: Segment, number: NumberMatch, previous: NumberMatch | None) -> bool:
    text = segment.text
    if _FREQUENCY.match(text, number.end) and number.unit is Unit.RATIO:
        return False
    if number.of is not None or number.unit in {Unit.NOK, Unit.PERCENT, Unit.RATIO} or _OF_THEM.match(text, number.end):
        return True
    if previous is not None and previous.of is not None and previous.end > number.start - 12:
        return False
    if _DEFINITE.search(text[max(segment.start, number.start - 12) : number.start]):
        return False
    phrase = noun_phrase(text, number.end, segment.end) or noun_phrase(text, number.start + 1, number.end)
    words = [text[slice(*span)] for span in phrase]
    if not words or any(_DEFINITE_NOUN.search(word) for word in words):
        return False
    if number.value == 1 and not _counts_one(segment, number):
        return False
    accented = text[number.start : number.end].split()[0].casefold() in _ONES
    plural = bool(re.search(r"(?:er|ar|r|hus|tilbud|barn|bygg|tiltak)$", words[-1])) or number.unit is not None
    return segment.block.kind is not BlockKind.HEADING and (accented or plural)


def _counts_one(segment: Segment, number: NumberMatch) -> bool:
    """«én barnehage hadde lovbrudd» counts; «skal ha én kontaktperson» and «Én plass koster» speak of any one."""
    start = segment.sentence(number.start)[0]
    before = segment.text[start : number.start]
    return (
        bool(re.search(r"[^\W\d_]{2}", before))
        and not _NOT_A_COUNT.search(before)
        and not before.rstrip().endswith(":")
    )


def _is_equation(segment: Segment, number: NumberMatch) -> bool:
    after = segment.text[number.end : min(segment.end, number.end + 20)]
    before = segment.text[max(segment.start, number.start - 4) : number.start]
    return bool(_EQUATION.search(after)) or bool(re.search(r"=\s*$", before))


def _compared(segment: Segment, number: NumberMatch, previous: NumberMatch | None) -> bool:
    """«118 saker, mot 97 året før»: a bare number held against one that counts in the same sentence."""
    if previous is None or previous.unit is None or previous.start < segment.sentence(number.start)[0]:
        return False
    return bool(_AGAINST.search(segment.text[previous.end : number.start]))


def _is_next(segment: Segment, number: NumberMatch, previous: NumberMatch | None) -> bool:
    """A bare number that goes on counting what the one before it in the sentence counts, elsewhere or later."""
    if previous is None or previous.unit is Unit.NOK or previous.start < segment.sentence(number.start)[0]:
        return False
    text = segment.text
    between = text[previous.end : number.start]
    if _NAMED_NEXT.search(between) and previous.unit is not None:
        return _ENDS_CLAUSE.match(text, number.end, segment.end) is not None
    placed = _PLACED.match(text, number.end) or (previous.unit is not None and _IN_MONTH.match(text, number.end))
    return bool(_NEXT.search(between) and placed)


def _next_name(segment: Segment, number: NumberMatch) -> str:
    """«Brattås» in «Lia har 38 elever, Brattås 51»."""
    earlier = segment.numbers_in(segment.sentence(number.start)[0], number.start)
    name = _NAMED_NEXT.search(segment.text, earlier[-1].end, number.start) if earlier else None
    return name["name"] if name and _is_next(segment, number, earlier[-1]) else ""


def _in_parentheses(text: str, number: NumberMatch) -> bool:
    return text.startswith("(", max(0, number.start - 1)) and text.startswith(")", number.end)


def _parenthesis_counts(segment: Segment, number: NumberMatch, previous: NumberMatch | None) -> bool:
    """«9 (7) botiltak» counts; «(3).» is a reference."""
    if previous is not None and not segment.text[previous.end : number.start].strip(" ("):
        return True
    return bool(noun_phrase(segment.text, number.end + 1, segment.end)) or number.value >= 20


def _labelled(segment: Segment, number: NumberMatch) -> bool:
    """«Avdelinger: 5» or «Antall plasser 12»: nothing but a name before the number on its line."""
    before = segment.line_before(number.start)
    if before.rstrip().endswith((":", ";")):
        return True
    return bool(re.match(r"\s*antall?\s", before, re.I))


def unit_of(reading: Reading, segment: Segment, number: NumberMatch) -> Unit:
    """The unit written by the number, else of the noun it is labelled with, else of its siblings in the list."""
    text = segment.text
    if number.of is not None or _PER.match(text[number.end : number.end + 30]):
        return number.unit if number.unit in {Unit.FTE, Unit.HOURS, Unit.DAYS} else Unit.RATIO
    if number.unit is Unit.PERSONS and number.value != int(number.value):
        return Unit.RATIO  # «1,6 barn»: an average
    if number.unit is not None:
        return number.unit
    lead = lead_of(segment, number)
    near = text[max(segment.start, number.start - 60) : min(segment.end, number.end + 30)]
    if _MONEY_WORDS.search(" ".join(lead) or near) and abs(number.value) >= 10_000:
        return Unit.NOK
    earlier = segment.numbers_in(segment.sentence(number.start)[0], number.start)
    if earlier and (
        _compared(segment, number, earlier[-1]) or _refers_back(text, number) or _is_next(segment, number, earlier[-1])
    ):
        return earlier[-1].unit or unit_of(reading, segment, earlier[-1])
    if earlier and _is_positions(text, earlier[-1], number):
        return Unit.FTE
    phrase = noun_phrase(text, number.end, segment.end)
    if phrase and (not _starts_block(segment, number) or _is_thing(text[slice(*phrase[-1])])):
        return Unit.OTHER
    before = text[_context_start(segment, number) : number.start]
    if _RATE.search(before):
        return Unit.RATIO
    for words in (lead, re.findall(r"[^\W\d_]+", before)[-14:]):
        unit = next((unit for word in reversed(words) if (unit := unit_of_noun(word))), None)
        if unit is not None:
            return unit
    return _unit_of_list(reading, segment, number) or Unit.OTHER


def _is_positions(text: str, previous: NumberMatch, number: NumberMatch) -> bool:
    """«11 ansatte (8,3)»: persons, and the positions they fill."""
    between = text[previous.end : number.start]
    return previous.unit is Unit.PERSONS and between.strip() == "(" and number.value % 1 != 0


def _refers_back(text: str, number: NumberMatch) -> bool:
    before = text[max(0, number.start - 30) : number.start]
    return bool(_PART_OF.search(before) or _OF_THEM.match(text, number.end) or _FEWER.match(text, number.end))


def _is_thing(word: str) -> bool:
    """A plural such as «boliger»: counted things without a unit of their own."""
    return bool(re.search(r"[a-zæøå]{4}(?:er|ar|ere)$", word)) and word.casefold() not in _GENERAL_VERBS


_GENERAL_VERBS = word_list("svarer deltar tar mottar bruker trenger jobber arbeider ønsker opplever sier venter")


def _context_start(segment: Segment, number: NumberMatch) -> int:
    """The sentence's start; the block's when the number opens its sentence («… voksne. (ca. 180)»)."""
    start = segment.sentence(number.start)[0]
    return start if re.search(r"[^\W\d_]{4}", segment.text[start : number.start]) else segment.start


def _starts_block(segment: Segment, number: NumberMatch) -> bool:
    return number.start - segment.start < 20 and not segment.text[segment.start : number.start].strip()


def _unit_of_list(reading: Reading, segment: Segment, number: NumberMatch) -> Unit | None:
    """A number that opens a list item counts what the lead-in counts («231 ansatte …: 37 går …»)."""
    if not _starts_block(segment, number) and segment.block.kind is not BlockKind.LIST_ITEM:
        return None
    lead = lead_in(reading, segment)
    if lead is not None and lead.numbers:
        return next((other.unit for other in reversed(lead.numbers) if other.unit is not None), None)
    for heading in reading.headings_above(segment.start)[:1]:
        name = re.sub(r"\bi\s+dag\b", "", reading.document.text[heading.start : heading.end], flags=re.I)
        words = re.findall(r"[^\W\d_]+", name)
        return next((unit for word in words if (unit := unit_of_noun(word))), None)
    return None
