"""The part of a passage that answers a query, with the words that were found."""

from __future__ import annotations

from dataclasses import dataclass

from grunnmur.knowledge.search.query import Phrase, Query
from grunnmur.knowledge.search.terms import Token, analyse, tokens

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fragment:
    """``text[start:end]`` of the passage, and in it the found words as spans of the same text."""

    start: int
    end: int
    marks: tuple[Span, ...]

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """The fragment cut into plain and marked pieces, in order; together they are ``text[start:end]``."""
        pieces, done = [], self.start
        for start, end in self.marks:
            pieces += [(text[done:start], False), (text[start:end], True)]
            done = end
        return [piece for piece in [*pieces, (text[done : self.end], False)] if piece[0]]


def highlight(text: str, query: Query, *, width: int = 240) -> Fragment:
    """The window of about ``width`` characters with most different words of the query, cut between words."""
    found = list(tokens(text))
    marks = _marks(found, query)
    start, end = _window(text, found, marks, width)
    return Fragment(start, end, tuple((a, b) for a, b, _ in marks if start <= a and b <= end))


def _marks(found: list[Token], query: Query) -> list[tuple[int, int, str]]:
    """Spans with the clause they answer, without overlap, in order."""
    wanted = _wanted(query)
    prefixes = tuple(query.prefixes)
    marks: list[tuple[int, int, str]] = []
    for token in found:
        analysis = analyse(token.word)
        hit = next((term for term in (analysis.term, *analysis.also) if term in wanted), "")
        if hit:
            marks.append((token.start, token.end, wanted[hit]))
        elif prefixes and token.word.startswith(prefixes):
            marks.append((token.start, token.end, token.word))
    return marks


def _wanted(query: Query) -> dict[str, str]:
    """Each term that answers the query, with the clause it answers."""
    wanted: dict[str, str] = {}
    for clause in query.required:
        if isinstance(clause, Phrase):
            wanted.update((term, " ".join(clause.terms)) for term in clause.terms)
        elif not clause.prefix:
            wanted.update((term, clause.word) for way in clause.ways for term in way)
    return wanted


def _window(text: str, found: list[Token], marks: list[tuple[int, int, str]], width: int) -> Span:
    if len(text) <= width or not found:
        return 0, len(text)
    best = max(marks, key=lambda mark: _worth(mark[0], marks, width), default=(0, 0, ""))
    start = max(0, best[0] - width // 4)
    end = min(len(text), start + width)
    start = max(0, end - width)
    inside = [token for token in found if token.start >= start and token.end <= end]
    if not inside:
        return best[0], best[1]
    return (0 if start == 0 else inside[0].start), (len(text) if end == len(text) else inside[-1].end)


def _worth(start: int, marks: list[tuple[int, int, str]], width: int) -> tuple[int, int, int]:
    """How many different clauses, then how many words, a window that begins here would show; early ones first."""
    inside = [clause for a, b, clause in marks if start <= a and b <= start + width * 3 // 4]
    return len(set(inside)), len(inside), -start
