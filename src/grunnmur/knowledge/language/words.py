"""Stems, lemmas, compound parts and stop words for bokmål and nynorsk."""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma
from snowballstemmer import stemmer


def word_list(text: str) -> frozenset[str]:
    """Words parted by white space, as a set."""
    return frozenset(text.split())


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*")
_STEMMER = stemmer("norwegian")

# Own lists: the common ones hold words that carry meaning in plans (mål, år, leder).
STOP_WORDS = word_list("""
alle andre at av ble blei bli blir både da de deg dei dem den denne der dere det dette di disse du eg ei ein eit eller
en enn er et etter for fordi fra frå ha hadde han har hennar her hos hun hva hvem hver hvilke hvis hvor hvordan i ikke
ikkje inn ja jeg kan kva kvar kven kvifor med medan meg mellom men mens min mot må nei no noe noen noko nokon nokre nå
når og også om opp oss over på sa seg sin sine sitt skal skulle slik som så til um under upp ut utan uten var vart ved
vere vert vi vil ville vår våre være vært å
""")
PLANNING_WORDS = word_list("""
arbeide arbeid bidra eksempel framtid framtidig følge gi gjelde gjennom gjennomføre god hensyn innen kommune knyttet
legge løpet mulig måte område plan planen planperiode rette sette sikre stor styrke tilrettelegge utvikle viktig ønske
""")


def find_words(text: str) -> list[str]:
    """Words and numbers of a text in lower case, in order."""
    return [match.group().casefold() for match in _WORD.finditer(text)]


def content_words(text: str) -> list[str]:
    """Words that are not stop words."""
    return [word for word in find_words(text) if word not in STOP_WORDS]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Snowball's Norwegian stem of a word in lower case."""
    return str(_STEMMER.stemWord(word.casefold()))


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """Dictionary form, by bokmål first and then nynorsk; the word itself when neither knows it."""
    return str(simplemma.lemmatize(word.casefold(), ("nb", "nn"))).casefold()


@lru_cache(maxsize=100_000)
def is_known(word: str) -> bool:
    """Whether bokmål or nynorsk has the word."""
    return bool(simplemma.is_known(word, "nb") or simplemma.is_known(word, "nn"))


_SHORTEST_PART = 3
_JOINTS = ("", "s", "e")


@lru_cache(maxsize=100_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """«sykehjemsplasser» → («sykehjem», «plasser»); the word alone when it is no compound of known words.

    The longest known last part wins, since the last part decides what a Norwegian compound is.
    """
    word = word.casefold()
    if "-" in word:
        return tuple(part for part in word.split("-") if part)
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        last = word[cut:]
        if not is_known(last):
            continue
        first = _first_part(word[:cut])
        if first:
            return (*compound_parts(first), last) if len(first) > 9 else (first, last)
    return (word,)


def _first_part(written: str) -> str:
    """The first part without its joint, when it is a known word."""
    for joint in _JOINTS:
        part = written.removesuffix(joint) if joint else written
        if (joint == "" or written.endswith(joint)) and len(part) >= _SHORTEST_PART and is_known(part):
            return part
    return ""
