"""Which lines of a plain text file are headings by their number or by their place on a slide."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from grunnmur.sources.documents.text_groups import LABEL, Spacing, scattered_lines, wraps
from grunnmur.sources.documents.text_lines import TextLine

NUMBERED = re.compile(
    r"(?:kap(?:ittel|\.)?\s+|del\s+|(?P<annex>vedlegg\s+))?(?!\d{1,2}\.\d{1,2}\.\d{2}(?:\d\d)?\b)(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})[.:]?\s+(?=[^\W\d_]|[«“\"])",
    re.IGNORECASE,
)
CHAPTER = re.compile(r"(?:kap(?:ittel|\.)|del)\s+\d", re.IGNORECASE)
CONTENTS_LINE = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|\s{3,}\d{1,3}$")
UNIT_NAME = re.compile(
    r"(?:virksomhet|verksemd|avdeling|enhet|eining|seksjon|sektor|tjenesteområde|tenesteområde)\b", re.I
)
DIVIDERS = frozenset({"agenda", "program", "innhold", "innhald", "saksliste", "dagsorden", "temaer", "tema"})
GLUED_NUMBER = re.compile(r"\d+[A-ZÆØÅ«]")
PERSON = re.compile(
    r"(?:\w*(?:leder|leiar|sjef|rådgiver|rådgjevar|direktør|ordfører|ordførar|rektor|koordinator|ansvarlig))\b[^.]{0,40}?"
    r"(?:: *|\s)[A-ZÆØÅ]\w+(?: [A-ZÆØÅ][\w.-]+)+\s*$"
)
FINITE = re.compile(r"\b(?:er|har|skal|blir|vert|vil|må|kan|bør|var|ble|vart|får|gir|viser)\b", re.IGNORECASE)
AMOUNT_OR_DATE = re.compile(
    r"\d\s*(?:mill|kr|%|prosent|årsverk|ansatte|tilsette|kroner)|\d{1,2}\.\d{1,2}\.?\s?\d{2}", re.IGNORECASE
)
SENTENCE = 8
SENTENCE_AS_TITLE = 12
LONGEST_QUESTION = 180
LONGEST = 120
MOST_WORDS = 22
MOST_TITLE_LINES = 3
LIST_STEP = 8
NEXT_ITEM = 4
POINT_LINES = 3
LEAST_BODY = 40
LONGEST_CHAPTER = 8
TITLE_WIDTH = 90


@dataclass(frozen=True, slots=True)
class HeadingSpan:
    """Lines ``first`` to ``last``, both counted, that make a heading of a level."""

    first: int
    last: int
    level: int


def heading_spans(
    lines: Sequence[TextLine], spacing: dict[int, Spacing], slides: bool, notes: Collection[int] = ()
) -> list[HeadingSpan]:
    """Headings in order, found by chapter numbers and, on slides, by place."""
    found = {span.first: span for span in _numbered(lines, spacing, notes, slides)}
    if not slides and (title := _document_title(lines, spacing)):
        found.setdefault(0, title)
    if slides:
        scattered = scattered_lines(lines)
        for span in (span for page in _pages(lines) for span in _slide_titles(lines, page, spacing)):
            if lines[span.first].start not in scattered:
                found.setdefault(span.first, span)
    return _without_overlap(sorted(found.values(), key=lambda span: span.first))


def _document_title(lines: Sequence[TextLine], spacing: dict[int, Spacing]) -> HeadingSpan | None:
    """The first line, when it and the line after it are short enough for a title page."""
    if not lines or lines[0].marker or lines[0].starts_small:
        return None
    span = HeadingSpan(0, _last_title_line(lines, 0, spacing), 1)
    words = _words(lines, span)
    after = lines[span.last + 1] if span.last + 1 < len(lines) else None
    alone = after is None or after.gap > 0 or after.page != lines[0].page or after.length < TITLE_WIDTH
    return span if alone and len(words) < TITLE_WIDTH and could_be_title(words) and not is_label_line(words) else None


def could_be_title(words: str, sentence: int = SENTENCE) -> bool:
    """Whether these words, standing alone, read as a title rather than a sentence or a line of data."""
    longest = LONGEST_QUESTION if words.endswith("?") else LONGEST
    if not 2 < len(words) <= longest or len(words.split()) > MOST_WORDS or not re.search(r"[^\W\d_]{2}", words):
        return False
    if words.endswith((".", ",", ";", "→")) and not words.endswith(("...", "…", "forts.")):
        return False
    if words.startswith(("(", "http", "www", "“", "«", '"', "+", "=", "%")) or GLUED_NUMBER.match(words):
        return False
    return not (CONTENTS_LINE.search(words) or PERSON.match(words) or _data(words) or is_sentence(words, sentence))


def is_sentence(words: str, fewest: int = SENTENCE) -> bool:
    """Whether a statement with a verb in the present tense is made, as opposed to a title or a question."""
    return not words.endswith("?") and len(words.split()) >= fewest and FINITE.search(words) is not None


def is_label_line(words: str) -> bool:
    """Whether the words are a label with what it labels after it («Budsjett: 12 mill.»)."""
    label = LABEL.match(words)
    return label is not None and label.end() < len(words)


def _numbered(
    lines: Sequence[TextLine], spacing: dict[int, Spacing], notes: Collection[int], slides: bool
) -> Iterator[HeadingSpan]:
    """Lines whose chapter number continues the numbering of the file; lists and contents pages are left out.

    On slides a single number begins a list item, never a chapter.
    """
    chapter, list_end, list_number = 0, -LIST_STEP, 0
    parted = any(re.match(r"\d{1,2}\.\d{1,2}\.?\s+[^\W\d_]", line.text) and _heading_like(line) for line in lines)
    for index, line in enumerate(lines):
        match = NUMBERED.match(line.text)
        if match is None or line.start in notes or not _heading_like(line):
            continue
        if match["annex"] and not slides and _starts_block(lines, index):
            yield HeadingSpan(index, _last_title_line(lines, index, spacing), 1)
            continue
        numbers = [int(part) for part in match["number"].split(".")]
        if slides and len(numbers) > 1 and (_is_clock(match["number"]) or _has_sibling(lines, index, numbers)):
            continue
        if CHAPTER.match(line.text) and _starts_block(lines, index) and not slides:
            chapter = numbers[0]
            yield HeadingSpan(index, _last_title_line(lines, index, spacing), len(numbers))
            continue
        in_list = numbers[0] > 1 and index - list_end <= LIST_STEP and numbers[0] == list_number + 1
        follows = numbers[0] == chapter + 1 and not (in_list or slides or _list_goes_on(lines, index, numbers[0]))
        follows = follows and _starts_block(lines, index)
        if len(numbers) > 1 and (numbers[0] in (chapter, chapter + 1) or not chapter):
            chapter = numbers[0]
        elif len(numbers) > 1 or not (follows and (parted or _has_body(lines, index, spacing))):
            list_end, list_number = index, numbers[0]
            continue
        else:
            chapter = numbers[0]
        yield HeadingSpan(index, _last_title_line(lines, index, spacing), len(numbers))


def _is_clock(number: str) -> bool:
    """«18.10 Innledning» stands in a programme for the evening."""
    return re.fullmatch(r"[012]?\d\.[0-5]\d", number) is not None


def _has_sibling(lines: Sequence[TextLine], index: int, numbers: list[int]) -> bool:
    """On a slide «1.1 …» and «1.2 …» below each other are points, and no chapters."""
    near = [*lines[max(0, index - POINT_LINES) : index], *lines[index + 1 : index + 1 + POINT_LINES]]
    found = [NUMBERED.match(line.text) for line in near if line.page == lines[index].page]
    return any(
        match is not None
        and [*map(int, match["number"].split("."))][:-1] == numbers[:-1]
        and abs(int(match["number"].split(".")[-1]) - numbers[-1]) == 1
        for match in found
    )


def _list_goes_on(lines: Sequence[TextLine], index: int, number: int) -> bool:
    """Whether the next number follows so close that the line is a list item."""
    for line in lines[index + 1 : index + 1 + NEXT_ITEM]:
        if line.marker and line.marker.number:
            return line.marker.number == number + 1
        if line.gap and line.length >= LEAST_BODY:
            return False
    return False


def _heading_like(line: TextLine) -> bool:
    return line.length <= LONGEST and not line.text.endswith((",", ";")) and not CONTENTS_LINE.search(line.text)


def _starts_block(lines: Sequence[TextLine], index: int) -> bool:
    previous = lines[index - 1] if index else None
    new = previous is None or previous.page != lines[index].page or lines[index].gap > 0
    return new and not lines[index].starts_small


def _has_body(lines: Sequence[TextLine], index: int, spacing: dict[int, Spacing]) -> bool:
    """Without deeper numbers in the file, a chapter shows itself by the running text under it."""
    after = index + 1
    ends = lines[index].ends_sentence and not lines[index].text.endswith("?")
    if ends or after >= len(lines) or lines[after].marker or lines[after].starts_small:
        return False
    short = len(lines[index].text.split()) <= LONGEST_CHAPTER
    return lines[after].gap > 0 and (lines[after].length >= LEAST_BODY or short)


def _last_title_line(lines: Sequence[TextLine], index: int, spacing: dict[int, Spacing]) -> int:
    last = index
    while last + 1 < len(lines) and last - index < MOST_TITLE_LINES - 1:
        line, after = lines[last], lines[last + 1]
        if after.page != line.page or not wraps(line, after, spacing[line.page]):
            break
        last += 1
    return last


def _pages(lines: Sequence[TextLine]) -> list[range]:
    found = []
    for _, group in groupby(range(len(lines)), key=lambda index: lines[index].page):
        indexes = list(group)
        found.append(range(indexes[0], indexes[-1] + 1))
    return found


def _slide_titles(lines: Sequence[TextLine], page: range, spacing: dict[int, Spacing]) -> Iterator[HeadingSpan]:
    first = _title_at(lines, page.start, page, spacing)
    if first is None or _words(lines, first).endswith(":"):
        last = _title_at_end(lines, page, spacing)
        yield from (span for span in (first, last) if span)
        return
    yield first
    after = first.last + 1
    if _words(lines, first).casefold().rstrip(":") in DIVIDERS and after in page:
        second = _title_at(lines, after, page, spacing)
        if second is not None and not lines[after].marker:
            yield second


def _title_at(lines: Sequence[TextLine], index: int, page: range, spacing: dict[int, Spacing]) -> HeadingSpan | None:
    if lines[index].marker or lines[index].text[0] in '“«"(':
        return None
    span = HeadingSpan(index, min(_last_title_line(lines, index, spacing), page.stop - 1), 1)
    words = _words(lines, span)
    labelled = is_label_line(words) and (AMOUNT_OR_DATE.search(words) is not None or index != page.start)
    if labelled or not could_be_title(words, SENTENCE_AS_TITLE) or _runs_on(lines, span, page):
        return None
    return span


def _title_at_end(lines: Sequence[TextLine], page: range, spacing: dict[int, Spacing]) -> HeadingSpan | None:
    """Slide exports may put the title box last: a unit's name that stands alone in the lower half."""
    for index in reversed(page[len(page) // 2 :]):
        if UNIT_NAME.match(lines[index].text) and lines[index].gap and (span := _title_at(lines, index, page, spacing)):
            return span
    return None


def _runs_on(lines: Sequence[TextLine], span: HeadingSpan, page: range) -> bool:
    """A sentence that only begins on these lines is no title."""
    after = span.last + 1
    return after in page and lines[after].starts_small and not lines[after].marker and lines[after].gap < 1


def _words(lines: Sequence[TextLine], span: HeadingSpan) -> str:
    return " ".join(" ".join(lines[index].text for index in range(span.first, span.last + 1)).split())


def _without_overlap(spans: list[HeadingSpan]) -> list[HeadingSpan]:
    kept: list[HeadingSpan] = []
    for span in spans:
        if not kept or span.first > kept[-1].last:
            kept.append(span)
    return kept


def _data(words: str) -> bool:
    return sum(character.isdigit() for character in words) > 0.4 * len(words)
