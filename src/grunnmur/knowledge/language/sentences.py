"""Sentences of Norwegian text, with abbreviations, list items and headings."""

from __future__ import annotations

import re
from bisect import bisect_right

from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.language.words import word_list

_ABBREVIATIONS = word_list("""
adm ang art avd bl bla ca dir dr dvs eks eksl el evt f fig fr f.eks forts gj gjsn gj.sn hhv hr iht i inkl innst ift jf
jfr jmfr kap kgl kl kr ledn lic m m.a m.m maks md meld mfl mill min mnd moh mrd mv nr o o.l off ol op org osv ot p pga
pkt pr prof prop prp pst r red ref s sep sept sek sg st stk str saksnr t tab tel tlf tom t.o.m u v vedr vg vs væ årg
øk jan feb mar apr aug okt nov des konst komm kom
""")
_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s|$)")
_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t\r]*)+|\n[ \t]*(?=(?:[-–•●○■▪*·]|\d{1,2}[.)])\s)")
_NUMBERED = re.compile(r"\n[ \t]*(?=\d{1,2}\.\d{1,2}\.?[ \t]+[A-ZÆØÅ])")  # «3.2 Sykefraværet skal …»
_LAST_WORD = re.compile(r"[\w.]+$")


def find_sentences(text: str, start: int = 0, end: int | None = None, *, one_block: bool = False) -> list[Span]:
    """Sentences between ``start`` and ``end``, without white space round them, in order.

    A blank line and a new list item end a sentence too, unless the text is known to be one block: then blank lines are
    double spacing.
    """
    end = len(text) if end is None else end
    breaks = _numbered(text, start, end) if one_block else _breaks(text, start, end)
    borders = sorted({*_stops(text, start, end), *breaks, end})
    found, begin = [], start
    for border in borders:
        span = _trimmed(text, begin, border)
        if span:
            found.append(span)
        begin = border
    return found


def sentence_at(sentences: list[Span], offset: int) -> Span | None:
    """The sentence that holds ``offset``, from the sorted list."""
    place = bisect_right(sentences, offset, key=lambda span: span[0]) - 1
    if place >= 0 and offset < sentences[place][1]:
        return sentences[place]
    return None


def _stops(text: str, start: int, end: int) -> list[int]:
    return [match.end() for match in _END.finditer(text, start, end) if _ends_sentence(text, match)]


def _breaks(text: str, start: int, end: int) -> list[int]:
    return [match.start() for match in _BREAK.finditer(text, start, end)]


def _numbered(text: str, start: int, end: int) -> list[int]:
    return [match.start() for match in _NUMBERED.finditer(text, start, end)]


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] != ".":
        return True
    before = _LAST_WORD.search(text[max(0, match.start() - 20) : match.start()])
    word = before.group().lower() if before else ""
    following = text[match.end() : match.end() + 40].lstrip()
    if not following:
        return True
    if word in _ABBREVIATIONS or word.rsplit(".", 1)[-1] in _ABBREVIATIONS:
        return word in {"kr", "mill", "mrd", "m.m", "mv", "osv", "pst", "ol", "o.l"} and following[0].isupper()
    if word.isdigit():
        return following[0].isupper() and (len(word) > 2)
    return not following[0].islower() and not (len(word) == 1 and word.isalpha())


def _trimmed(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    return (start, end) if start < end else None
