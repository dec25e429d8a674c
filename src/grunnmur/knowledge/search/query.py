"""What a person typed, as clauses: words, «"phrases"», «prefix*» and «-not this»."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TypeAlias

from grunnmur.knowledge.language.words import STOP_WORDS
from grunnmur.knowledge.search.terms import analyse, compound, forms, query_words

MAX_LENGTH = 200
MAX_CLAUSES = 12
_SHORTEST_PREFIX = 2
_PIECE = re.compile(r'(?P<not>(?<!\S)[-−–])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class AnyWord:
    """A word: at least one of ``ways`` must be found, each a set of terms that go together.

    A ``prefix`` has no ways until the words that begin with it are known (:meth:`Query.expanded`).
    """

    word: str
    ways: tuple[tuple[str, ...], ...] = ()
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, in any inflection."""

    terms: tuple[str, ...]


Clause: TypeAlias = AnyWord | Phrase


@dataclass(frozen=True, slots=True)
class Query:
    """All of ``required`` and none of ``excluded``. ``numbers`` are those asked for, as terms."""

    text: str
    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    numbers: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Nothing to look for; leaving words out needs something to leave them out of."""
        return not self.required

    @property
    def words(self) -> tuple[str, ...]:
        """The words that must be there, without phrases."""
        return tuple(clause.word for clause in self.required if isinstance(clause, AnyWord))

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Beginnings of words that need expanding."""
        clauses = (*self.required, *self.excluded)
        return tuple(clause.word for clause in clauses if isinstance(clause, AnyWord) and clause.prefix)

    @property
    def years(self) -> frozenset[int]:
        """Numbers that can be years."""
        return frozenset(int(number) for number in self.numbers if _YEAR.fullmatch(number))

    @property
    def as_written(self) -> Query:
        """The query for the words themselves, without the other ways to them."""
        required = (
            replace(clause, ways=clause.ways[:1]) if isinstance(clause, AnyWord) and not clause.prefix else clause
            for clause in self.required
        )
        return replace(self, required=tuple(required))

    def expanded(self, beginnings: dict[str, list[str]]) -> Query:
        """The query with each prefix as the words that begin with it."""
        return Query(
            self.text,
            tuple(_expand(clause, beginnings) for clause in self.required),
            tuple(_expand(clause, beginnings) for clause in self.excluded),
            self.numbers,
        )


def parse(text: str) -> Query:
    """Any text is a query: quotes that are not closed are closed, and what is no word is left out."""
    text = text[:MAX_LENGTH].strip()
    joined = _GROUPED.sub(lambda match: match.group().replace(" ", ""), text)
    required: list[Clause] = []
    excluded: list[Clause] = []
    for piece in _PIECE.finditer(joined):
        (excluded if piece["not"] else required).extend(_clauses(piece["phrase"], piece["word"]))
    required = _without_stop_words(required)[:MAX_CLAUSES]
    numbers = tuple(clause.word for clause in required if isinstance(clause, AnyWord) and clause.word[0].isdigit())
    return Query(text, tuple(required), tuple(excluded[:MAX_CLAUSES]), numbers)


def _clauses(phrase: str | None, written: str | None) -> list[Clause]:
    if phrase is not None:
        terms = tuple(analyse(word).term for word in query_words(phrase))
        return [Phrase(terms)] if len(terms) > 1 else [_word(word) for word in query_words(phrase)]
    words = query_words(written or "")
    if (written or "").endswith("*") and words and len(words[-1]) >= _SHORTEST_PREFIX:
        return [*map(_word, words[:-1]), AnyWord(words[-1], prefix=True)]
    # «helse-og» or «2024-2027» are words that belong together, in that order.
    return [Phrase(tuple(analyse(word).term for word in words))] if _belong(words) else [_word(word) for word in words]


def _belong(words: list[str]) -> bool:
    return len(words) > 1 and not all(word[0].isdigit() for word in words)


def _word(word: str) -> AnyWord:
    """A word in any of its forms, and a compound also as its parts: «plasser ved sykehjem»."""
    if word[0].isdigit():
        return AnyWord(word, ((word,),))
    ways: list[tuple[str, ...]] = [(analyse(word).term,), *((form,) for form in forms(word))]
    ways += [tuple(sorted(set(way))) for way in product(*map(forms, compound(word))) if way]
    if "aa" in word:
        ways += [(form,) for form in forms(word.replace("aa", "å"))]
    return AnyWord(word, tuple(dict.fromkeys(ways)))


def _expand(clause: Clause, beginnings: dict[str, list[str]]) -> Clause:
    if isinstance(clause, Phrase) or not clause.prefix:
        return clause
    terms = dict.fromkeys(analyse(word).term for word in beginnings.get(clause.word, []))
    return AnyWord(clause.word, tuple((term,) for term in terms) or ((analyse(clause.word).term,),), prefix=True)


def _without_stop_words(clauses: list[Clause]) -> list[Clause]:
    """Stop words ask for nothing, unless there is nothing else."""
    kept = [
        clause for clause in clauses if isinstance(clause, Phrase) or clause.prefix or clause.word not in STOP_WORDS
    ]
    return kept or clauses
