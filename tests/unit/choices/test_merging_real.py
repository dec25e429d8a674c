"""The real documents merged: every passage holds, everything has a place, and themes that people know are there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from grunnmur.choices.merging.balance import balance
from grunnmur.choices.merging.items import source_plan
from grunnmur.choices.merging.merge import merge
from grunnmur.choices.merging.model import Merge
from grunnmur.choices.merging.terms import root_of, words_of
from grunnmur.knowledge.extract import extract
from grunnmur.sources.documents.reading import read

SHARED = Path(__file__).resolve().parents[4] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SEEDS, reason="../shared is not here")]
KNOWN = 3  # of the five published themes; the others are spread on several themes


@pytest.fixture(scope="module")
def merged() -> Merge:
    made = []
    for number, path in enumerate(SEEDS):
        document = read(path)
        made.append(source_plan(document, extract(document), f"p{number}"))
    return merge([plan for plan, _ in made], [item for _, own in made for item in own], today=date(2025, 6, 1))


def test_everything_has_a_passage_and_a_place(merged: Merge) -> None:
    texts = {plan.id: plan.text for plan in merged.plans}
    for item in merged.items:
        assert " ".join(texts[item.plan][item.start : item.end].split()) == item.text
    assert all(one.adds_up for one in balance(merged.items, merged.outcomes).values())
    assert {source for new in merged.proposal.items for source in new.sources} == {item.id for item in merged.items}
    sizes = [len(theme.items) for theme in merged.proposal.themes]
    assert max(sizes) <= sum(sizes) / 3


def test_published_themes_are_among_the_machines(merged: Merge) -> None:
    facts = yaml.safe_load((SHARED / "facts" / "plans.yaml").read_text("utf-8"))
    named = [{root_of(word.casefold()) for word in theme.title.split()} for theme in merged.proposal.themes]
    wanted = [{word.root for word in words_of(theme["title"])} for theme in facts["ai_themes"]]
    recognised = [roots for roots in wanted if any(2 * len(roots & words) >= len(roots) for words in named)]
    assert len(recognised) >= KNOWN
