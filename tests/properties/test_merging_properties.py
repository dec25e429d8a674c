"""Whatever people decide and whatever the plans say, the balance adds up and nothing is lost."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from grunnmur.choices.merging.balance import balance, total
from grunnmur.choices.merging.expired import last_day
from grunnmur.choices.merging.groups import groups_of
from grunnmur.choices.merging.merge import merge
from grunnmur.choices.merging.model import Fate, Item, Outcome, Pair, PairKind
from grunnmur.choices.merging.poles import find_poles
from tests.unit.choices.plan_makers import plan_of

WORDS = st.sampled_from(
    [
        "barn",
        "eldre",
        "skole",
        "økes",
        "reduseres",
        "gratis",
        "innen",
        "2027",
        "12 %",
        "bolig",
        "skal",
        "ikke",
        "i gruppe",
    ]
)
TEXT = st.lists(WORDS, min_size=2, max_size=8).map(" ".join)
PLAN = st.lists(TEXT, min_size=1, max_size=6)
FATES = st.sampled_from(list(Fate))


@given(st.lists(st.lists(FATES, max_size=8), min_size=1, max_size=4), st.data())
def test_balance_always_adds_up(plans: list[list[Fate]], data: st.DataObject) -> None:
    items: list[Item] = []
    outcomes: list[Outcome] = []
    for number, fates in enumerate(plans):
        _, own = plan_of(f"p{number}", ["x y"] * len(fates))
        items += own
        outcomes += [Outcome(item.id, fate) for item, fate in zip(own, fates, strict=True)]
    kept = data.draw(st.lists(st.booleans(), min_size=len(outcomes), max_size=len(outcomes)))
    sheet = balance(items, [outcome for outcome, keep in zip(outcomes, kept, strict=True) if keep])
    assert all(one.adds_up for one in sheet.values())
    assert total(sheet).incoming == len(items)
    open_ended = any(not keep or outcome.fate in (Fate.PROPOSED, Fate.UNDECIDED)
                     for outcome, keep in zip(outcomes, kept, strict=True))  # fmt: skip
    assert total(sheet).is_complete is not open_ended


@settings(max_examples=25, deadline=None)
@given(st.lists(PLAN, min_size=1, max_size=3))
def test_a_merge_loses_nothing(plans: list[list[str]]) -> None:
    made = [plan_of(f"p{number}", texts) for number, texts in enumerate(plans)]
    items = [item for _, own in made for item in own]
    texts = {plan.sha256: plan.text for plan, _ in made}
    result = merge([plan for plan, _ in made], items, today=date(2025, 1, 1))
    assert sorted(source for new in result.proposal.items for source in new.sources) == sorted(
        item.id for item in items
    )
    assert [outcome.item for outcome in result.outcomes] == [item.id for item in items]
    assert all(one.adds_up for one in balance(items, result.outcomes).values())
    for tension in result.tensions:
        assert len(tension.passages) == len(tension.items) == 2
        assert all(passage.read(texts[passage.document]).strip() for passage in tension.passages)


@given(st.integers(1, 12), st.data())
def test_groups_part_the_items(count: int, data: st.DataObject) -> None:
    ids = [f"i{number}" for number in range(count)]
    links = data.draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids), st.floats(0, 1)), max_size=30))
    pairs = [Pair(a, b, PairKind.DUPLICATE, score) for a, b, score in links if a != b]
    groups = groups_of(ids, pairs)
    assert sorted(one for group in groups for one in group) == sorted(ids)


@given(st.text(max_size=120))
def test_poles_lie_in_the_text(text: str) -> None:
    for pole in find_poles(text):
        assert 0 <= pole.start < pole.end <= len(text)
        assert all(0 <= start <= end <= len(text) for start, end in pole.about)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from([4, 7, 10]))
def test_last_day_is_within_what_is_written(day: date, precision: int) -> None:
    written = day.isoformat()[:precision]
    assert last_day(written).isoformat().startswith(written)
    assert last_day(written) >= day
