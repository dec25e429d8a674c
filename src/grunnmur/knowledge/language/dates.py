"""Norwegian dates as written: days, months, quarters, tertials, half-years, seasons, school years, planning periods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from grunnmur.knowledge.language.references import find_citations, find_footnote_marks
from grunnmur.knowledge.language.spans import Span, Taken, blank


class DateKind(StrEnum):
    """How precise a date is."""

    DAY = "day"
    MONTH = "month"
    PART = "part"  # quarter, tertial, half-year, week
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"
    RELATIVE = "relative"  # «i dag», «hittil i år»


@dataclass(frozen=True, slots=True)
class DateMatch:
    """``text[start:end]`` names the time ``iso``: 2024, 2024-06, 2024-06-05, or two joined by ``/``.

    A season is given as its year. ``as_of`` marks a result up to a date («pr. april», «t.o.m. 31.5.24»), and
    ``borrowed`` a date whose year was not written there but taken from the text's own date.
    """

    start: int
    end: int
    iso: str
    kind: DateKind
    as_of: bool = False
    borrowed: bool = False

    @property
    def year(self) -> int:
        """The year it begins in."""
        return int(self.iso[:4])


_MONTHS = (
    ("januar", "jan"), ("februar", "feb"), ("mars", "mar"), ("april", "apr"), ("mai",), ("juni", "jun"),
    ("juli", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("oktober", "okt"), ("november", "nov"),
    ("desember", "des"),
)  # fmt: skip
MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_ORDINALS = {"første": 1, "fyrste": 1, "andre": 2, "annet": 2, "tredje": 3, "fjerde": 4, "siste": 0}

_YEAR = r"(?:(?:19|20)\d\d)(?!\d)"
_YY = rf"(?:{_YEAR}|['’]?\d\d(?![\d.,]*\d|\s*(?:%|prosent|kr)))"
_MONTH = "(?:" + "|".join(names[0] for names in _MONTHS) + r")(?![a-zæøå])"
_SHORT = "(?:" + "|".join(sorted((n for names in _MONTHS for n in names), key=len, reverse=True)) + r")(?![a-zæøå])\.?"
_SEASON = r"(?:vår|sommar|sommer|høst|haust|vinter)(?:en|halvåret|semesteret|parten)?"
_NTH = r"(?:[1-4]\s?\.|I{1,3}\b|første|fyrste|andre|annet|tredje|fjerde|siste)"
_CLOSE = r"(?=\s*(?:[.,;:!?)\]/–—-]|$|\n|\x00))"

# «Møte 3 – 12. mars»: the third meeting, on the twelfth.
_ORDINAL_NAME = re.compile(
    r"(?:møte|samling|verksted|verkstad|seminar|kurs|sak|del|fase|steg|trinn|nr)\.?\s(?:nr\.?\s)?$", re.I
)

Reader = Callable[[re.Match[str], int | None], "tuple[str, DateKind] | None"]


def find_dates(text: str, today: str | None = None, year: int | None = None) -> list[DateMatch]:
    """Dates in order of appearance, none overlapping.

    ``today`` is the text's own date in contract notation; relative dates («i dag», «hittil i år») are only returned
    when it is given. Dates without a year («april», «første halvår») take its year, else ``year``, or are left out.
    """
    open_text = blank(text, [*find_citations(text), *find_footnote_marks(text)])
    found = sorted(_atoms(open_text, today, year), key=lambda match: match.start)
    return [_with_prefix(open_text, match) for match in _joined(open_text, found)]


def full_year(digits: str) -> int:
    """«24», «'24» and «2024» are 2024; two digits from 60 on are in the 1900s."""
    number = int(digits.strip("'’-– "))
    if number > 99:
        return number
    return number + (1900 if number >= 60 else 2000)


def _atoms(text: str, today: str | None, year: int | None) -> Iterator[DateMatch]:
    taken = Taken()
    default = int(today[:4]) if today else year
    if default is None and not _DIGIT.search(text):
        return
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            result = read(match, default)
            if result is None:
                continue
            start, end = match.span("when") if "when" in pattern.groupindex else match.span()
            if taken.claim(start, end):
                borrowed = not re.search(r"\d\d", text[start:end]) or "yearless" in pattern.groupindex
                yield DateMatch(start, end, result[0], result[1], borrowed=borrowed)
    if today:
        yield from _relative(text, today, taken)


def _relative(text: str, today: str, taken: Taken) -> Iterator[DateMatch]:
    year = int(today[:4])
    for pattern, shift in _RELATIVE_YEARS:
        for match in pattern.finditer(text):
            if taken.claim(*match.span()):
                iso = today if shift is None else str(year + shift)
                as_of = match.group().lower().startswith(("pr", "per", "hittil", "så langt"))
                yield DateMatch(*match.span(), iso, DateKind.RELATIVE, as_of=as_of, borrowed=True)


_RELATIVE_YEARS = tuple(
    (re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I), shift)
    for words, shift in (
        (r"(?:(?:pr\.?|per)\s+)?(?:i\s+)?dags\s+dato|(?:pr\.?|per)\s+(?:i\s+)?dag|i\s+dag", None),
        (r"(?:hittil|så\s+langt)\s+(?:i\s+)?(?:dette\s+)?år(?:et)?", 0),
        (r"(?:i\s+)?inneværende\s+år|i\s+år", 0),
        (r"i\s+fjor|forrige\s+år|førre\s+år|året\s+før|fjoråret", -1),
        (r"neste\s+år|kommende\s+år", 1),
    )
)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _kind(iso: str | None, kind: DateKind) -> tuple[str, DateKind] | None:
    return None if iso is None else (iso, kind)


def _month_of(word: str) -> int:
    return MONTH_NUMBER[word.lower().rstrip(".")]


def _read_day_month(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    year = full_year(match["y"]) if match["y"] else default
    month = match["m"] or match["m2"]
    return None if year is None else _kind(_day(year, _month_of(month), int(match["d"])), DateKind.DAY)


def _read_days_month(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    year = full_year(match["y"]) if match["y"] else default
    if year is None or _ORDINAL_NAME.search(match.string[max(0, match.start() - 16) : match.start()]):
        return None
    first, last = (_day(year, _month_of(match["m"]), int(match[name])) for name in ("d", "d2"))
    return _kind(f"{first}/{last}" if first and last and first < last else None, DateKind.RANGE)


def _read_numeric(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    return _kind(_day(full_year(match["y"]), int(match["m"]), int(match["d"])), DateKind.DAY)


def _read_numeric_range(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    year = full_year(match["y"])
    first, last = (_day(year, int(match[m]), int(match[d])) for d, m in (("d", "m"), ("d2", "m2")))
    return _kind(f"{first}/{last}" if first and last and first < last else None, DateKind.RANGE)


def _read_numeric_yearless(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    return None if default is None else _kind(_day(default, int(match["m"]), int(match["d"])), DateKind.DAY)


def _read_month(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    year = full_year(match["y"]) if match.groupdict().get("y") else default
    return None if year is None else (f"{year}-{_month_of(match['m']):02d}", DateKind.MONTH)


def _read_months(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    year = full_year(match["y"]) if match["y"] else default
    first, last = _month_of(match["m"]), _month_of(match["m2"])
    return None if year is None or first >= last else (f"{year}-{first:02d}/{year}-{last:02d}", DateKind.RANGE)


def _read_season(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    year = full_year(match["y"]) if match.groupdict().get("y") else default
    return None if year is None else (str(year), DateKind.SEASON)


def _read_part(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    """A quarter, tertial or half-year as its first and last month."""
    year = full_year(match["y"]) if match["y"] else default
    word = match["part"].lower()
    length = 3 if word.startswith(("kv", "q")) else 4 if word.startswith("t") else 6
    which = _ordinal(match["n"]) or 12 // length
    if year is None or which * length > 12:
        return None
    return f"{year}-{(which - 1) * length + 1:02d}/{year}-{which * length:02d}", DateKind.PART


def _ordinal(word: str) -> int:
    word = word.lower().strip(" .")
    if word.isdigit():
        return int(word)
    return _ORDINALS.get(word, len(word))


def _read_week(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    year = full_year(match["y"]) if match["y"] else default
    try:
        days = [date.fromisocalendar(year or 0, int(match["n"]), day).isoformat() for day in (1, 7)]
    except ValueError:
        return None
    return "/".join(days), DateKind.PART


def _read_years(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    """«2019–2032», and «2022/23» only when the second year follows the first (else it is a report number)."""
    first, last = int(match["a"]), match["b"]
    second = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    if second <= first or (match["mark"] == "/" and second != first + 1) or second - first > 60:
        return None
    return f"{first}/{second}", DateKind.RANGE


def _read_school_year(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    """«skoleåret 25/26»."""
    first, last = 2000 + int(match["a"]), 2000 + int(match["b"])
    return (f"{first}/{last}", DateKind.RANGE) if last == first + 1 else None


def _read_year(match: re.Match[str], default: int | None) -> tuple[str, DateKind] | None:
    return match["when"], DateKind.YEAR


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_compile(rf"(?<![\d.,])(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])"), _read_numeric),
    (_compile(rf"(?<![\d.,])(?P<d>\d{{1,2}})\.?\s?(?:-|–|til|og)\s?(?P<d2>\d{{1,2}})\.\s?(?P<m>{_MONTH})"
              rf"(?:\s+(?P<y>{_YEAR}))?"), _read_days_month),
    (_compile(rf"(?<![\d.,])(?P<d>\d{{1,2}})\.?\s?(?P<m>{_SHORT})[\s-]*(?P<y>{_YEAR})"), _read_day_month),
    (_compile(rf"(?<![\d.,])(?P<d>\d{{1,2}})\.\s?(?P<m>{_MONTH})\s*(?P<y>['’-]?\d\d){_CLOSE}"), _read_day_month),
    (_compile(rf"(?<![\d.,])(?P<d>\d{{1,2}})\.\s?(?P<m>{_SHORT})\s*(?P<y>['’-]\d\d)(?!\d|[.,]\d|\.\s?[a-zæøå]|\s*(?:%|prosent|kr))"),
     _read_day_month),
    (_compile(r"(?<![\d.,/-])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.?\s?[-–]\s?(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.?\s?"
              rf"(?P<y>{_YEAR}|\d\d(?!\d))"), _read_numeric_range),
    (_compile(r"(?<![\d.,/-])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})[.\s]\s?"
              rf"(?P<y>{_YEAR}|\d\d)(?![\d%]|[.,]\d|\s*(?:%|prosent|kr\b|mill|årsverk))"), _read_numeric),
    (_compile(rf"(?<![\d.,/-])(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})[\s/-]+(?P<y>{_YEAR}|\d\d)(?![\d%])"), _read_numeric),
    (_compile(rf"(?<![\w.])(?P<m>{_SHORT})\s?(?:/|-|–|til)\s?(?P<m2>{_SHORT})[\s\x00]+(?P<y>{_YEAR})"), _read_months),
    (_compile(rf"(?<![\w.])(?P<m>{_MONTH})\s?(?:/|-|–|til)\s?(?P<m2>{_MONTH})(?:[\s\x00]+(?P<y>{_YEAR}))?"),
     _read_months),
    (_compile(rf"(?<![\w])(?P<m>{_SHORT})(?:[\s\x00]+|\s?[-–]\s?)(?P<y>{_YEAR})"), _read_month),
    (_compile(rf"(?<![\w])(?P<m>{_SHORT})\s?[-–'’]\s?(?P<y>\d\d)(?![\d.,]*\d|\s*(?:%|prosent|kr))"), _read_month),
    (_compile(rf"(?<![\w])(?P<m>{_MONTH})\s(?P<y>\d\d){_CLOSE}"), _read_month),
    (_compile(rf"(?<!\w)(?P<n>{_NTH})\s*(?P<part>tertial|kvartal|kv\.?|halvår|halvdel)(?:et|en)?"
              rf"(?:\s*(?:av|i)?\s*(?P<y>{_YEAR}))?(?![a-zæøå])"), _read_part),
    (_compile(r"(?<=året )(?:(?:19|20)(?=\d\d/))?(?P<a>\d\d)(?P<mark>[-–/])(?P<b>\d\d)(?![\d/])"), _read_school_year),
    (_compile(rf"(?<!\w)(?P<part>T|Q|H)(?P<n>[1-4])(?:[\s/-]*(?P<y>{_YEAR})|(?=:))"), _read_part),
    (_compile(rf"(?<!\w)uke\s*(?P<n>\d{{1,2}})(?:[\s,/-]+(?P<y>{_YEAR}))?(?![\d–-])"), _read_week),
    (_compile(rf"(?<!\w){_SEASON}(?:\s*[-–]\s*|\s+(?:i\s+)?['’]?)(?P<y>{_YEAR}|\d\d(?![\d.,]*\d|\s*(?:%|prosent|kr)))"),
     _read_season),
    (_compile(rf"(?<![\d.,/-])(?P<a>(?:19|20)\d\d)\s?(?P<mark>[-–—/]|til|til og med)\s?(?P<b>{_YEAR}|\d\d)"
              r"(?![\d/]|-\d)"), _read_years),
    (_compile(r"(?<![\d.,/-])(?<!\bca )(?<!\bca. )(?P<when>(?:19|20)\d\d)(?![\d/%+]|[.,]\d|\s\d{3}(?!\d)|"
              r"-(?:årene|tallet|\d)|\s?(?:,-|%|kr\b|kroner))"
              r"(?!\s+(?:\w+e\s+)?(?:personer|innbyggere|plasser|ansatte|liggedøgn|timer|brukere|elever|årsverk|meter|m2"
              r"|deltakere|deltakarar|oppdrag|konsultasjoner|henvendelser|besøk|vedtak|saker|barn|familier|husstander|boliger|søknader"
              r"|stillinger|billetter|medlemmer|meldinger|lag|kroner))"),
     _read_year),
    (_compile(rf"(?<![\d.,])(?P<yearless>(?P<d>\d{{1,2}})(?:\.?\s?(?P<m>{_MONTH})|\.\s?(?P<m2>{_SHORT})))(?P<y>(?!))?"),
     _read_day_month),
    (_compile(r"(?:i dag|den|dato:?)\s*\(?(?P<when>(?P<d>\d{1,2})\.(?P<m>\d{1,2}))(?P<yearless>)(?![\d%]|[.,]\d)"),
     _read_numeric_yearless),
    (_compile(rf"(?<!\w)(?P<m>{_MONTH})(?!\w)"), _read_month),
    (_compile(rf"(?<=\bi )(?P<m>{_SHORT})(?!\w)"), _read_month),
    (_compile(rf"(?<=[Ii] )(?P<season>{_SEASON})(?!\w)"
              r"|(?<!\w)(?:våren|høsten|hausten|sommeren|sommaren|vinteren)(?!\w)"), _read_season),
)  # fmt: skip

_DIGIT = re.compile(r"\d")
_JOIN = re.compile(r"\s*(?:-|–|—|/|til|til og med|t\.o\.m\.?)\s*", re.I)
_NEVER_JOINED = frozenset({DateKind.RANGE, DateKind.RELATIVE})


def _joined(text: str, found: list[DateMatch]) -> Iterator[DateMatch]:
    """Join neighbours such as «april – september 2018» into one interval."""
    waiting: DateMatch | None = None
    for match in found:
        joint = _join(text, waiting, match) if waiting else None
        if joint is None and waiting is not None:
            yield waiting
        waiting = joint or match
    if waiting is not None:
        yield waiting


def _join(text: str, left: DateMatch, right: DateMatch) -> DateMatch | None:
    if left.kind in _NEVER_JOINED or right.kind in _NEVER_JOINED or not _JOIN.fullmatch(text[left.end : right.start]):
        return None
    first, last = left.iso.split("/")[0], right.iso.split("/")[-1]
    if left.borrowed and not right.borrowed:
        first = str(right.year) + first[4:]
    if first >= last:
        return None
    return DateMatch(left.start, right.end, f"{first}/{last}", DateKind.RANGE, borrowed=right.borrowed)


_AS_OF = re.compile(r"(?:pr\.?|per|t\.?\s?o\.?\s?m\.?|til og med|ved utgangen av|status)\s*:?\s*$", re.I)


def _with_prefix(text: str, match: DateMatch) -> DateMatch:
    if not match.as_of and _AS_OF.search(text[max(0, match.start - 20) : match.start]):
        return replace(match, as_of=True)
    return match


def spans_of(matches: list[DateMatch]) -> list[Span]:
    """Where the dates stand."""
    return [(match.start, match.end) for match in matches]
