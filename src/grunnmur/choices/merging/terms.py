"""From a goal to the terms it is compared by: one root for each word that says something, and what else leads to it.

A root is the same for all forms of a word, in bokmål and nynorsk («meistrar», «mestring» → ``mestr``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from grunnmur.choices.merging.thesaurus import FIELDS, SYNONYMS, groups
from grunnmur.knowledge.language.words import PLANNING_WORDS, STOP_WORDS, lemma, stem, word_list
from grunnmur.knowledge.search.terms import compound, tokens
from grunnmur.knowledge.search.variants import BOKMAL_OF

# What goals say whatever they are about: it takes no part in what they have in common.
BOILERPLATE: Final = word_list("""
aktuell aktør all annen anse ansvar arbeide av avgjørende bakgrunn basere behov benytte betydelig betydning bidra
blant bli bruk bruke både bør dag del derfor dermed drive egen element enda enkel enn etablere ett etter faktor fall
fase felles finne finnes flere fokus fokusere for fordi foregå forhold form formål fortsatt forutsetning fram framheve
fremme få før føre gang generell gi gjennomgående gjøre grad grunnlag gå går ha hel hensikt hensyn herunder hovedmål
hver høy høyst ikke imøtekomme ingen innebære innen innenfor innsats kan knytte komme kommune krav kunne la lag langt
larvik legge lengst lett lik like mange med mellom mer mest minst mulighet mye må målsetting måned måte ned nok ny nye
nå nødvendig også opp oppgave oppleve oppnå overordnet part periode plan planlegge prioritere prosess påpeke rekke
relevant rolle rundt samme samt samtidig satse satsing se sektor selv sentral skal skape skje skulle slik stille stor
strategi stå sørge ta tema tid tilby tillate tillegg tilrettelegge tiltak tjeneste tjenesteområde type uavhengig uke
ulik under understreke ut utarbeide uten utfordring utgangspunkt utgjøre utvikle utvikling vektlegge videre
videreutvikle viktighet vil vilkår virke vise vårt være år ønske
""")
_ENDINGS: Final = re.compile(
    r"(?:asjon|ering|erer|ere|elighet|elig|lighet|lig|ighet|igdom|ig|itet|ninger|ning|inger|ing|elser|else|els|het|skap"
    r"|dom|ende|er)$"
)
_SYSTEMATIC: Final = (
    (re.compile(r"leg(?=$|e$|heit)"), "lig"),
    (re.compile(r"heit"), "het"),
    (re.compile(r"^kv"), "hv"),
)
_SHORTEST_ROOT: Final = 3
# Where the dictionary takes a verb for a noun, or a verb and what is made from it are written apart.
_FAMILIES: Final = {"mestrer": "mestre", "delta": "deltakelse", "deltar": "deltakelse", "deltatt": "deltakelse"}

_EMPTY: Final = STOP_WORDS | PLANNING_WORDS | BOILERPLATE
# Nouns that plans write work with: the work of planning, and paid work, which goals are about.
_MEANT: Final = word_list("arbeid")
# Who a goal is for: it tells less than what is wanted, since most goals of a plan are for the same few groups.
_PEOPLE: Final = word_list("""
ansatt barn beboer borger bruker eldre elev familie folk forelder foreldre foresatt gammel gutt innbygger jente klient
kvinne mann medarbeider menneske mindreårig mottaker pasient person student ung ungdom voksen
""")
_YOUNG: Final = word_list("barn barnehage elev mindreårig skole småbarn spedbarn tenåring ung ungdom unge")
_OLD: Final = word_list("alderdom eldre gammel pensjonist senior")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: ``text[start:end]``, its root, the roots of its parts and the meanings it may have."""

    start: int
    end: int
    root: str
    parts: tuple[str, ...] = ()
    number: bool = False


@lru_cache(maxsize=200_000)
def root_of(word: str) -> str:
    """The root that a folded word shares with the words made from it.

    >>> root_of("forebygging") == root_of("førebyggje"), root_of("trygghet") == root_of("tryggleik")
    (True, True)
    """
    return _without_ending(stem(bokmal(_FAMILIES.get(word) or lemma(word))))


@lru_cache(maxsize=200_000)
def bokmal(word: str) -> str:
    """The bokmål word, for a word in either language; by its stem when the dictionary does not know the form."""
    return BOKMAL_OF.get(word) or _bokmal_of_stems().get(stem(word)) or _systematic(word)


@cache
def _bokmal_of_stems() -> Mapping[str, str]:
    return {stem(nynorsk): bokmal for nynorsk, bokmal in BOKMAL_OF.items() if len(nynorsk) > _SHORTEST_ROOT + 1}


def _systematic(word: str) -> str:
    for pattern, written in _SYSTEMATIC:
        word = pattern.sub(written, word)
    return word


def _without_ending(root: str) -> str:
    match = _ENDINGS.search(root)
    if match and match.start() >= _SHORTEST_ROOT:
        root = root[: match.start()]
    return root.rstrip("e") if len(root) > _SHORTEST_ROOT + 1 else root


@lru_cache(maxsize=200_000)
def _says_something(word: str) -> bool:
    base = bokmal(lemma(word))
    return base in _MEANT or (not {word, base} & _EMPTY and len(base) > 1)


@lru_cache(maxsize=200_000)
def _parts(word: str) -> tuple[str, ...]:
    parts = tuple(root_of(part) for part in compound(bokmal(lemma(word))))
    return tuple(part for part in parts if len(part) >= _SHORTEST_ROOT)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text that say something, in order; all its words when none does."""
    return _read(text).words


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text says: its words, and the groups of the thesaurus that they and its phrases stand in."""

    words: tuple[Word, ...]
    groups: tuple[str, ...]


@lru_cache(maxsize=50_000)
def _read(text: str) -> _Reading:
    found = list(tokens(text))
    said = [token for token in found if token.number or _says_something(token.word)]
    words = tuple(_word(token.word, token.start, token.end, token.number) for token in said or found)
    single = (group for word in words for root in (word.root, *word.parts) for group in meanings(root))
    phrases = _phrase_meanings([root_of(token.word) for token in found if not token.number])
    return _Reading(words, tuple(dict.fromkeys((*single, *phrases))))


def _word(word: str, start: int, end: int, number: bool) -> Word:
    if number:
        return Word(start, end, word, number=True)
    return Word(start, end, root_of(word), _parts(word))


@cache
def _meanings_of_roots() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Roots of a word or phrase of the thesaurus → the groups it stands in; fields begin with ``#``."""
    found: dict[tuple[str, ...], list[str]] = {}
    for mark, section in (("=", SYNONYMS), ("#", FIELDS)):
        for number, group in enumerate(groups(section)):
            for written in group:
                roots = tuple(root_of(word) for word in written.split("_"))
                found.setdefault(roots, []).append(f"{mark}{number}")
    return {roots: tuple(dict.fromkeys(names)) for roots, names in found.items()}


_LONGEST_PHRASE: Final = 4
PART: Final = 0.6  # what a part of a compound weighs beside the word itself
PEOPLE: Final = 0.3  # whom a goal is for
MEANING: Final = 0.7  # a group of the thesaurus
FIELD: Final = 0.7  # and a field


def meanings(root: str) -> tuple[str, ...]:
    """The groups of the thesaurus that a single root stands in."""
    return _meanings_of_roots().get((root,), ())


def _phrase_meanings(roots: Sequence[str]) -> Iterator[str]:
    """The groups of the thesaurus that phrases of several words stand in, given the roots of all words of a text."""
    known, first = _meanings_of_roots(), _first_roots()
    for start, root in enumerate(roots):
        if root in first:
            for length in range(2, _LONGEST_PHRASE + 1):
                yield from known.get(tuple(roots[start : start + length]), ())


@cache
def _first_roots() -> frozenset[str]:
    return frozenset(roots[0] for roots in _meanings_of_roots())


def thesaurus_roots() -> Sequence[tuple[str, ...]]:
    """The roots of the single words of each group, synonyms first."""
    singles = ([w for w in group if "_" not in w] for group in (*groups(SYNONYMS), *groups(FIELDS)))
    return [tuple(dict.fromkeys(map(root_of, words))) for words in singles]


def is_people(root: str) -> bool:
    """Whether a root says whom a goal is for."""
    return root in _roots(_PEOPLE)


@cache
def _roots(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(root_of, words))


def ages_of(text: str) -> tuple[bool, bool]:
    """Whether a text names the young, and whether it names the old."""
    said = {root for word in words_of(text) for root in (word.root, *word.parts)}
    return bool(said & _roots(_YOUNG)), bool(said & _roots(_OLD))


def terms_of(text: str) -> dict[str, float]:
    """The roots of a text, and with less weight the parts of its compounds and the meanings of both."""
    found: dict[str, float] = {}
    for word in words_of(text):
        for term, weight in _weights(word.root, word.parts):
            _add(found, term, weight)
    for group in _read(text).groups:
        if group[0] == "=":
            _add(found, group, MEANING)
    return found


@lru_cache(maxsize=100_000)
def _weights(root: str, parts: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """What a word and its parts weigh."""
    own = (root, PEOPLE if is_people(root) else 1.0)
    return (own, *((part, PART * (PEOPLE if is_people(part) else 1.0)) for part in parts))


def fields_of(text: str) -> dict[str, float]:
    """The fields that the words of a text belong to: what it is about, whatever it wants."""
    return {group: FIELD for group in _read(text).groups if group[0] == "#"}


def _add(found: dict[str, float], term: str, weight: float) -> None:
    if weight > found.get(term, 0.0):
        found[term] = weight


def roots_of(text: str) -> list[str]:
    """The roots of a text in order, each compound followed by its parts; no numbers."""
    return [root for word in words_of(text) if not word.number for root in (word.root, *word.parts)]


def letters_of(text: str) -> str:
    """The words of a text that say something, as they are written in bokmål."""
    return " ".join(bokmal(text[word.start : word.end].casefold()) for word in words_of(text) if not word.number)
