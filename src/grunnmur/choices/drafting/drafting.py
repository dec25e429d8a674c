"""A draft by a language model: every sentence proved by code, or shown as failed."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from grunnmur.choices.citations import CheckedSentence, Citation, NumberedPassage, Sentence, check
from grunnmur.choices.drafting.endpoint import Answer, DraftingError, Endpoint, ask
from grunnmur.choices.drafting.questions import VERSION, Task, messages, schema
from grunnmur.choices.drafting.redaction import PersonalData, redact
from grunnmur.kernel import MissingExtra

ATTEMPTS = 3
MOST_SENTENCES = 12
MOST_LETTERS = 600


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """What was sent and what came back, kept with the draft. ``prompt`` is what left the machine, after redaction."""

    task: Task
    asked: datetime
    model: str
    model_answered: str
    questions_version: str
    prompt: str
    prompt_sha256: str
    answers: tuple[str, ...]
    removed: Mapping[PersonalData, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences with what code found. Only those that hold may be adopted, and only by a person."""

    sentences: tuple[CheckedSentence, ...]
    record: DraftRecord

    @property
    def proved(self) -> tuple[CheckedSentence, ...]:
        """The sentences with nothing wrong in them."""
        return tuple(sentence for sentence in self.sentences if sentence.holds)

    @property
    def failed(self) -> tuple[CheckedSentence, ...]:
        """The sentences that are shown as failed, or left out."""
        return tuple(sentence for sentence in self.sentences if not sentence.holds)


def draft(
    task: Task,
    passages: Sequence[NumberedPassage],
    plans: Mapping[str, str],
    endpoint: Endpoint,
    *,
    names: Sequence[str] = (),
    language: str = "nb",
) -> Draft:
    """Ask for a draft on ``passages`` and check it against the sources themselves.

    ``plans`` are the titles of all plans that were read, by id. ``names`` are people's names known to stand in the
    passages. Raises DraftingError when there is no usable answer after three attempts at its shape.
    """
    redacted = {passage.number: redact(passage.text, names) for passage in passages}
    removed: dict[PersonalData, int] = {}
    for one in redacted.values():
        for kind, count in one.removed.items():
            removed[kind] = removed.get(kind, 0) + count
    prompt = messages(task, [(n, one.text) for n, one in redacted.items()], language, f"<<{secrets.token_hex(8)}>>")
    asked = datetime.now(UTC)
    sentences, answers = _answered(endpoint, prompt, sorted(redacted))
    by_number = {passage.number: passage for passage in passages}
    checked = tuple(check(sentence, by_number, plans) for sentence in sentences)
    return Draft(checked, _record(task, asked, endpoint, prompt, answers, removed))


def _answered(
    endpoint: Endpoint, prompt: list[dict[str, str]], numbers: Sequence[int]
) -> tuple[list[Sentence], list[Answer]]:
    """Ask again while the shape is wrong; what a sentence says is never asked for twice."""
    answers: list[Answer] = []
    for attempt in range(ATTEMPTS):
        try:
            answers.append(ask(endpoint, prompt, schema(numbers)))
            return _sentences(answers[-1].content), answers
        except DraftingError as error:
            if error.code not in {"ki-wrong-shape", "ki-cut-off"} or attempt == ATTEMPTS - 1:
                raise
    raise AssertionError  # pragma: no cover - the loop returns or raises


def _sentences(content: str) -> list[Sentence]:
    try:
        from pydantic import BaseModel, Field, ValidationError
    except ImportError as error:
        raise MissingExtra("missing-extra", extra="ki") from error

    class CitationAnswer(BaseModel, extra="forbid", strict=True):
        number: int
        quote: str | None = Field(default=None, max_length=MOST_LETTERS)

    class SentenceAnswer(BaseModel, extra="forbid", strict=True):
        text: str = Field(min_length=1, max_length=MOST_LETTERS)
        citations: list[CitationAnswer] = Field(max_length=20)

    class WholeAnswer(BaseModel, extra="forbid", strict=True):
        sentences: list[SentenceAnswer] = Field(min_length=1, max_length=MOST_SENTENCES)

    try:
        answer = WholeAnswer.model_validate_json(content)
    except ValidationError as error:
        raise DraftingError("ki-wrong-shape") from error
    return [
        Sentence(_one_line(one.text), tuple(Citation(c.number, c.quote) for c in one.citations))
        for one in answer.sentences
    ]


def _one_line(text: str) -> str:
    """Readable words on one line: what a model writes is shown as text, never as markup or layout."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _record(
    task: Task,
    asked: datetime,
    endpoint: Endpoint,
    prompt: list[dict[str, str]],
    answers: Sequence[Answer],
    removed: Mapping[PersonalData, int],
) -> DraftRecord:
    sent = json.dumps(prompt, ensure_ascii=False)
    return DraftRecord(
        task=task,
        asked=asked,
        model=endpoint.model,
        model_answered=answers[-1].model,
        questions_version=VERSION,
        prompt=sent,
        prompt_sha256=hashlib.sha256(sent.encode()).hexdigest(),
        answers=tuple(answer.content for answer in answers),
        removed=dict(removed),
    )
