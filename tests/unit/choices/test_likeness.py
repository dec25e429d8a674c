"""How alike goals are, and which of them are suggested as the same."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import yaml
from sklearn.metrics import roc_auc_score

from grunnmur.choices.merging.likeness import space
from grunnmur.choices.merging.model import Item, Pair, PairKind
from grunnmur.choices.merging.nearest import EXACT, find_nearest, neighbours
from grunnmur.choices.merging.pairs import pairs, shared_words
from grunnmur.choices.merging.surroundings import learn
from grunnmur.choices.merging.terms import BOILERPLATE, ages_of, fields_of, meanings, root_of, terms_of
from grunnmur.choices.merging.thesaurus import FIELDS, SYNONYMS, groups

CASES = Path(__file__).parents[2] / "cases"
THEMES = yaml.safe_load((CASES / "likeness.yaml").read_text("utf-8"))["themes"]
NYNORSK = yaml.safe_load((CASES / "nynorsk_goals.yaml").read_text("utf-8"))


def goals(*texts: str, type: str = "goal") -> list[Item]:
    return [Item(f"g{place}", f"p{place}", type, text, 0, len(text)) for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("forebygging", "førebyggje"),
        ("trygghet", "tryggleik"),
        ("mestrer", "meistring"),
        ("deltar", "deltakelse"),
        ("innbyggerne", "innbyggjarar"),
        ("ensomhet", "einsame"),
        ("veiledning", "rettleiing"),
        ("integrering", "integrasjon"),
        ("tjenester", "tenestene"),
        ("tidlig", "tidleg"),
    ],
)
def test_words_of_a_family_have_one_root(one: str, other: str) -> None:
    assert root_of(one) == root_of(other)


@pytest.mark.parametrize(("one", "other"), [("skole", "skog"), ("bolig", "bok"), ("vold", "voksen"), ("lek", "lege")])
def test_other_words_have_other_roots(one: str, other: str) -> None:
    assert root_of(one) != root_of(other)


def test_a_compound_leads_to_its_parts_with_less_weight() -> None:
    terms = terms_of("sykehjemsplasser")
    assert terms[root_of("sykehjemsplasser")] == 1.0
    assert 0 < terms[root_of("sykehjem")] < 1.0


def test_what_every_plan_says_takes_no_part() -> None:
    assert set(terms_of("Planen skal legge til rette for frivillighet")) == set(terms_of("frivillighet"))
    assert "kommune" in BOILERPLATE


def test_phrases_have_meanings() -> None:
    assert set(meanings(root_of("forebygging"))) & set(terms_of("tidlig innsats"))


def test_fields_say_what_a_goal_is_about() -> None:
    assert set(fields_of("heltid")) & set(fields_of("sykefravær"))
    assert not set(fields_of("heltid")) & set(fields_of("friluftsliv"))


def test_the_thesaurus_has_groups_of_at_least_two() -> None:
    assert all(len(set(group)) > 1 for section in (SYNONYMS, FIELDS) for group in groups(section))


def test_ages_are_told_apart() -> None:
    assert ages_of("Eldre skal ha besøk") == (False, True)
    assert ages_of("Barn og eldre leser sammen") == (True, True)
    assert ages_of("Alle skal ha besøk") == (False, False)


@pytest.mark.parametrize("case", NYNORSK, ids=lambda case: case[0])
def test_a_translation_into_nynorsk_stays_near(case: list[str]) -> None:
    where = space([text for texts in NYNORSK for text in texts])
    first = 3 * NYNORSK.index(case)
    assert where.score(first, first + 1) > 0.6
    assert where.score(first, first + 1) > 3 * where.score(first, first + 2)


def test_goals_of_the_same_theme_are_more_alike_than_others() -> None:
    texts = [text for theme in THEMES.values() for text in theme]
    labels = [name for name, theme in THEMES.items() for _ in theme]
    where = space(texts)
    couples = list(itertools.combinations(range(len(texts)), 2))
    same = [labels[a] == labels[b] for a, b in couples]
    scores = where.scores(*np.array(couples).T)
    assert roc_auc_score(same, scores) > 0.93


def test_the_same_text_scores_one_and_is_a_duplicate() -> None:
    (pair,) = pairs(goals("Barn skal bli hørt.", "Barn skal bli hørt.", "Havna skal utvides."))
    assert (pair.first, pair.second, pair.kind, pair.score) == ("g0", "g1", PairKind.DUPLICATE, 1.0)


def test_a_pair_says_its_words_as_each_item_writes_them() -> None:
    one, other = "Flere skal mestre egen hverdag", "Meistring i kvardagen"
    assert shared_words(one, other) == (("mestre", "Meistring"), ("hverdag", "kvardagen"))
    assert shared_words(other, one) == (("Meistring", "mestre"), ("kvardagen", "hverdag"))
    assert shared_words(one, "Havna skal utvides") == ()


FRIENDS = "Eldre som er ensomme, skal få en besøksvenn fra frivilligsentralen."
FRIENDS_NN = "Einsame eldre skal få ein besøksven frå frivilligsentralen."
FILLERS = [text for theme in THEMES.values() for text in theme[:3]]


def pair_of(items: list[Item], first: str, second: str) -> Pair | None:
    return next((pair for pair in pairs(items) if {pair.first, pair.second} == {first, second}), None)


def test_a_goal_for_the_young_is_not_the_same_as_one_for_the_old() -> None:
    young = FRIENDS.replace("Eldre", "Ungdommer")
    same = pair_of(goals(FRIENDS, FRIENDS_NN, *FILLERS), "g0", "g1")
    apart = pair_of(goals(FRIENDS, young, *FILLERS), "g0", "g1")
    assert same is not None and same.kind is PairKind.DUPLICATE
    assert apart is None or apart.score < same.score


def test_items_on_different_levels_need_more_to_be_the_same() -> None:
    level = pair_of(goals(FRIENDS, FRIENDS_NN, *FILLERS), "g0", "g1")
    items = goals(FRIENDS, FRIENDS_NN, *FILLERS)
    across = pair_of([*goals(FRIENDS, type="choice"), *items[1:]], "g0", "g1")
    assert level is not None
    assert across is None or across.score < level.score


def test_other_vectors_can_take_the_place_of_the_surroundings() -> None:
    texts = ["rød grind", "blå port", "gul bil"]
    with_others = space(texts, embedder=lambda found: np.array([[1.0, 0], [1.0, 0], [0, 1.0]])[: len(found)])
    assert with_others.score(0, 1) > space(texts).score(0, 1)
    assert with_others.score(0, 2) == pytest.approx(space(texts).score(0, 2), abs=0.2)


@pytest.mark.parametrize("texts", [[], [""], ["–", "…"], ["12", "14"], ["alle skal kunne"]])
def test_texts_that_say_nothing_are_no_trouble(texts: list[str]) -> None:
    where = space(texts)
    assert list(neighbours(where, 0.5)) == []
    assert pairs(goals(*texts)) == ()


def test_neighbours_are_all_pairs_above_the_bar() -> None:
    texts = [text for theme in list(THEMES.values())[:8] for text in theme]
    where = space(texts)
    expected = [(a, b) for a, b in itertools.combinations(range(len(texts)), 2) if where.score(a, b) >= 0.3]
    assert [(first, second) for first, second, _ in neighbours(where, 0.3)] == expected


def test_a_sketch_of_many_texts_finds_what_the_exact_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for theme in THEMES.values() for text in theme] + [case[n] for case in NYNORSK for n in (0, 1)]
    where = space(texts)
    exact = {(a, b) for a, b, _ in neighbours(where, 0.45)}
    assert len(texts) < EXACT
    monkeypatch.setattr("grunnmur.choices.merging.nearest.EXACT", 10)
    sketched = {(a, b) for a, b, _ in neighbours(where, 0.45)}
    assert sketched <= exact
    assert len(sketched) >= 0.95 * len(exact)


def test_each_near_pair_is_kept_once() -> None:
    near = find_nearest(space(["en bil", "to biler", "tre biler"]))
    assert all(near.first < near.second)
    assert len(set(zip(near.first.tolist(), near.second.tolist(), strict=True))) == len(near.first)


def test_words_seen_in_the_same_places_get_vectors_near_one_another() -> None:
    found = learn([["katt", "mat", "hus"], ["hund", "mat", "hus"], ["bil", "vei", "bru"], ["buss", "vei", "bru"]] * 3)
    cat, dog, car = (found.vectors[found.places[root]] for root in ("katt", "hund", "bil"))
    assert cat @ dog > cat @ car


def test_texts_without_known_words_have_no_vector() -> None:
    found = learn([["katt", "mat"]])
    assert not found.of([["ukjent"]]).any()
