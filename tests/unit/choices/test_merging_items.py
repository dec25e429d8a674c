"""A plan becomes items with what it says about who, when, with what money and measured how."""

from __future__ import annotations

from pathlib import Path

import pytest

from grunnmur.choices.merging.gaps import find_gaps
from grunnmur.choices.merging.model import Item, Missing, SourcePlan
from grunnmur.choices.merging.targets import binds
from tests.unit.choices.plan_makers import plan_from

PLAN = """# Plan for bading 2024-2030

## Mål 1: Alle lærer å svømme

- Delmål: Hvert barn skal ha fri adgang til bassenget.

Bassengdekningen reduseres fra 8 % til 6 % innen 2029.

| Tiltak | Ansvar | Kostnad | Frist |
|---|---|---|---|
| Ny flytebrygge på Berg | Virksomhet park | kr 300 000 | 1. juni 2026 |
| Vaktordning på stranda | – | innenfor rammen | ikke satt |
| Redningsbøyer | Virksomhet park | | hver sommer |

**Tiltak:** Svømmekurs for voksne

**Ansvar:** Frivilligsentralen

**Kostnad:** ikke beregnet

**Frist:** høsten 2027

**Måltall:** 40 voksne fullfører kurset hvert år.

### Tiltak

1. Badebuss i ferien. Ansvar: Virksomhet skole. Kostnad: kr 90 000. Frist: årlig innen 1. juli.
2. Flere badevakter i helgene. Ansvar: ikke avklart. Kostnad: kr 120 000. Frist: sommeren 2026.
"""


@pytest.fixture(scope="module")
def read_plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[SourcePlan, dict[str, Item]]:
    plan, items = plan_from(tmp_path_factory.mktemp("plans"), "bading", PLAN)
    return plan, {item.text.rstrip("."): item for item in items}


def test_every_passage_reads_its_text(read_plan: tuple[SourcePlan, dict[str, Item]]) -> None:
    plan, items = read_plan
    for item in items.values():
        assert " ".join(plan.text[item.start : item.end].split()) == item.text
        assert len(item.date_passages) == len(item.dates)
        assert all(passage.read(plan.text).strip() for passage in item.date_passages)


def test_period_is_the_titles(read_plan: tuple[SourcePlan, dict[str, Item]]) -> None:
    assert read_plan[0].period == "2024/2030"


@pytest.mark.parametrize(
    ("text", "owner", "when", "dates", "money"),
    [
        ("Ny flytebrygge på Berg", "Virksomhet park", "1. juni 2026", ("2026-06-01",), (300_000.0,)),
        ("Vaktordning på stranda", None, "", (), (0.0,)),
        ("Redningsbøyer", "Virksomhet park", "hver sommer", (), ()),
        ("Svømmekurs for voksne", "Frivilligsentralen", "høsten 2027", ("2027",), ()),
        ("Badebuss i ferien", "Virksomhet skole", "årlig innen 1. juli", (), (90_000.0,)),
    ],
)
def test_actions_know_who_when_and_money(
    read_plan: tuple[SourcePlan, dict[str, Item]],
    text: str, owner: str | None, when: str, dates: tuple[str, ...], money: tuple[float, ...],
) -> None:  # fmt: skip
    item = read_plan[1][text]
    assert (item.type, item.owner, item.when, item.dates) == ("action", owner, when, dates)
    assert tuple(nok for _, nok in item.effects) == money


def test_targets_are_items_under_their_goal(read_plan: tuple[SourcePlan, dict[str, Item]]) -> None:
    items = read_plan[1]
    target = items["Bassengdekningen reduseres fra 8 % til 6 % innen 2029"]
    goal = items["Alle lærer å svømme"]
    assert (target.type, target.dates, target.parent) == ("target", ("2029",), goal.id)
    assert items["Ny flytebrygge på Berg"].parent == goal.id


def test_indicator_belongs_to_its_action(read_plan: tuple[SourcePlan, dict[str, Item]]) -> None:
    assert read_plan[1]["Svømmekurs for voksne"].indicators == ("40 voksne fullfører kurset hvert år",)


def test_gaps_are_what_the_type_demands(read_plan: tuple[SourcePlan, dict[str, Item]]) -> None:
    items = read_plan[1]
    gaps = {gap.item: set(gap.missing) for gap in find_gaps(list(items.values()))}
    assert items["Ny flytebrygge på Berg"].id not in gaps
    assert gaps[items["Vaktordning på stranda"].id] == {Missing.OWNER, Missing.DATE}
    assert gaps[items["Redningsbøyer"].id] == {Missing.MONEY}
    assert gaps[items["Svømmekurs for voksne"].id] == {Missing.MONEY}
    assert gaps[items["Alle lærer å svømme"].id] == {Missing.INDICATOR}


def test_ids_stay_when_something_is_added(tmp_path: Path) -> None:
    _, before = plan_from(tmp_path, "p", PLAN)
    _, after = plan_from(tmp_path, "p", PLAN.replace("| Redningsbøyer", "| Livline | – | – | – |\n| Redningsbøyer"))
    assert {item.id for item in before} < {item.id for item in after}


def test_an_item_appears_once(tmp_path: Path) -> None:
    _, items = plan_from(
        tmp_path, "p", "# Plan\n\n## Mål\n\n- Målet er at 50 barn får kurs innen 2026.\n\n## Visjon\n\nBade mer\n"
    )
    assert [item.text for item in items].count("Målet er at 50 barn får kurs innen 2026.") == 1


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("Antall plasser økes fra 5 til 7 innen 1. juni 2027", True),
        ("Dekninga skal haldast på 12 % fram til 2030.", True),
        ("Kommunen skal busetje 85 flyktningar i året.", True),
        ("Planen sier hva vi skal gjøre fram til 2027.", False),
        ("I 2022 var 52 % i arbeid.", False),
        ("Hvis dekningen holdes på 12 %, må 30 ansettes hvert år.", False),
        ("Barn skal ha det bra.", False),
        ("Av summen er 6 mill. kr tilskudd som må søkes om hvert år.", False),
    ],
)
def test_sentences_that_bind(sentence: str, bound: bool) -> None:
    assert binds(sentence) is bound
