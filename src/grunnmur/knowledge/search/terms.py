"""From text to the terms that are stored and asked for.

A text becomes one term for each word in order, so that phrases can be found, and after a :data:`BREAK` the other
ways into each word: its dictionary form and the parts of a compound («sykehjemsplasser» → «sykehjem», «plass»).
Terms are letters and digits only, so that every full-text engine cuts them in the same places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from grunnmur.knowledge.language.words import STOP_WORDS, compound_parts, lemma, stem, word_list
from grunnmur.knowledge.search.variants import BOKMAL_OF

BREAK = "qxq"
DECIMAL = "d"
_SPACE = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}.]"
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_](?:[^\W\d_]|\N{SOFT HYPHEN}|[\u0300-\u036f])*)"
    rf"|(?P<group>(?<![\d.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d|[.,]\d))"
    r"|(?P<number>(?<![\d.,])\d+(?:[.,]\d+)?(?![.,]?\d)|\d+)"
)
_NOT_IN_TERMS = re.compile(r"[\W_]+")
_NORWEGIAN = re.compile("[a-zæøåA-ZÆØÅ]+")
_NEIGHBOURS = str.maketrans("öäÖÄ", "øæØÆ")
_SHORTEST_COMPOUND = 6
_SHORTEST_PART = 3
# Endings that happen to be words of their own: «rekrutte|ring», «menn|eske» are no compounds.
_ENDINGS = word_list("""
anse ende else ens ente eske este ing inga ingen jett legging ling mune ring ering sele sen sene ser ter
""")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number of a text: ``text[start:end]``, folded to ``word``."""

    word: str
    start: int
    end: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """The term that stands in a word's place, and the other terms that lead to the word."""

    term: str
    also: tuple[str, ...] = ()


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Lower case, composed, without accents; å, æ and ø are letters of their own and stay.

    >>> fold("Kafé"), fold("A\u030arsverk"), fold("Malmö")
    ('kafe', 'årsverk', 'malmø')
    """
    if _NORWEGIAN.fullmatch(word):
        return word.lower()
    composed = unicodedata.normalize("NFC", word.replace("\N{SOFT HYPHEN}", "")).translate(_NEIGHBOURS)
    plain = "".join(letter if letter in "åÅ" else _without_accents(letter) for letter in composed.casefold())
    return _NOT_IN_TERMS.sub("", plain) or "x"


def _without_accents(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


def tokens(text: str) -> Iterator[Token]:
    """Words and numbers in order; «440 000», «440.000» and «440000» are the same number."""
    for match in _TOKEN.finditer(text):
        written, kind = match.group(), match.lastgroup
        if kind == "word":
            yield Token(fold(written), match.start(), match.end())
        else:
            yield Token(_number_term(written, grouped=kind == "group"), match.start(), match.end(), True)


def _number_term(written: str, *, grouped: bool) -> str:
    if grouped:
        return re.sub(r"\D", "", written)
    whole, _, decimals = written.replace(".", ",").partition(",")
    decimals = decimals.rstrip("0")
    return f"{whole}{DECIMAL}{decimals}" if decimals else whole


@lru_cache(maxsize=200_000)
def analyse(word: str) -> Analysis:
    """The terms of one folded word. Numbers stand for themselves."""
    if word[0].isdigit():
        return Analysis(word)
    parts = compound(word)
    others = {*forms(word), *(form for part in parts for form in forms(part))}
    for part in parts:
        others.update(form for inner in compound(part) for form in forms(inner))
    term = _term(word) or word
    return Analysis(term, tuple(sorted(others - {term})))


def forms(word: str) -> tuple[str, ...]:
    """The stem of a word as it stands and of its dictionary form, the latter in bokmål."""
    base = lemma(word)
    return tuple(dict.fromkeys(term for term in (_term(BOKMAL_OF.get(base, base)), _term(word)) if term))


def _term(word: str) -> str:
    """A stem of letters and digits; dictionaries have forms such as «kl.» and «e-post»."""
    return _NOT_IN_TERMS.sub("", stem(word))


@lru_cache(maxsize=200_000)
def compound(word: str) -> tuple[str, ...]:
    """The parts of a compound as words; empty for a word that is none.

    >>> compound("sykehjemsplassene")
    ('sykehjem', 'plass')
    """
    base = lemma(word)
    if len(base) < _SHORTEST_COMPOUND:
        return ()
    parts = compound_parts(base)
    return parts if len(parts) > 1 and _is_believable(parts) else ()


def _is_believable(parts: tuple[str, ...]) -> bool:
    if STOP_WORDS & set(parts) or parts[-1] in _ENDINGS or min(map(len, parts)) < _SHORTEST_PART:
        return False
    return len(parts[-1]) > _SHORTEST_PART


def index_terms(text: str, near: Iterable[str] = ()) -> str:
    """What is stored for a text: its terms in order, and after a break the other terms of each word.

    ``near`` are words that belong to the text without standing in it, such as the year a paragraph is about.
    """
    in_order: list[str] = []
    others = dict.fromkeys(near)
    for token in tokens(text):
        analysis = analyse(token.word)
        in_order.append(analysis.term)
        others.update(dict.fromkeys(_grouped_parts(text, token) if token.number else analysis.also))
    present = set(in_order)
    extra = [term for term in others if term not in present]
    return " ".join([*in_order, BREAK, *extra]) if extra else " ".join(in_order)


def _grouped_parts(text: str, token: Token) -> list[str]:
    """«2 450 300» may be three cells of a table, so each is kept beside the whole."""
    return re.findall(r"\d+", text[token.start : token.end]) if " " in text[token.start : token.end] else []


def words_of(text: str) -> set[str]:
    """The distinct folded words of a text that a person might search for; no numbers, no stop words."""
    return {token.word for token in tokens(text) if not token.number and len(token.word) > 2} - STOP_WORDS


def query_words(text: str) -> list[str]:
    """The folded words and numbers of a text in order."""
    return [token.word for token in tokens(text)]


def warm_up() -> None:
    """Read the word lists, which takes a second or two, before anyone waits for them."""
    analyse("dokumentene")
