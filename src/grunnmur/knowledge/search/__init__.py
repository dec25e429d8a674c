"""Search in Norwegian: what a query asks for, how a text is analysed, what is marked, and what comes first."""

from grunnmur.knowledge.search.highlight import Fragment, highlight
from grunnmur.knowledge.search.query import MAX_LENGTH, AnyWord, Phrase, Query, parse
from grunnmur.knowledge.search.ranking import Candidate, HitKind, rank
from grunnmur.knowledge.search.suggestions import nearest_words
from grunnmur.knowledge.search.terms import BREAK, Token, index_terms, query_words, tokens, warm_up, words_of

__all__ = [
    "BREAK",
    "MAX_LENGTH",
    "AnyWord",
    "Candidate",
    "Fragment",
    "HitKind",
    "Phrase",
    "Query",
    "Token",
    "highlight",
    "index_terms",
    "nearest_words",
    "parse",
    "query_words",
    "rank",
    "tokens",
    "warm_up",
    "words_of",
]
