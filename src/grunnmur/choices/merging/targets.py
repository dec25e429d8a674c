"""Sentences and table rows in which a plan binds itself to a number or a time, outside its goals and actions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grunnmur.choices.merging.fields import Field, label_of
from grunnmur.knowledge.language.dates import DateKind, DateMatch, find_dates
from grunnmur.knowledge.language.numbers import find_numbers
from grunnmur.knowledge.language.sentences import find_sentences
from grunnmur.knowledge.language.spans import Span
from grunnmur.sources.documents.model import Block, BlockKind, Document

_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_CHANGES = (
    "øk|auk|reduser|hald|hold|sett|avvikl|utvid|saml|halver|dobl|legg|senk|hev|innfør|begrens|avgrens|kutt|styrk|fordel|"
    "spre|bygg|viderefør|vidarefør|fjern|trapp|flytt|oppretthold|heng|lukk|sløyf|opprett|etabler|bosett|behold"
)
_BINDS = re.compile(
    r"\b(?:skal|skulle|målet\s+(?:er|var)|vil\s+vi|vi\s+vil|må\s+(?:ned|opp|ha|være|vere))\b|"
    # the passive present in which plans promise: «reduseres», «holdes»; nynorsk «skal reduserast» has its «skal»
    rf"\b(?:ned|opp|ut|inn|om)?(?:{_CHANGES})es\b|\bgår\s+fr[aå]\b|\b(?:får|tas)\b(?=.*\b(?:innen|innan|senest)\b)",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(
    r"^(?:denne\s+)?(?:\w*planen|\w*strategien|dokumentet|utkastet|programmet)\s+(?:sier|seier|samler|samlar|gjelder|gjeld|"
    r"viser|viste|beskriver|erstatter|bygger|handler|omfatter|legger|skal\s+svare)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:hadde|gjaldt|økte|auka|sank|falt|steg|ble|blei|vart|var|har\s+\w+(?:et|t|dd|a))\b", re.IGNORECASE
)
_UNSURE = re.compile(
    r"^(?:hvis|dersom|om|når|hva|kva|hvordan|korleis)\b|\?$|\bville\s+(?:ha|blitt)\b|\bkan\s+bli\b", re.IGNORECASE
)
_RECURRING = re.compile(
    r"\b(?:årl[ie]g|i\s+året|per\s+år|pr\.?\s+år|hvert\s+år|kvart\s+år|i\s+(?:plan)?perioden|i\s+heile\s+perioden)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",\s+(?:og|men)\s+")
_KEEPS_YEAR = frozenset({DateKind.YEAR, DateKind.DAY, DateKind.MONTH, DateKind.PART, DateKind.SEASON, DateKind.RANGE})
_TIMELINE = re.compile(r"\bmilepæl\w*|\bframdrift\w*|\bfremdrift\w*|\btidslinj\w*|\btidsplan\w*", re.IGNORECASE)
_LONGEST = 320


def find_targets(document: Document) -> Iterator[Span]:
    """Stretches that bind the plan to a number with a time, or to a time; those of time lines too, in order."""
    heading = ""
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            heading = document.text[block.start : block.end]
        elif block.kind in _READ:
            yield from _in_block(document.text, block, _TIMELINE.search(heading) is not None)


def _in_block(text: str, block: Block, timeline: bool) -> Iterator[Span]:
    for start, end in find_sentences(text, block.start, block.end, one_block=True):
        if timeline and block.kind is BlockKind.LIST_ITEM and find_dates(text[start:end]):
            yield _trimmed(text, start, end)
            continue
        field, skipped = label_of(text[start:end])
        for first, last in _clauses(text, start + skipped, end):
            if binds(text[first:last]) or (field is Field.INDICATOR and find_numbers(text[first:last])):
                yield _trimmed(text, first, last)


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence, or its last clause when only that one binds («SFO har 1 010 barn, og betalingen økes …»)."""
    cuts = list(_CLAUSE.finditer(text, start, end))
    if len(cuts) == 1 and not _BINDS.search(text, start, cuts[0].start()) and _BINDS.search(text, cuts[0].end(), end):
        yield cuts[0].end(), end
    else:
        yield start, end


def binds(words: str) -> bool:
    """Whether a sentence promises a number by or for a time, or something by a date."""
    if len(words) > _LONGEST or not _BINDS.search(words) or _UNSURE.search(words) or _OF_ITSELF.search(words):
        return False
    if _PAST.search(words) and not re.search(r"\bskal\b|\bskulle\b|\bmålet\b", words, re.IGNORECASE):
        return False
    dates = [date for date in find_dates(words) if date.kind in _KEEPS_YEAR]
    counted = [number for number in find_numbers(words) if number.unit is not None or number.value > 1]
    if any(_is_deadline(words, date) for date in dates):
        return True
    return bool(counted) and (bool(dates) or _RECURRING.search(words) is not None)


def _is_deadline(words: str, date: DateMatch) -> bool:
    before = words[max(0, date.start - 30) : date.start]
    return (
        re.search(
            r"\b(?:innen|innan|senest|seinast|fram\s+til|frem\s+til|fra|frå|til)\s+(?:\w+\s+){0,3}$", before, re.I
        )
        is not None
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
