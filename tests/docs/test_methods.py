"""The worked examples of the method pages give what the pages say."""

from __future__ import annotations

import doctest
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from grunnmur.kernel import Unit
from grunnmur.knowledge import consistency
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.knowledge.language.numbers import find_numbers
from grunnmur.knowledge.search.ranking import KIND_WEIGHT
from grunnmur.sources.documents.limits import DEFAULT_LIMITS
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import Document, OrgUnit
from grunnmur_web.permissions import WITHOUT_OBJECT, Act, Visitor, can, sees_suggestions
from grunnmur_web.words.codes import WARNINGS
from tests.web.library import add_document, person

METHODS = Path(__file__).resolve().parents[2] / "docs/methods"
PAGES = sorted(METHODS.glob("*.md"))
WITHOUT_FORMULAS = frozenset({"personvern-og-tilgang"})  # rules only, held against the code as a table below
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
    assert results.attempted > 0 or page.stem in WITHOUT_FORMULAS
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


LETTERS = {"S": Act.VIEW, "E": Act.EDIT, "A": Act.DECIDE, "P": Act.PUBLISH, "X": Act.DELETE}


def documents_of(user: Visitor) -> list[Document]:
    """The columns of the page: an own draft, one of the unit, another's draft, another's published document."""
    own, unit, other, published = (add_document(published=n == 3) for n in range(4))
    unit.unit = OrgUnit.objects.create(slug="skole", name="Skole", kind="service_area")
    if isinstance(user, User):
        own.owner = user
        unit.unit.leaders.add(user)
    return [own, unit, other, published]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "letters"), [(row[0], row[1:]) for row in rows_of("personvern-og-tilgang.md", "Rolle")]
)
def test_who_may_do_what_is_as_the_page_says(role: str, letters: list[str]) -> None:
    user: Visitor = AnonymousUser() if role == "resident" else person(Role(role))
    own, *others = documents_of(user)
    columns = zip([own, *others], letters, strict=True)
    for document, cell in columns:
        if role == "resident" and document is own:
            continue  # a resident owns nothing
        assert {letter for letter, act in LETTERS.items() if can(user, act, document)} == set(cell) - {"–"}


@pytest.mark.django_db
def test_who_may_add_documents_choose_figures_and_read_the_log() -> None:
    people = {role: person(role) for role in Role}
    may = {act: {role for role in Role if can(people[role], act)} for act in WITHOUT_OBJECT}
    assert may[Act.UPLOAD] == set(Role) - {Role.COMMITTEE_MEMBER}
    assert may[Act.CHOOSE_KEY_FIGURES] == {Role.PLANNER, Role.ADMINISTRATOR}
    assert may[Act.READ_LOG] == {Role.ADMINISTRATOR}
    assert {role for role in Role if sees_suggestions(people[role])} == may[Act.UPLOAD]


def test_a_session_lasts_as_long_as_the_page_says() -> None:
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60
