"""Action plans whose table came out as running lines: «Nr Tiltak Ansvar Frist», and then the cells of each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from grunnmur.knowledge.language.dates import DateMatch, find_dates
from grunnmur.knowledge.language.numbers import find_numbers
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.passages import OPEN_END
from grunnmur.sources.documents.model import BlockKind, Document

_ACTION = (
    r"(?:(?:del|hoved|hovud)?tiltak(?:et|a|ene)?|aktivitet(?:er|ar)?|hva(?:\s+skal\s+gjøres)?|kva(?:\s+skal\s+gjerast)?"
    r"|oppgave|oppgåve)"
)
_TIME = r"(?:frist|når|tid(?:srom|spunkt|sfrist)?|oppstart|start|ferdig|slutt|dato|gjennomført|gjennomføring|periode)"
_MONEY = r"(?:kostnad(?:er|ar)?|kost|økonomi|finansiering|beløp|investering|drift|budsjett|ramme|kr)"
_OWNER = r"(?:ansvar(?:lig|leg|shavende)?|hvem|kven|eier|eigar|enhet|eining|sektor|virksomhet|verksemd)"
_OTHER = (
    r"(?:nr\.?|nummer|#|mål|delmål|strategi|status|prioritet|pri\.?|ressurs(?:er|ar)?|merknad|kommentar|årsverk|20\d\d"
    r"|og)"
)
HEAD = re.compile(rf"(?:(?:{_ACTION}|{_TIME}|{_MONEY}|{_OWNER}|{_OTHER})(?:[\s|/]+|$)){{3,}}", re.IGNORECASE)
_HAS_ACTION = re.compile(rf"(?<!\w){_ACTION}(?!\w)", re.IGNORECASE)
_HAS_TIME = re.compile(rf"(?<!\w){_TIME}(?!\w)", re.IGNORECASE)
_HAS_OWNER = re.compile(rf"(?<!\w){_OWNER}(?!\w)", re.IGNORECASE)
_OWNER_BEFORE_TIME = re.compile(rf"(?<!\w){_OWNER}[\s|/]+{_TIME}(?!\w)", re.IGNORECASE)
_TIME_BEFORE_MONEY = re.compile(rf"(?<!\w){_TIME}(?!\w).*(?<!\w){_MONEY}(?!\w)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?P<mark>[.)]?)\s+(?=[A-ZÆØÅ«])")
_LOOSE_END = re.compile(
    r"\s+(?:(?:innenfor|innanfor|løpende|løpande|fortløpende|kontinuerlig|kontinuerleg|årlig|årleg|eksisterende|eksisterande|egne"
    r"|eigne|inntekt)\b.*|[-–]\s.*|[-–xX]$)",
    re.IGNORECASE,
)
_ENDS_ROW = re.compile(
    r"(?:løpende|løpande|kontinuerlig|kontinuerleg|årlig|årleg|ramme[rn]?|ramma|,-|\bkr\.?|\bmill\.?|20\d\d|\d\d\.\d\d)\s*$",
    re.IGNORECASE,
)
_NAME_LAST = re.compile(r"\s(?=[A-ZÆØÅ][\w-]*(?:\s*(?:/|,|\bog\b)\s*[A-ZÆØÅ]?[\w-]+)*\s*$)")
_GAP = re.compile(r"[^\S\n]{2,}|\t|\s\|\s")
_OUTSIDE = frozenset({BlockKind.TABLE, BlockKind.CAPTION, BlockKind.FOOTNOTE})
_LONGEST_LINE = 160
_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row: what shall be done, the rest of its cells, and by when, if the table has a column for that.

    ``table`` is the stretch from the head of the table to its last row.
    """

    action: Span
    rest: Span
    table: Span
    page: int
    head: str
    date: DateMatch | None = None
    owner: str | None = None


def plan_rows(document: Document, today: str | None = None) -> list[PlanRow]:
    """The rows of every such table, in order."""
    blocks = document.blocks
    rows: list[PlanRow] = []
    for place, block in enumerate(blocks):
        first = document.text[block.start : block.end].split("\n", 1)[0]
        if is_head(first, block.kind):
            rows.extend(_rows_under(document, place, len(first), today))
    return rows


def is_head(words: str, kind: BlockKind) -> bool:
    """Whether the words are nothing but names of the columns of an action plan."""
    if kind in {BlockKind.TABLE, BlockKind.FOOTNOTE} or len(words) > _LONGEST_LINE:
        return False
    folded = " ".join(words.split())
    return HEAD.fullmatch(folded) is not None and _HAS_ACTION.search(folded) is not None


def time_before_money(head: str) -> bool:
    """Whether the column for deadlines stands before the one for money."""
    return _TIME_BEFORE_MONEY.search(head) is not None


def _rows_under(document: Document, place: int, length: int, today: str | None) -> Iterator[PlanRow]:
    start = document.blocks[place].start
    head = " ".join(document.text[start : start + length].split())
    lines = list(_lines(document, place, length))
    rows = _numbered(document.text, lines) or _ended(document.text, lines)
    if len(rows) >= _FEWEST_ROWS:
        for row in rows:
            yield _row(document, row, (start, rows[-1][-1][1]), head, today)


def _lines(document: Document, first: int, length: int) -> Iterator[Span]:
    """The lines up to what cannot be part of the table: a heading, another table, a lead-in, a long paragraph."""
    block = document.blocks[first]
    yield from _lines_in(document.text, block.start + length, block.end)
    for place in range(first + 1, len(document.blocks)):
        block = document.blocks[place]
        words = document.text[block.start : block.end]
        row = _NUMBERED.match(words) or block.marker[:1].isdigit()
        if block.kind in _OUTSIDE or words.endswith(":") or is_head(words, block.kind):
            return
        if (block.kind is BlockKind.HEADING or len(words) > 3 * _LONGEST_LINE) and not row:
            return
        begin = document.text.rfind("\n", 0, block.start) + 1 if block.marker else block.start
        yield from _lines_in(document.text, begin, block.end)


def _lines_in(text: str, start: int, end: int) -> Iterator[Span]:
    for match in re.finditer(r"[^\s\n][^\n]*", text[start:end]):
        yield start + match.start(), start + match.start() + len(match[0].rstrip())


def _numbered(text: str, lines: Sequence[Span]) -> list[list[Span]]:
    """Rows that begin with 1, 2, 3 or 1.1, 1.2, 2.1; the next number in another style («8.» after «7») ends them."""
    rows: list[list[Span]] = []
    last: tuple[int, ...] = (0,)
    mark = ""
    for line in lines:
        match = _NUMBERED.match(text[slice(*line)])
        number = tuple(int(part) for part in match["number"].split(".")) if match else None
        if match and number and _follows(last, number):
            if rows and match["mark"] != mark:
                return rows
            rows.append([line])
            last, mark = number, match["mark"]
        elif rows:
            rows[-1].append(line)
        else:
            return []
    return rows


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    if len(number) == 1:
        return number[0] == last[0] + 1
    return last < number and number[0] <= last[0] + 1


def _ended(text: str, lines: Sequence[Span]) -> list[list[Span]]:
    """Rows that each end in a date, an amount or «løpende»; what comes after the last of them is no row."""
    rows: list[list[Span]] = []
    waiting: list[Span] = []
    for line in lines:
        waiting.append(line)
        if _ENDS_ROW.search(text[slice(*line)]):
            rows.append(waiting)
            waiting = []
        elif len(waiting) > 4 or text[line[1] - 1] == ".":
            break
    return rows


def _row(document: Document, lines: Sequence[Span], table: Span, head: str, today: str | None) -> PlanRow:
    text = document.text
    action = _action(text, lines, head)
    rest = action[1], lines[-1][1]
    words = text[slice(*rest)]
    found = find_dates(words, today) if _HAS_TIME.search(head) else []
    deadline = found[0 if time_before_money(head) else -1] if found else None
    date = replace(deadline, start=rest[0] + deadline.start, end=rest[0] + deadline.end) if deadline else None
    return PlanRow(action, rest, table, document.page_at(action[0]), head, date, _owner(words, head))


def _action(text: str, lines: Sequence[Span], head: str) -> Span:
    """The first cell: its first line and those that only go on, up to a gap, an amount, a date or a name."""
    start, end = lines[0]
    number = _NUMBERED.match(text[start:end])
    start += number.end() if number else 0
    alone = len(lines) == 1
    for before, line in pairwise(lines):
        if not (OPEN_END.search(text[before[0] : before[1]]) or text[line[0]].islower()):
            break
        end, alone = line[1], line == lines[-1]
    named = _before_owner(text[start:end], head) if alone else 0
    end = start + (named or _cut(text[start:end]))
    alone = alone and not named
    if alone and _HAS_OWNER.search(head) and (name := _NAME_LAST.search(text[start:end])):
        end = start + name.start() if len(text[start : start + name.start()].split()) > 1 else end
    return start, start + len(text[start:end].rstrip(" \t\n.,;-–"))


def _before_owner(words: str, head: str) -> int:
    """Where the name right before the deadline begins, when those are columns side by side; else 0."""
    if not _OWNER_BEFORE_TIME.search(head):
        return 0
    for date in find_dates(words):
        name = _NAME_LAST.search(words[: date.start])
        if name and len(words[: name.start()].split()) > 1:
            return name.start()
    return 0


def _cut(words: str) -> int:
    """Where the words of a cell end and amounts, dates and the like begin."""
    ends = [len(words)]
    if gap := _GAP.search(words):
        ends.append(gap.start())
    if loose := _LOOSE_END.search(words.replace("\n", " ")):
        ends.append(loose.start())
    return _trailing(words[: min(ends)])


def _trailing(words: str) -> int:
    """The begin of the amounts and dates that the words end in."""
    end = len(words.rstrip())
    spans = [(date.start, date.end) for date in find_dates(words)]
    marks = sorted([*spans, *((number.start, number.end) for number in find_numbers(words))], reverse=True)
    for start, stop in marks:
        if words[stop:end].strip(" \t\n.,;-–/årkimlpe") == "" and start > 0:
            end = min(end, start)
    return end


def _owner(words: str, head: str) -> str | None:
    if not _HAS_OWNER.search(head):
        return None
    first = next((line.strip() for line in words.splitlines() if re.search(r"[^\W\d_]{3}", line)), "")
    if _OWNER_BEFORE_TIME.search(head) and (dates := find_dates(first)):
        first = first[: dates[0].start]
    name = first[: _cut(first)].strip(" \t-–,.")
    return name if re.match(r"[A-ZÆØÅ]", name) and len(name.split()) <= 6 else None
