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
    rf"[;:()!?«»“”{BLANK}]|,(?=\s)|\.(?=\s|$)|\s[–-]\s|\b(?:mens|medan|men|samt|hvorav|økende|aukande)\b"
)
# «… 4 % korttid og 9 % langtid»: what stands before the second number belongs to the first.
_BELONGS_BEFORE = re.compile(rf"{BLANK}[^{BLANK}]*(?:,|\bog)\s*$")
_WORD = re.compile(r"[^\W\d_]+(?:[-/.][^\W\d_]+)*-?")
_HEDGES = word_list("""
ca circa cirka om lag omtrent over nesten rundt inntil opptil minst kr nok kroner pr t.o.m t.om tom fra frå evt godt
overkant underkant økende aukande
""")
_COUNTED = frozenset({Unit.PERSONS, Unit.FTE, Unit.CASES, Unit.PLACES, Unit.DAYS, Unit.HOURS, None})


def label_of(segment: Segment, number: NumberMatch) -> str:
    """Name before a colon, then what follows a count or precedes a sum or a share; never another number or date.

    When the sentence says too little, the first words of the block are put before.
    """
    sentence = segment.sentence(number.start)
    words = _sentence_label(segment, number, sentence)
    if len(words) < 2 and sentence[0] > segment.start:
        opening = _clause_before(_masked(segment, (max(segment.start, sentence[0] - _FAR_ENOUGH), sentence[0])))[:6]
        words = [*opening, *(word for word in words if word not in opening)]
    return " ".join(words[:_MOST_WORDS])


def lead_of(segment: Segment, number: NumberMatch) -> list[str]:
    """The words before the last colon that precedes the number in its sentence."""
    start = segment.sentence(number.start)[0]
    before = _masked(segment, (start, number.start))
    return _trimmed(_words(_name(before)))[-8:]


def _sentence_label(segment: Segment, number: NumberMatch, sentence: Span) -> list[str]:
    before = _masked(segment, (sentence[0], number.start))
    lead = _trimmed(_words(_name(before)))[-8:]
    rest = before[_colon(before) + 1 :]
    own = _clause_before(rest)
    after = _after(_masked(segment, (number.end, sentence[1])))
    if number.unit in _COUNTED and (noun := _counted_words(segment.text, number) + after):
        return _joined(lead, noun if len(noun) > 1 or lead else [*own[-6:], *noun])
    subject = own if not rest.count(BLANK) else _clause_before(rest[: rest.index(BLANK)])
    if after and _BELONGS_BEFORE.search(rest):
        return _joined(lead or subject, _trimmed(after[:5]))
    if own and own != subject:
        return _joined(lead or subject, own)
    return _joined(lead, subject if len(subject) > 2 else [*subject, *_trimmed(after[:5])])


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
    return [word for word in _words(text[number.start : number.end]) if word.lower() not in _HEDGES]


def _clause_before(part: str) -> list[str]:
    """The last clause before a number that holds words of substance."""
    for piece in reversed(_STOP.split(part)):
        for words in reversed([_trimmed(_words(text)) for text in piece.split(BLANK)]):
            if words:
                return _trimmed(words[-8:])
    return []


def _after(part: str) -> list[str]:
    part = part.lstrip(" )")
    stop = _STOP_AFTER.search(part)
    words = _words(part[: stop.start()] if stop else part)[:8]
    while words and _is_light(words[-1]):
        words.pop()
    return words


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


def _joined(lead: list[str], core: list[str]) -> list[str]:
    seen = {word.lower() for word in core}
    return [*(word for word in lead if word.lower() not in seen), *core]
