"""When a figure holds: from its clause, its line's date label, the lead-in of its list, or its heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from grunnmur.kernel import Unit
from grunnmur.knowledge.language.dates import DateKind, DateMatch
from grunnmur.knowledge.language.numbers import NumberMatch
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import BlockKind

_NAME_BEFORE = re.compile(
    r"(?:plan(?:en|er)?|strategi(?:en|er)?|dokument(?:et)?|program(?:met)?|melding(?:en)?|rapport(?:en)?|barometer(?:et)?|"
    r"plan for [^.;:()]{3,60}|(?:plan|valg|val)\w{0,12}perioden?)\d{0,2}[»”\"]?\s*\(?\s*$",
    re.I,
)
_REFERENCE = re.compile(
    r"\(\s*(?:jf|jmf|jfr|ref|se|kilde|kjelde)\b[^()]*$|\bref(?:eranse)?\s*[.:]\s*[^()]{0,80}$", re.I
)
_WHOLE_YEAR = re.compile(
    r"\b(?:års(?:estimat|prognose|basis|resultat|budsjett|effekt)\w*|helårs\w*|hele året|heile året|for året|"
    r"halvårs(?:effekt|virkning|verknad)\w*)",
    re.I,
)
_SUMS = frozenset({Unit.NOK, Unit.PERCENT})
_SAME_TIME = re.compile(r"\b(?:samme|same)\s+(?:periode|tidsrom|år|tid)\w*", re.I)
_STATUS = re.compile(
    r"status|resultat|regnskap|rekneskap|økonomi|nøkkeltall|nøkkeltal|statistikk|rapport|tall|fravær|budsjett", re.I
)
_BETWEEN = re.compile(r"[,;:.]\s|\b(?:og|men|mens|medan|økende|aukande|til)\b|\d", re.I)
_OUT_OF = re.compile(r"\s+av\s+\S+")
_NEXT_TO = re.compile(r"\s+(?:i\s+)?året\s+(?P<way>før|føre|etter)\b", re.I)
_OUTSIDE = re.compile(r"\b(?:siden|sidan|før|føre)\s+$", re.I)  # «20 % siden 2019» is no figure for 2019
_AFTERWARDS = re.compile(r"[^.;,]{0,20}\bderetter\b", re.I)
_AGED = re.compile(r"\b(?:over\s+)?\d{1,3}\s?(?:[-–]\s?\d{1,3}\s?)?år\b", re.I)
_TODAY = re.compile(r"(?:(?:pr\.?|per)\s+)?i\s+dag\b(?!\s*\()", re.I)
# A statement about what is to come, and the year that the text before it looks towards.
_COMING = re.compile(r"\b(?:vil|ville|må|måtte|kreve|krever|tilsi|tilsier|øke|auke|behov\w*)\b", re.I)
_TOWARDS = re.compile(r"\b(?:fr[ae]m\s+)?(?:mot|til|innen|innan)\s+$", re.I)
_NOW = re.compile(r"\s+(?:nå|no|i\s+dag)\b(?!\s*\()", re.I)
_OF_THEM = re.compile(r"\s+av\s+(?:disse|desse|dem|dei)\b", re.I)
_PAIR = re.compile(r"\((?P<first>nå|no|i dag|status|(?:19|20)\d\d)\s*/\s*(?P<second>(?:mål\s+)?(?:19|20)\d\d)\)", re.I)
_IN = re.compile(r"\s+(?:i|fra|frå|for|innen|innan)\s+", re.I)
_CLOSED = re.compile(r"\([^()]*$")
_RESPECTIVE = re.compile(r"\b(?:henholdsvis|høvesvis)\b", re.I)
_SUBTRACTED = re.compile(r"\d\s*[–-]\s*$")
_LOOKS_BACK = 2
_ASIDE = 2  # words before the date in «(ny avtale fra januar)»
_LOOSE = re.compile(r"i\s+dag\b(?!\s*\()", re.I)


def period_of(reading: Reading, segment: Segment, number: NumberMatch) -> str | None:
    """The time a number in running text holds for, in contract notation; None when the text does not say."""
    sentence = segment.sentence(number.start)
    dates = usable_dates(segment, sentence)
    if _AFTERWARDS.match(segment.text, number.end):
        return None
    if _NOW.match(segment.text, number.end):
        return reading.today[:4] if reading.today else None
    if paired := _respective(segment, number, dates):
        return paired
    date = nearest(segment.text, number, dates) or line_label(segment, number.start)
    if date is not None:
        return _neighbouring_year(segment, number, date) or _dated(segment, date)
    if reading.today and number.unit in _SUMS and _WHOLE_YEAR.search(segment.text[slice(*sentence)]):
        return reading.today[:4]
    if _SAME_TIME.search(segment.text[slice(*sentence)]):
        return _earlier(segment, sentence)
    if _OF_THEM.match(segment.text, number.end):
        return _earlier(segment, sentence)
    if (lead := _pair_lead(reading, segment)) is not None:
        return _of_pair(lead, segment, number)
    return inherited(reading, segment) or _target_year(reading, segment, number)


def _target_year(reading: Reading, segment: Segment, number: NumberMatch) -> str | None:
    """«… øke fram mot 2032. … vil antallet måtte øke med 241 plasser»: what is to come, by the year just named.

    What is subtracted from a number is what is there today («615 – 374»).
    """
    sentence = segment.sentence(number.start)
    text = segment.text
    if segment.dates_in(*sentence) or not _COMING.search(text[slice(*sentence)]):
        return None
    if _SUBTRACTED.search(text[max(sentence[0], number.start - 6) : number.start]):
        return None
    place = reading.place(segment)
    around = [(segment, sentence[0]), *((other, other.end) for other in _before(reading, place))]
    for other, end in around:
        dates = [date for date in other.dates_in(other.start, end) if not is_name(other, date)]
        if dates:
            looks_ahead = dates[-1].kind is DateKind.YEAR and _TOWARDS.search(
                text[max(0, dates[-1].start - 20) : dates[-1].start]
            )
            return dates[-1].iso if looks_ahead else None
    return None


def _before(reading: Reading, place: int) -> list[Segment]:
    """The nearest paragraphs before a segment, up to a heading."""
    found: list[Segment] = []
    for other in reversed(reading.segments[max(0, place - 2 * _LOOKS_BACK) : place]):
        if other.block.kind in {BlockKind.HEADING, BlockKind.TABLE} or len(found) == _LOOKS_BACK:
            break
        if other.block.kind is not BlockKind.FOOTNOTE:
            found.append(other)
    return found


def _pair_lead(reading: Reading, segment: Segment) -> re.Match[str] | None:
    """«Indikatorer (nå / 2028):» above a list whose items give two numbers each."""
    lead = lead_in(reading, segment) if segment.block.kind is BlockKind.LIST_ITEM else None
    return _PAIR.search(lead.text, lead.start, lead.end) if lead is not None else None


def _of_pair(lead: re.Match[str], segment: Segment, number: NumberMatch) -> str | None:
    first = not segment.numbers_in(segment.start, number.start)
    word = lead["first"] if first else lead["second"]
    return word if word.isdigit() else None


def _respective(segment: Segment, number: NumberMatch, dates: Sequence[DateMatch]) -> str | None:
    """«i 2022 og 2023 henholdsvis 121 og 137»: the first number with the first date."""
    found = _RESPECTIVE.search(segment.text, max(segment.start, number.start - 40), number.start)
    if found is None:
        return None
    before = [date for date in dates if date.end <= found.start()][-2:]
    index = len(segment.numbers_in(found.end(), number.start))
    return before[index].iso if len(before) == 2 and index < 2 else None


def _dated(segment: Segment, date: DateMatch) -> str:
    """«I dag» is no more than the document's year, unless the text says which day it is."""
    loose = date.kind is DateKind.RELATIVE and _TODAY.match(segment.text, date.start)
    return date.iso[:4] if loose else date.iso


def _neighbouring_year(segment: Segment, number: NumberMatch, date: DateMatch) -> str | None:
    """«118 i 2023, mot 97 året før»: the year before the one just named."""
    match = _NEXT_TO.match(segment.text, number.end)
    if match is None or date.end > number.start:
        return None
    return str(date.year + (-1 if match["way"].lower() in {"før", "føre"} else 1))


def usable_dates(segment: Segment, span: Span) -> list[DateMatch]:
    """Dates in a stretch of a segment that say when, not what a plan is called or where a statement was taken from."""
    return [date for date in segment.dates_in(*span) if not is_name(segment, date)
            and not _OUTSIDE.search(segment.text[max(segment.start, date.start - 8) : date.start])
            and (date.as_of or not _LOOSE.match(segment.text, date.start))]  # fmt: skip


def is_name(segment: Segment, date: DateMatch) -> bool:
    """Whether the date belongs to the name of a document or to a reference."""
    before = segment.text[max(segment.start, date.start - 120) : date.start]
    if _REFERENCE.search(before):
        return True
    return date.kind in {DateKind.RANGE, DateKind.YEAR} and bool(_NAME_BEFORE.search(before))


def nearest(text: str, number: NumberMatch, dates: Sequence[DateMatch]) -> DateMatch | None:
    """A date right after the number in its own clause, else the last one before it, else the first one after it.

    A result's date stays outside a parenthesis, and a date after another number belongs to that one, unless it stands
    in parentheses as the source of the whole sentence.
    """
    end = _end(text, number)
    before = [date for date in dates if date.end <= number.start and not _shut_out(text, date, number)]
    after = [date for date in dates if date.start >= end]
    if after and not _BETWEEN.search(text[end : after[0].start]) and not _is_deadline(text, number, end, after[0]):
        tied = _IN.fullmatch(text[end : after[0].start])
        adjacent = before and not tied and not text[before[-1].end : number.start].strip(" :(–-")
        if not adjacent:
            return after[0]
    if before:
        return before[-1]
    late = (date for date in after if not _is_deadline(text, number, end, date))
    return next((date for date in late if _reaches_back(text[end : date.start])), None)


def _is_deadline(text: str, number: NumberMatch, end: int, date: DateMatch) -> bool:
    """A day or month that stands right after an amount, on another line or in the next cell, is when it is due."""
    between = text[end : date.start]
    return (
        number.unit is Unit.NOK
        and not between.strip()
        and ("\n" in between or "  " in between or date.kind is DateKind.DAY)
    )


def _shut_out(text: str, date: DateMatch, number: NumberMatch) -> bool:
    between = text[date.end : number.start]
    if between.count(")") > between.count("("):
        opened = _CLOSED.search(text[max(0, date.start - 60) : date.start])
        return opened is not None and len(opened.group().split()) >= _ASIDE
    return date.as_of and between.count("(") > between.count(")")


def _reaches_back(between: str) -> bool:
    return between.count("(") > between.count(")") or not re.search(r"\d", _AGED.sub("", between))


def _end(text: str, number: NumberMatch) -> int:
    """Where the number ends, with its second half in «8 av 10»."""
    second = _OUT_OF.match(text, number.end) if number.of is not None else None
    return second.end() if second else number.end


def line_label(segment: Segment, offset: int) -> DateMatch | None:
    """The last date before ``offset`` that stands first on a line and is followed by a colon or a dash."""
    place = bisect_left(segment.line_labels, offset, key=lambda date: date.start)
    return segment.line_labels[place - 1] if place else None


def _earlier(segment: Segment, sentence: Span) -> str | None:
    """The last date of the sentences before this one, in the same block."""
    dates = usable_dates(segment, (segment.start, sentence[0]))
    return dates[-1].iso if dates else None


def inherited(reading: Reading, segment: Segment) -> str | None:
    """The one time named by the lead-in of the list a block stands in, or by a heading about a status."""
    if segment.block.kind is BlockKind.LIST_ITEM:
        lead = lead_in(reading, segment)
        periods = {date.iso for date in usable_dates(lead, (lead.start, lead.end))} if lead else set()
        if len(periods) == 1:
            return periods.pop()
        if lead is not None and lead.block.kind is BlockKind.LIST_ITEM:
            return inherited(reading, lead)
    return _of_heading(reading, segment)


def lead_in(reading: Reading, segment: Segment) -> Segment | None:
    """The item a list item hangs under, or the sentence ending in a colon before the list."""
    place = reading.place(segment)
    if place not in reading.lead_ins:
        reading.lead_ins[place] = _find_lead_in(reading, segment, place)
    return reading.lead_ins[place]


def _find_lead_in(reading: Reading, segment: Segment, place: int) -> Segment | None:
    level = segment.block.level
    for index in range(place - 1, -1, -1):
        earlier = reading.segments[index]
        if earlier.block.page != segment.block.page or earlier.block.kind is BlockKind.TABLE:
            return None
        if earlier.block.kind is BlockKind.LIST_ITEM:
            if earlier.block.level < level:
                return earlier
            if earlier.block.level == level and index in reading.lead_ins:
                return reading.lead_ins[index]  # in a long list, what the item before it has found
        elif earlier.block.kind is not BlockKind.FOOTNOTE:
            return earlier if segment.text[earlier.start : earlier.end].rstrip().endswith((":", ";")) else None
    return None


def _of_heading(reading: Reading, segment: Segment) -> str | None:
    for heading in reading.headings_above(segment.start)[:2]:
        above = reading.segment_at(heading.start)
        if above is None or above is segment:
            continue
        dates = [date for date in above.dates if date.kind is not DateKind.RANGE and not is_name(above, date)]
        words = reading.document.text[heading.start : heading.end]
        if len(dates) == 1 and (dates[0].as_of or _STATUS.search(words)):
            return dates[0].iso
    return None
