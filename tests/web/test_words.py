"""Numbers, dates and periods as people write them in each language, and a sentence for every code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

import grunnmur
import grunnmur_web
from grunnmur.kernel import Status, Unit
from grunnmur_web.words import codes, dates, numbers, periods
from grunnmur_web.words.states import LOOKS, state_look

NBSP = numbers.NBSP
SOURCES = [Path(str(package.__file__)).parent for package in (grunnmur, grunnmur_web)]
ERRORS = {"BadInput", "UnreadableFile", "LimitExceeded", "NotFound", "MissingExtra"}
NOTES = {"note", "Notice"}
WARNINGS = {"Warning", "_warn"}


@pytest.mark.parametrize(
    ("value", "norwegian", "english"),
    [
        (1658, f"1{NBSP}658", "1,658"),
        (2.9, "2,9", "2.9"),
        (-7, "−7", "−7"),
        (0, "0", "0"),
        (-0.0001, "0", "0"),
        (1234567.125, f"1{NBSP}234{NBSP}567,125", "1,234,567.125"),
        (8.63, "8,63", "8.63"),
        (None, "", ""),
    ],
)
def test_numbers_follow_the_language(value: float | None, norwegian: str, english: str) -> None:
    assert numbers.number(value) == norwegian
    with translation.override("nn"):
        assert numbers.number(value) == norwegian
    with translation.override("en"):
        assert numbers.number(value) == english


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_a_written_number_can_be_read_back(value: float) -> None:
    text = numbers.number(value, 2).replace(NBSP, "").replace(",", ".").replace(numbers.MINUS, "-")
    assert float(text) == pytest.approx(value, abs=0.0051)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (440_000, "440 000 kr"),
        (21_000_000, "21 mill. kr"),
        (1_300_000_000, "1,3 mrd. kr"),
        (999_960_000, "1 mrd. kr"),
        (999_940_000, "999,9 mill. kr"),
        (-7_000_000, "−7 mill. kr"),
        (0, "0 kr"),
    ],
)
def test_money_is_shortened_from_a_million(value: float, text: str) -> None:
    assert numbers.money(value) == text.replace(" ", NBSP)


def test_money_in_english_and_in_full() -> None:
    assert numbers.full_money(21_345_678) == f"21{NBSP}345{NBSP}678{NBSP}kr"
    with translation.override("en"):
        assert numbers.money(1_300_000_000) == f"NOK{NBSP}1.3{NBSP}billion"
        assert numbers.full_money(440_000) == f"NOK{NBSP}440,000"


@pytest.mark.parametrize(
    ("value", "unit", "status", "text"),
    [
        (38, Unit.PERSONS, Status.APPROXIMATE, "ca. 38 personer"),
        (1, Unit.PERSONS, Status.OBSERVED, "1 person"),
        (12.5, Unit.PERCENT, Status.OBSERVED, "12,5 %"),
        (2.9, Unit.RATIO, Status.OBSERVED, "2,9"),
        (395, Unit.PLACES, Status.OBSERVED, "395 plasser"),
        (1.5, Unit.FTE, Status.OBSERVED, "1,5 årsverk"),
    ],
)
def test_a_quantity_has_its_unit(value: float, unit: Unit, status: Status, text: str) -> None:
    assert numbers.quantity(value, unit, status) == text.replace(" ", NBSP)


@pytest.mark.parametrize("status", [Status.SUPPRESSED, Status.MISSING, Status.NOT_APPLICABLE])
def test_suppressed_missing_and_not_applicable_are_told_apart(status: Status) -> None:
    others = {numbers.quantity(None, Unit.PERSONS, other) for other in Status if other is not status}
    assert numbers.quantity(None, Unit.PERSONS, status) not in others - {numbers.quantity(None, Unit.PERSONS, "")}


def test_every_unit_has_a_name() -> None:
    assert all(numbers.unit_name(unit) != unit.value for unit in Unit)


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 byte"), (999, "999 byte"), (3_200_000, "3,2 MB"), (45_000, "45 kB"), (2_000_000_000, "2 GB")],
)
def test_file_sizes(size: int, text: str) -> None:
    assert numbers.file_size(size) == text.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2024", "2024"),
        ("2024-06", "juni 2024"),
        ("2024-06-05", "5. juni 2024"),
        ("2026-05/2026-08", "2. tertial 2026"),
        ("2026-05-01/2026-08-31", "2. tertial 2026"),
        ("2022-08/2023-07", "skoleåret 2022/2023"),
        ("2024-07/2024-12", "2. halvår 2024"),
        ("2024-04/2024-06", "2. kvartal 2024"),
        ("2024-01-01/2024-12-31", "2024"),
        ("2019/2032", "2019–2032"),
        ("2024-02/2024-05", "februar 2024–mai 2024"),
        ("2024-06-05/2024-06-09", "5. juni 2024–9. juni 2024"),
        ("våren 2024", "våren 2024"),
        ("2024-13", "2024-13"),
        ("2024-02-30", "2024-02-30"),
        ("", ""),
        (None, ""),
    ],
)
def test_periods_in_words(iso: str | None, words: str) -> None:
    assert periods.period(iso) == words


def test_dates_in_words() -> None:
    today = date(2026, 5, 14)
    assert dates.day(date(2026, 5, 14)) == "14. mai 2026"
    assert dates.when(today, today) == "i dag"
    assert dates.when(date(2026, 5, 13), today) == "i går"
    assert dates.when(date(2026, 3, 2), today) == "2. mars"
    assert dates.when(date(2025, 12, 31), today) == "31. desember 2025"
    assert dates.moment(datetime(2026, 5, 14, 7, 5, tzinfo=UTC)) == "14. mai 2026 kl. 09.05"
    with translation.override("en"):
        assert dates.moment(datetime(2026, 5, 14, 7, 5, tzinfo=UTC)) == "14 May 2026 at 09:05"


def _called_codes() -> Iterator[tuple[str, str, Path]]:
    """Every literal code given to an error, a notice or a warning in the code."""
    for path in (path for folder in SOURCES for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in ERRORS | NOTES | WARNINGS:
                continue
            for literal in ast.walk(node.args[0]):
                if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
                    yield literal.value, name, path


def test_every_code_has_a_sentence() -> None:
    called = list(_called_codes())
    assert len({code for code, _, _ in called}) > 40, "the search for codes finds too few of them"
    without = {f"{code} ({path.name})" for code, _, path in called if not codes.known(code)}
    assert without == set()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_sentences_end_and_never_fail_for_want_of_a_parameter(language: str) -> None:
    with translation.override(language):
        for words in (codes.UNREADABLE, codes.REFUSED, codes.NOTICES, codes.WARNINGS):
            for code in words:
                sentence = codes.sentence(code, {})
                assert sentence.endswith("."), code
                assert not re.search(r"%\(|%%", sentence), code


def test_a_warning_states_its_numbers_in_their_unit() -> None:
    params = {"stated": 8.63, "computed": 8.93, "unit": "percent"}
    assert codes.sentence("sum-differs", params) == f"Delene blir 8,93{NBSP}% til sammen, men det står 8,63{NBSP}%."
    params = {"label": "Brukere", "numbers": [12, 14], "unit": "persons"}
    shown = f"12{NBSP}personer og 14{NBSP}personer"
    assert codes.sentence("same-figure-differs", params) == f"«Brukere» er oppgitt med ulike tall: {shown}."
    params = {"number": 1658, "stated": "2018/2032", "computed": "2020/2032"}
    assert "2018–2032" in codes.sentence("change-years-differ", params)


def test_an_unknown_code_still_says_what_to_do() -> None:
    assert "«noe-nytt»" in codes.sentence("noe-nytt", {})
    assert "Prøv igjen" in codes.sentence("noe-nytt", {})


def test_states_differ_by_word_and_by_icon() -> None:
    for group in (["suggested", "accepted", "corrected", "rejected"], ["draft", "published"],
                  ["waiting", "reading", "read", "failed", "cancelled"]):  # fmt: skip
        assert len({str(LOOKS[state].word) for state in group}) == len(group)
        assert len({LOOKS[state].icon for state in group}) == len(group)
    assert state_look("ukjent").word == "ukjent"
