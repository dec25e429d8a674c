"""Figures in running text, lists and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grunnmur.kernel import Unit
from grunnmur.knowledge.figures.charts import chart_labels
from grunnmur.knowledge.figures.labels import label_of, lead_of
from grunnmur.knowledge.figures.periods import lead_in, period_of
from grunnmur.knowledge.language.nouns import noun_phrase, unit_of_noun
from grunnmur.knowledge.language.numbers import Bound, NumberMatch
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
_AGAINST = re.compile(r"\b(?:mot|enn|til)\s+(?:ca\.?\s+)?$", re.I)
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
    label = label_of(segment, number)
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
    if number.unit is not None or number.of is not None or number.approx or number.bound is not Bound.NONE:
        return not (number.value == 1 and number.unit is Unit.PERSONS and _ONE.match(text[number.start : number.end]))
    if "," in text[number.start : number.end] or abs(number.value) >= 1000:
        return True
    if _is_equation(segment, number):
        return True
    if _compared(segment, number, previous):
        return True
    if _in_parentheses(text, number):
        return _parenthesis_counts(segment, number, previous)
    if _labelled(segment, number):
        return True
    phrase = noun_phrase(text, number.end, segment.end)
    return bool(phrase) and number.value != 1 and segment.block.kind is not BlockKind.HEADING


def _only_says_how_long(text: str, number: NumberMatch) -> bool:
    """«to uker» is a span of time; «5,9 år» is a measured mean."""
    return "," not in text[number.start : number.end] and bool(_DURATION.match(text, number.end))


def _spelled_counts(segment: Segment, number: NumberMatch, previous: NumberMatch | None) -> bool:
    text = segment.text
    if number.of is not None or number.unit in {Unit.NOK, Unit.PERCENT, Unit.RATIO}:
        return True
    if previous is not None and previous.of is not None and previous.end > number.start - 12:
        return False
    if _DEFINITE.search(text[max(segment.start, number.start - 12) : number.start]):
        return False
    phrase = noun_phrase(text, number.end, segment.end) or noun_phrase(text, number.start + 1, number.end)
    words = [text[slice(*span)] for span in phrase]
    if not words or any(_DEFINITE_NOUN.search(word) for word in words):
        return False
    accented = text[number.start : number.end].casefold() in {"én", "éin", "éi", "ett", "éitt"}
    plural = bool(re.search(r"(?:er|ar|r|hus|tilbud|barn|bygg|tiltak)$", words[-1])) or number.unit is not None
    return segment.block.kind is not BlockKind.HEADING and (accented or plural)


def _is_equation(segment: Segment, number: NumberMatch) -> bool:
    after = segment.text[number.end : min(segment.end, number.end + 20)]
    before = segment.text[max(segment.start, number.start - 4) : number.start]
    return bool(_EQUATION.search(after)) or bool(re.search(r"=\s*$", before))


def _compared(segment: Segment, number: NumberMatch, previous: NumberMatch | None) -> bool:
    """«118 saker, mot 97 året før»: a bare number held against one that counts in the same sentence."""
    if previous is None or previous.unit is None or previous.start < segment.sentence(number.start)[0]:
        return False
    return bool(_AGAINST.search(segment.text[previous.end : number.start]))


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
        return Unit.FTE if number.unit is Unit.FTE else Unit.RATIO
    if number.unit is Unit.PERSONS and number.value != int(number.value):
        return Unit.RATIO  # «1,6 barn»: an average
    if number.unit is not None:
        return number.unit
    lead = lead_of(segment, number)
    near = text[max(segment.start, number.start - 60) : min(segment.end, number.end + 30)]
    if _MONEY_WORDS.search(" ".join(lead) or near) and abs(number.value) >= 10_000:
        return Unit.NOK
    earlier = segment.numbers_in(segment.sentence(number.start)[0], number.start)
    if earlier and _compared(segment, number, earlier[-1]):
        return earlier[-1].unit or Unit.OTHER
    if noun_phrase(text, number.end, segment.end) and not _starts_block(segment, number):
        return Unit.OTHER
    before = text[_context_start(segment, number) : number.start]
    if _RATE.search(before):
        return Unit.RATIO
    for words in (lead, re.findall(r"[^\W\d_]+", before)[-14:]):
        unit = next((unit for word in reversed(words) if (unit := unit_of_noun(word))), None)
        if unit is not None:
            return unit
    return _unit_of_list(reading, segment, number) or Unit.OTHER


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
        words = re.findall(r"[^\W\d_]+", reading.document.text[heading.start : heading.end])
        return next((unit for word in words if (unit := unit_of_noun(word))), None)
    return None
