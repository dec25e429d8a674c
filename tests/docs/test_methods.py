"""The worked examples of the method pages give what the pages say."""

from __future__ import annotations

import doctest
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from grunnmur.kernel import Unit
from grunnmur.knowledge import consistency
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.knowledge.language.numbers import find_numbers
from grunnmur.knowledge.search.ranking import KIND_WEIGHT
from grunnmur.sources.documents.limits import DEFAULT_LIMITS
from grunnmur_web.words.codes import WARNINGS

METHODS = Path(__file__).resolve().parents[2] / "docs/methods"
PAGES = sorted(METHODS.glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


def blocks(text: str) -> str:
    """The page with all but its examples as empty lines, so that a failure tells the page's own line."""
    kept, done = [], 0
    for match in BLOCK.finditer(text):
        kept += ["\n" * text.count("\n", done, match.start(1)), match[1]]
        done = match.end(1)
    return "".join(kept)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_worked_examples_give_what_the_page_says(page: Path) -> None:
    examples = doctest.DocTestParser().get_doctest(blocks(page.read_text("utf-8")), {}, page.name, str(page), 0)
    results = doctest.DocTestRunner(optionflags=doctest.FAIL_FAST).run(examples)
    assert results.attempted > 0
    assert results.failed == 0


def test_every_warning_has_a_formula_and_an_example() -> None:
    sections = re.split(r"^### ", (METHODS / "avvik.md").read_text("utf-8"), flags=re.M)[1:]
    described = {section.split("`")[1]: section for section in sections}
    assert set(described) == set(WARNINGS)
    assert set(described) == set(re.findall(r"^([a-z]+(?:-[a-z0-9]+)+) ", consistency.__doc__ or "", re.M))
    for code, section in described.items():
        assert f"[('{code}'" in section, code


def test_the_weights_of_search_are_those_of_the_page() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|$", (METHODS / "sok.md").read_text("utf-8"), re.M)
    assert {kind: float(weight) for kind, weight in rows} == {kind.value: w for kind, w in KIND_WEIGHT.items()}


def rows_of(page: str, head: str) -> list[list[str]]:
    """The cells of the table whose head begins with ``head``."""
    after = (METHODS / page).read_text("utf-8").split(f"\n| {head} |", 1)[1]
    lines = after.split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(("written", "value", "unit"), rows_of("funn.md", "Skrevet | Verdi"))
def test_numbers_are_read_as_the_table_says(written: str, value: str, unit: str) -> None:
    (number,) = find_numbers(written)
    assert (number.value, number.unit) == (float(value), Unit(unit))


@pytest.mark.parametrize(("written", "iso"), rows_of("funn.md", "Skrevet | Blir"))
def test_dates_are_read_as_the_table_says(written: str, iso: str) -> None:
    assert [date.iso for date in find_dates(written)] == [iso]


def test_the_limits_of_reading_are_those_of_the_page() -> None:
    stated = {name: float(value) for name, value, _ in rows_of("lesing.md", "Grense | Verdi")}
    assert stated == asdict(DEFAULT_LIMITS)
