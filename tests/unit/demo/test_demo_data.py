"""The demo's data: every row has a source, every quotation stands in its plan, and the counts are as stated."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

DEMO = Path(__file__).resolve().parents[3] / "demo"
PLANS = DEMO / "plans"
LARVIK = DEMO / "larvik"
PLAN_FILES = sorted(path for path in PLANS.glob("*.md") if path.name != "README.md")


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


PLANTED = load(PLANS / "planted.yaml")
ELEMENTS = load(PLANS / "elements.yaml")["elements"]
UNITS = load(LARVIK / "organisation.yaml")["units"]
UNIT_NAMES = {unit["name"] for unit in UNITS}
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in PLAN_FILES}


def front_matter(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(TEXTS[path.name].split("---\n", 2)[1]))


def quoted() -> list[dict[str, Any]]:
    lists = [value for value in PLANTED.values() if isinstance(value, list)]
    return [item for entries in lists for entry in entries for item in entry.get("items", [])]


def owners(text: str) -> set[str]:
    """Return the units named as responsible: in table columns, after labels and in the slides' tables."""
    found: list[str] = re.findall(r"\*\*Ansvar:\*\* (.+)", text)
    found += re.findall(r"Ansvar: ([A-ZÆØÅ][^.]*)\.", text)
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()]
        for name in ("Ansvar", "Eining"):
            if name in rows[0]:
                found += [row[rows[0].index(name)] for row in rows[2:]]
    names = {name.strip() for cell in found for name in cell.split(",")}
    return names - {"", "–"}


def test_nine_plans_are_marked_as_illustrations() -> None:
    assert len(PLAN_FILES) == 9
    for path in PLAN_FILES:
        meta = front_matter(path)
        assert meta["illustration"] is True
        assert meta["status"] in {"adopted", "expired", "in preparation"}
        head = TEXTS[path.name].split("\n# ")[0].replace("Illustrasjon laga", "Illustrasjon laget")
        assert "Illustrasjon laget for Grunnmurs demo – ikke kommunens vedtatte plan" in head


def test_there_is_a_plan_in_nynorsk_and_three_of_each_format() -> None:
    metas = [front_matter(path) for path in PLAN_FILES]
    assert {meta["language"] for meta in metas} == {"nb", "nn"}
    formats = [meta["render"] for meta in metas]
    assert {name: formats.count(name) for name in set(formats)} == {"docx": 3, "pdf": 3, "pptx": 3}


@pytest.mark.parametrize("item", [*quoted(), *ELEMENTS], ids=lambda item: item["id"])
def test_a_quoted_text_stands_once_in_its_plan(item: dict[str, Any]) -> None:
    assert TEXTS[item["file"]].count(item["text"]) == 1


def test_the_counts_are_as_stated() -> None:
    assert PLANTED["counts"]["total"] == {"choices": 26, "goals": 40, "subgoals": 121}
    for name, counts in PLANTED["counts"]["by_plan"].items():
        for key, number in counts.items():
            level = key.removesuffix("s")
            assert sum(e["file"] == name and e["level"] == level for e in ELEMENTS) == number
    levels = [element["level"] for element in ELEMENTS]
    assert [levels.count(level) for level in ("choice", "goal", "subgoal")] == [26, 40, 121]
    assert PLANTED["counts"]["planted"] == {k: len(v) for k, v in PLANTED.items() if isinstance(v, list)}


@pytest.mark.parametrize(
    ("name", "least"),
    [("near_duplicates", 25), ("partial_overlaps", 15), ("tensions", 15), ("only_here", 9), ("vocabulary", 6)],
)
def test_enough_is_planted(name: str, least: int) -> None:
    assert len(PLANTED[name]) >= least
    assert all(entry["why"] and entry["kind"] for entry in PLANTED[name])


def test_pairs_are_between_plans_unless_marked() -> None:
    for name in ("near_duplicates", "partial_overlaps", "tensions", "not_duplicates"):
        for entry in PLANTED[name]:
            first, second = (item["file"] for item in entry["items"])
            assert (first == second) == entry.get("same_plan", False)
    assert not any(entry.get("same_plan") for entry in PLANTED["near_duplicates"])


def test_no_pair_is_planted_as_two_opposite_things() -> None:
    pairs = [
        frozenset(item["id"] for item in entry["items"])
        for name in ("near_duplicates", "partial_overlaps", "not_duplicates")
        for entry in PLANTED[name]
    ]
    assert len(pairs) == len(set(pairs))


def test_expired_deadlines_lie_before_the_reference_date() -> None:
    for entry in PLANTED["expired"]:
        if entry["expired"] == "deadline":
            assert entry["deadline"] < PLANTED["meta"]["reference_date"]


def test_each_word_of_the_vocabulary_is_used() -> None:
    for entry in PLANTED["vocabulary"]:
        assert len(entry["terms"]) >= 2
        for term in entry["terms"]:
            assert term["term"].casefold() in TEXTS[term["file"]].casefold()


@pytest.mark.parametrize("path", PLAN_FILES, ids=lambda path: path.stem)
def test_units_named_in_a_plan_exist(path: Path) -> None:
    text = TEXTS[path.name]
    named = owners(text)
    assert named
    assert named | {front_matter(path)["owner"]} <= UNIT_NAMES
    for match in re.finditer(r"\bVirksomhet(?=\s)", text):
        assert any(text.startswith(name, match.start()) for name in UNIT_NAMES), text[match.start() :][:60]


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("organisation.yaml", "units"),
        ("service_zones.yaml", "service_zones"),
        ("key_figures.yaml", "key_figures"),
        ("municipality.yaml", "former_codes"),
    ],
)
def test_every_row_has_a_source_and_its_own_id(file: str, key: str) -> None:
    rows = load(LARVIK / file)[key]
    assert len({row.get("id", row.get("code")) for row in rows}) == len(rows)
    for row in rows:
        assert row["source"]
        assert all(source["title"] and source["place"] and "line" in source for source in row["source"])


def test_the_organisation_is_a_tree() -> None:
    kinds = {unit["id"]: unit["kind"] for unit in UNITS}
    above = {"service_area": None, "division": "service_area", "department": "division"}
    for unit in UNITS:
        assert kinds.get(unit["parent"]) == above[unit["kind"]]


def test_there_are_nine_zones() -> None:
    assert [zone["number"] for zone in load(LARVIK / "service_zones.yaml")["service_zones"]] == list(range(1, 10))


def test_the_municipality_has_its_codes() -> None:
    data = load(LARVIK / "municipality.yaml")
    assert (data["municipality"]["code"], data["municipality"]["valid_from"]) == ("3909", "2024-01-01")
    assert [row["code"] for row in data["former_codes"]] == ["3805", "0712", "0709", "0728"]


def test_key_figures_are_complete() -> None:
    rows = load(LARVIK / "key_figures.yaml")["key_figures"]
    assert 12 <= len(rows) <= 20
    for row in rows:
        assert set(row["label"]) == {"nb", "nn", "en"}
        assert row["unit"] in {"NOK", "percent", "persons", "cases", "places", "ratio"}
        assert row["status"] in {"observed", "approximate", "estimated"}
        assert isinstance(row["value"], int | float)
