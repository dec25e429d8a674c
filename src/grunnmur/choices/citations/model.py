"""A sentence with the passages it rests on, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from grunnmur.kernel.provenance import Passage


class FaultCode(StrEnum):
    """Why a sentence is not proved by the passages it cites."""

    NO_CITATION = "no-citation"
    UNKNOWN_PASSAGE = "unknown-passage"
    QUOTE = "quote"
    NUMBER = "number"
    BOUND = "bound"
    DATE = "date"
    QUANTIFIER = "quantifier"
    COUNT_MISSING = "count-missing"
    NAME = "name"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class NumberedPassage:
    """A passage under the number by which it may be cited. ``text`` is read from the source at ``passage``."""

    number: int
    plan: str
    text: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim to rest on passage ``number``; ``quote`` is what the writer says stands there."""

    number: int
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it was written, by a person or a language model, before anything is checked."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """``sentence.text[start:end]`` is not proved; ``params`` say what stood there and what was expected."""

    code: FaultCode
    start: int
    end: int
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence after the check. ``quotes`` are the quoted words' own places in the sources.

    A sentence with faults is never mended: it is shown as failed, or left out.
    """

    sentence: Sentence
    passages: tuple[NumberedPassage, ...]
    quotes: tuple[Passage, ...]
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether code has proved every citation, quote, number, date and count word in it."""
        return not self.faults
