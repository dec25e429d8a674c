"""Statutes, regulations and conventions that a document names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from grunnmur.knowledge.language.words import word_list
from grunnmur.knowledge.model import Law
from grunnmur.knowledge.reading import Reading
from grunnmur.sources.documents.model import Document

_PARAGRAPH = (
    r"(?:\s+(?:med|m/)\s*(?:tilhørende\s+)?forskrifter|\s+(?:kap(?:ittel|\.)?)\s*(?:\d+\s?[A-Z]?\b|[IVX]+\b)|"
    r"\s*,?\s*(?:jf\.?\s*)?§+\s*\d+\s?[A-Z]?(?:\s?[-–]\s?\d+)*(?:\s?[a-z]\b(?!\w))?"
    r"(?:\s*(?:,|og|til)\s*§*\s*\d+(?:\s?[-–]\s?\d+)+)*)?"
)
_CHAPTER = r"(?:(?:kap(?:ittel|\.)?|§+)\s*(?:\d+(?:-\d+)?[a-z]?|[IVX]+)\s+i\s+)?"
_FIRST_PARTS = r"(?:[A-ZÆØÅa-zæøå]+-(?:,\s*[a-zæøå]+-)*\s*(?:og|eller)\s*)?"
_ENDING = r"(?:lov(?:en|a)|lovene|lovane|forskrift(?:en|a)|forskriftene|konvensjon(?:en)?)"
_SHORT_NAME = re.compile(
    rf"(?<![\w-]){_CHAPTER}{_FIRST_PARTS}(?:[A-ZÆØÅa-zæøå]{{3,}}|[A-ZÆØÅ]{{2,6}}-){_ENDING}(?!\w){_PARAGRAPH}"
)
_LONG_NAME = re.compile(
    r"(?<!\w)(?:[Ll]ov|[Ff]orskrift|[Ll]ova|[Ll]oven)\s+(?:av\s+\d{1,2}\.\s*\w+\s+\d{4}\s+(?:nr\.?\s*\d+\s+)?)?om\s+"
)
_NUMBER = re.compile(r"\b(?:LOV|FOR)-\d{4}-\d\d-\d\d(?:-\d+)?")
_CONVENTION = re.compile(
    r"\b(?:FNs?|EUs?|Europarådets?|ILOs?)[\s-]+(?:sine?\s+)?(?:konvensjon(?:en)?(?:\s+om\s+[a-zæøå\s]{3,60}?)?"
    r"(?:\s*\((?P<short>[A-Z]{3,6})\))?(?=[\s.,;:)]|$)|[a-zæøå]+konvensjon(?:en)?)"
)
_WORD = re.compile(r"\s*(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*-?)(?P<after>[^\w\s-]?)")
_NOT_LAWS = word_list("forslov lov-en")
_ENDS_NAME = word_list("""
er som skal har gir sier pålegger krever regulerer fastsetter stiller trer trår gjelder gjeld omhandler bestemmer ble
blir vert vart kan må vil bør der hvor når jf jfr jmf med slik samt men ved fra under etter
""")
_MOST_WORDS = 14
_NEAR = 8
# «Lovverk: A, B og C»: what a unit works under, each list by itself.
_LIST = re.compile(
    r"^[^\S\n]*(?:[-–•●○■▪]\s*)?(?:sentrale\s+|aktuelle\s+|viktige\s+)?(?:lover|lovar|lovverk|lovgrunnlag|regelverk|lovhjemmel)"
    r"(?:\s*(?:/|og)\s*(?:forskrift|regelverk|føring)\w*)?\s*(?::|\n)\s*",
    re.IGNORECASE | re.MULTILINE,
)
_LIST_END = re.compile(r"\n[^\S\n]*\n")
_LONGEST_LIST = 600
_OF_LIST = re.compile(
    r"(?<![\w-])(?:rammeplan(?:en)?(?:\s+for\s+[a-zæøå]+(?:\s+og\s+[a-zæøå]+)?)?|hovedavtalen|hovudavtalen"
    r"|[a-zæøå]+rundskriv(?:et)?)(?!\w)",
    re.IGNORECASE,
)


def find_laws(document: Document, reading: Reading | None = None) -> tuple[Law, ...]:
    """Each law, regulation and convention once for every paragraph it is named with, where it is named first.

    A list of the laws that a unit works under («Lovverk: …») names them anew.
    """
    seen: set[tuple[int, str]] = set()
    found = []
    lists = _lists(document.text)
    for first, last in sorted({*_mentions(document.text), *_in_lists(document.text, lists)}):
        start, end = _trimmed(document.text, first, last)
        name = " ".join(document.text[start:end].split())
        key = re.sub(r"\W+", " ", name.casefold()).strip()
        place = bisect_right(lists, (start, len(document.text)))
        inside = place and lists[place - 1][0] <= start < lists[place - 1][1]
        if not {(0, key), (place, key)} & seen or (inside and (place, key) not in seen):
            seen |= {(0, key), (place, key)}
            found.append(Law(name, start, end))
    return tuple(found)


def _lists(text: str) -> list[tuple[int, int]]:
    """Where the laws of a list stand: from its label to the next blank line."""
    found = []
    for match in _LIST.finditer(text):
        stop = _LIST_END.search(text, match.end(), match.end() + _LONGEST_LIST)
        found.append((match.end(), stop.start() if stop else min(len(text), match.end() + _LONGEST_LIST)))
    return found


def _in_lists(text: str, lists: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Framework plans, agreements and circulars count as law where a list of laws names them."""
    for start, end in lists:
        yield from (match.span() for match in _OF_LIST.finditer(text, start, end))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its edges."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _mentions(text: str) -> Iterator[tuple[int, int]]:
    """Places where a law is named; a short name inside a long one counts once."""
    long_names = [span for match in _LONG_NAME.finditer(text) if (span := _long_name(text, match))]
    long_names += [match.span() for match in _CONVENTION.finditer(text)]
    yield from long_names
    for pattern in (_SHORT_NAME, _NUMBER):
        for match in pattern.finditer(text):
            inside = any(
                start <= match.start() < end or _is_alias(text, end, match.start()) for start, end in long_names
            )
            if not inside and match.group().casefold() not in _NOT_LAWS and _is_name(match.group()):
                yield match.span()


def _is_alias(text: str, end: int, start: int) -> bool:
    """«Lov om barnevern (barnevernsloven)»: the short name right after the long one is the same law."""
    return 0 <= start - end <= _NEAR and text[end:start].rstrip().endswith("(")


def _long_name(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """«Lov om …» up to the verb, the punctuation or the quotation mark that ends the name."""
    place = end = match.end()
    for _ in range(_MOST_WORDS):
        found = _WORD.match(text, place)
        if found is None or found["word"].casefold() in _ENDS_NAME:
            break
        if _breaks_off(text[place : found.start("word")], found["word"]) and end > match.end():
            break
        place = found.end()
        if found["word"].casefold() not in {"og", "i", "av", "til", "for", "om", "på"}:
            end = found.end("word")
        if found["after"] and not _goes_on(text, found):
            break
    return (match.start(), end) if end > match.end() else None


def _breaks_off(gap: str, word: str) -> bool:
    """A new cell, or a new line with a capital letter or another law on it, is not part of the name."""
    return "\t" in gap or ("\n" in gap and (word[0].isupper() or bool(re.search(_ENDING + "$", word))))


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """«helse-, sosial- og …»: a comma inside a name."""
    return found["word"].endswith("-") and found["after"] == ","


_GENERAL = re.compile(
    r"(?:(?:grunn|ramme|sær|nær|for|vilkårs|bestemmelses|lov)forskrift|(?:hoved|ned|for|ut|inn|av)lov)\w*", re.I
)


def _is_name(name: str) -> bool:
    """A law of its own name, and not «loven», «særloven» or another general word."""
    last = re.split(r"\s", re.sub(r"\s*,?\s*(?:jf\.?\s*)?§.*", "", name))[-1]
    return not _GENERAL.fullmatch(last)
