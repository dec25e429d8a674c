"""Finding what a document says in a process of its own."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest

from grunnmur.kernel import GrunnmurError, LimitExceeded
from grunnmur.knowledge.extract import extract
from grunnmur.knowledge.extracting import ExtractingProcess
from grunnmur.knowledge.language.references import find_citations
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.reading import read
from grunnmur.sources.documents.worker import ReaderProcess, _Unpickler

TEXT = """# Mål

Vi skal ha 4321 plasser i 2032. Innen 1. juni 2028, jf. helse- og omsorgstjenesteloven.

- Tiltak: spare 2 mill. kroner i 2027
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_same_is_found_there_as_here(plan: Path) -> None:
    with ExtractingProcess() as process:
        document = process.read(plan)
        assert document == read(plan)
        assert process.extract(document) == extract(document)


def test_a_text_that_takes_too_long_is_given_up(plan: Path) -> None:
    with ExtractingProcess(Limits(seconds=30)) as process:
        document = process.read(plan)
        with pytest.raises(LimitExceeded, match="too-slow"):
            process.extract(document, seconds=0.0)
        assert process.extract(document) == extract(document)


def test_a_rule_that_fails_is_told_as_our_own_fault(plan: Path) -> None:
    with ExtractingProcess() as process, pytest.raises(GrunnmurError, match="reading-failed") as caught:
        process.extract(None)  # type: ignore[arg-type]
    assert ".py:" in caught.value.params["detail"]


@pytest.mark.parametrize(
    ("module", "name"), [("os", "system"), ("grunnmur.knowledge.model", "field"), ("builtins", "eval")]
)
def test_an_answer_builds_nothing_but_what_it_should(module: str, name: str) -> None:
    packed = f"c{module}\n{name}\n.".encode()
    for kind in (ReaderProcess, ExtractingProcess):
        with pytest.raises(pickle.UnpicklingError):
            _Unpickler(packed, kind.allowed).load()


@pytest.mark.parametrize("piece", ["2024-", "1.1.1.", "a@", "www.a-", "http://a-", "a.b+"])
def test_time_spent_on_citations_follows_the_length(piece: str) -> None:
    started = time.process_time()
    find_citations(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 2
