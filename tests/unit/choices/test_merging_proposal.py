"""The draft, its frame, the balance sheet and the JSON."""

from __future__ import annotations

import json
from datetime import date
from itertools import permutations

import pytest

from grunnmur.choices.merging.balance import Share, balance, plans_behind, total
from grunnmur.choices.merging.clusters import LARGEST, cluster, theme_count
from grunnmur.choices.merging.frame import DEFAULT_FRAME, Placer, frame_of
from grunnmur.choices.merging.groups import groups_of
from grunnmur.choices.merging.merge import merge
from grunnmur.choices.merging.model import Area, Fate, Frame, Merge, Outcome, Pair, PairKind
from grunnmur.choices.merging.serialise import left_out, merge_json
from grunnmur.choices.merging.vocabulary import find_vocabulary
from grunnmur.kernel import BadInput
from tests.unit.choices.plan_makers import plan_of

CARE = [
    "Eldre skal kunne bo hjemme så lenge de ønsker det.",
    "Pårørende til personer med demens skal få avlastning.",
    "Dagsenteret for eldre avvikles innen 2027",
    "Sykehjemmene skal ha leger hver dag",
    "Færre eldre skal falle hjemme",
]
LIFE = [
    "Eldre som ønsker det, skal få bo hjemme lengst mulig.",
    "Biblioteket skal være åpent om kvelden",
    "Dagsenteret for eldre utvides til fem dager",
    "Korps og kor skal få øvingsrom",
    "Kulturskolen skal ha plass til alle barn",
]
TYPES = ["goal", "goal", "action", "action", "goal"]
TODAY = date(2025, 1, 1)


@pytest.fixture(scope="module")
def merged() -> Merge:
    (care, cares), (life, lives) = plan_of("care", CARE, TYPES), plan_of("life", LIFE, TYPES)
    return merge([care, life], [*cares, *lives], today=TODAY)


def test_the_same_goal_is_one_item_with_both_sources(merged: Merge) -> None:
    joined = [set(item.sources) for item in merged.proposal.items if len(item.sources) > 1]
    assert {"care-0", "life-0"} in joined


def test_items_in_tension_stand_apart(merged: Merge) -> None:
    assert any(tension.items == ("care-2", "life-2") for tension in merged.tensions)
    assert not any({"care-2", "life-2"} <= set(item.sources) for item in merged.proposal.items)


def test_every_item_has_one_outcome_and_one_place(merged: Merge) -> None:
    assert [outcome.item for outcome in merged.outcomes] == [item.id for item in merged.items]
    sources = [source for item in merged.proposal.items for source in item.sources]
    assert sorted(sources) == sorted(item.id for item in merged.items)
    in_themes = [item for theme in merged.proposal.themes for item in theme.items]
    assert sorted(in_themes) == sorted(sources)
    assert left_out(merged) == []


def test_merged_words_are_a_sources_own(merged: Merge) -> None:
    texts = {item.id: item.text for item in merged.items}
    for item in merged.proposal.items:
        assert item.text in {texts[source] for source in item.sources}


def test_alone_is_what_no_other_plan_has(merged: Merge) -> None:
    assert "care-0" not in merged.alone
    assert "care-1" in merged.alone


def test_json_keeps_the_contract(merged: Merge) -> None:
    whole = json.loads(json.dumps(merge_json(merged)))
    texts = {plan.id: plan.text for plan in merged.plans}
    assert [set(row) for row in whole["documents"]] == [{"id", "title", "sha256"}] * 2
    for source in whole["sources"]:
        assert texts[source["document"]][source["start"] : source["end"]] == source["text"]
        assert source["fate"]["kind"] == "proposed"
    new = {item["id"]: item for area in whole["areas"] for theme in area["themes"] for item in theme["items"]}
    assert {source["fate"]["into"] for source in whole["sources"]} == set(new)
    for item in new.values():
        assert len(item["citations"]) == len(item["sources"])
    assert all(len(row) == 3 for row in whole["duplicates"])
    assert whole["tensions"][0]["why"] == "direction"
    assert whole["balance"]["care"] == {
        "in": 5, "kept": 0, "merged": 0, "moved": 0, "closed": 0, "proposed": 5, "undecided": 0
    }  # fmt: skip


def test_balance_is_complete_only_when_people_have_decided() -> None:
    _, items = plan_of("p", ["a b", "c d", "e f"])
    outcomes = [Outcome("p-0", Fate.KEPT), Outcome("p-1", Fate.MERGED, "n"), Outcome("p-2", Fate.PROPOSED, "n")]
    sheet = balance(items, outcomes)["p"]
    assert sheet.adds_up and not sheet.is_complete
    assert not balance(items, outcomes[:2])["p"].is_complete
    assert balance(items, [*outcomes[:2], Outcome("p-2", Fate.CLOSED, reason="gjort")])["p"].is_complete
    assert total(balance(items, outcomes)).incoming == 3


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([Outcome("x", Fate.KEPT)], "unknown-item"),
        ([Outcome("p-0", Fate.KEPT), Outcome("p-0", Fate.CLOSED)], "two-outcomes"),
    ],
)
def test_balance_refuses_what_does_not_fit(outcomes: list[Outcome], code: str) -> None:
    with pytest.raises(BadInput) as caught:
        balance(plan_of("p", ["a b"])[1], outcomes)
    assert caught.value.code == code


def test_count_words_have_their_denominator() -> None:
    items = [item for name in "abc" for item in plan_of(name, ["x y", "z w"])[1]]
    assert plans_behind(["a-0", "a-1", "c-0"], items) == Share(2, 3)


def test_chains_of_likeness_do_not_run_away() -> None:
    links = [Pair(a, b, PairKind.DUPLICATE, 0.9) for a, b in ("ab", "bc", "cd", "de")]
    assert max(map(len, groups_of(list("abcde"), links))) == 2
    whole = [Pair(a, b, PairKind.DUPLICATE, 0.9) for a, b in ("ab", "bc", "ac")]
    assert groups_of(list("abcd"), whole) == [["a", "b", "c"], ["d"]]


def test_no_theme_swallows_the_rest() -> None:
    import numpy as np

    chance = np.random.default_rng(0)
    rows = chance.normal(size=(200, 12)).astype(np.float32) + np.float32(0.3)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    groups = cluster(rows, [1.0] * 200)
    assert sorted(row for group in groups for row in group) == list(range(200))
    assert max(map(len, groups)) <= LARGEST * 200 / theme_count(200) + 1


@pytest.mark.parametrize(
    ("written", "code"),
    [("x", "bad-frame"), ([], "no-areas"), ([{"name": "x"}], "bad-frame"), ([{"title": ""}], "bad-frame"),
     ([{"title": "x", "words": "y"}], "bad-frame"), ({"areas": [3]}, "bad-frame")],
)  # fmt: skip
def test_bad_frames_are_refused(written: object, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        frame_of(written)
    assert caught.value.code == code


def test_own_frame() -> None:
    frame = frame_of(["Hjemme", {"title": "Ute", "words": ["park", "strand"]}])
    assert frame == Frame((Area("Hjemme"), Area("Ute", "", ("park", "strand"))))
    placer = Placer(frame, ["Parken skal ryddes", "Alle skal bo hjemme"])
    assert placer.place([0]) == (1, (("parken", "park"),))
    assert placer.place([1])[0] == 0


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Alle skal møtes på biblioteket og i frivillige lag", 0),
        ("Råd og veiledning uten henvisning og ventetid", 1),
        ("Personer med demens og sammensatte behov på sykehjem", 2),
    ],
)
def test_default_frame_goes_from_all_to_those_who_need_most(text: str, area: int) -> None:
    texts = [text, "Noe helt annet", *(" ".join(one.words[:3]) for one in DEFAULT_FRAME.areas)]
    assert Placer(DEFAULT_FRAME, texts).place([0])[0] == area


def test_merging_nothing_is_an_error() -> None:
    with pytest.raises(BadInput):
        merge([], [])
    plan, items = plan_of("p", ["Alle skal bade"])
    with pytest.raises(BadInput):
        merge([plan, plan], items)


def test_a_single_plan_and_a_single_item_can_be_merged() -> None:
    plan, items = plan_of("p", ["Alle skal bade"])
    result = merge([plan], items, today=TODAY)
    assert len(result.proposal.items) == 1 and result.alone == ()


def test_order_of_plans_changes_nothing() -> None:
    made = [plan_of("care", CARE, TYPES), plan_of("life", LIFE, TYPES), plan_of("more", LIFE[::-1][:3], TYPES[:3])]
    shapes = []
    for way in permutations(made):
        result = merge([plan for plan, _ in way], [item for _, own in way for item in own], today=TODAY)
        shapes.append(
            (
                {frozenset(theme.items) for theme in result.proposal.themes},
                {frozenset(item.sources) for item in result.proposal.items},
                {frozenset(tension.items) for tension in result.tensions},
            )
        )
    assert all(shape == shapes[0] for shape in shapes)


def test_vocabulary_finds_abbreviations_and_rival_compounds() -> None:
    first, firsts = plan_of("a", ["Tverrfaglig ung innsats (TUI) skal brukes", "Norskkurs for alle nye naboer"])
    second, seconds = plan_of("b", ["TUI gjelder i alle skoler", "Norskopplæring for alle nye naboer"])
    pairs = [Pair("a-1", "b-1", PairKind.DUPLICATE, 0.6)]
    found = find_vocabulary([first, second], [*firsts, *seconds], pairs)
    words = [{term.text for term in one.terms} for one in found]
    assert {"Tverrfaglig ung innsats", "TUI"} in words
    assert {"norskkurs", "norskopplæring"} in words
    for one in found:
        for term in one.terms:
            for passage in term.passages:
                text = first.text if passage.document == first.sha256 else second.text
                assert passage.read(text).casefold().startswith(term.text.casefold()[:4])
