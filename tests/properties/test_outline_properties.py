"""However an outline is rearranged, it stays a tree and loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from grunnmur.choices.plans import Node, Outline, OutlineError, Placement
from grunnmur.choices.plans import outline as tree


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """A whole outline of one to twelve elements."""
    depths = [0]
    for _ in range(draw(st.integers(0, 11))):
        depths.append(draw(st.integers(0, depths[-1] + 1)))
    return tuple(Node(f"e{place}", depth, draw(st.booleans())) for place, depth in enumerate(depths))


def ids(outline: Outline) -> set[str]:
    return {node.id for node in outline}


def tried(change: Callable[[], Outline], before: Outline) -> Outline:
    """The outline after a change, or as it was when the change is refused."""
    try:
        return change()
    except OutlineError:
        return before


@given(outlines(), st.data())
def test_rearranging_keeps_a_tree_with_the_same_elements(outline: Outline, data: st.DataObject) -> None:
    some = st.sampled_from(sorted(ids(outline)))
    one, other = data.draw(some), data.draw(some)
    placement = data.draw(st.sampled_from(Placement))
    for change in (
        lambda: tree.move(outline, one, placement, other),
        lambda: tree.step(outline, one, -1),
        lambda: tree.step(outline, one, 1),
        lambda: tree.indent(outline, one),
        lambda: tree.outdent(outline, one),
    ):
        after = tried(change, outline)
        assert tree.is_whole(after)
        assert ids(after) == ids(outline)


@given(outlines(), st.data())
def test_a_branch_moves_whole(outline: Outline, data: st.DataObject) -> None:
    some = st.sampled_from(sorted(ids(outline)))
    one, other = data.draw(some), data.draw(some)
    after = tried(lambda: tree.move(outline, one, data.draw(st.sampled_from(Placement)), other), outline)
    assert ids(tree.branch(after, one)) >= ids(tree.branch(outline, one))


@given(outlines(), st.data())
def test_taking_one_out_loses_only_that_one(outline: Outline, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(sorted(ids(outline))))
    after = tree.remove(outline, one)
    assert tree.is_whole(after)
    assert ids(after) == ids(outline) - {one}


@given(outlines(), st.data())
def test_joining_keeps_what_stood_under(outline: Outline, data: st.DataObject) -> None:
    some = st.sampled_from(sorted(ids(outline)))
    kept, joined = data.draw(some), data.draw(some)
    after = tried(lambda: tree.join(outline, kept, joined), outline)
    assert tree.is_whole(after)
    assert ids(outline) - ids(after) in ({joined}, set())


@given(outlines(), st.data())
def test_a_step_up_and_a_step_down_meet(outline: Outline, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(sorted(ids(outline))))
    up = tree.step(outline, one, -1)
    if up != outline:
        assert tree.step(up, one, 1) == outline


@given(outlines())
def test_every_number_stands_once_and_rises(outline: Outline) -> None:
    numbers = tree.numbers(outline)
    order = [tuple(int(part) for part in numbers[node.id].split(".")) for node in outline if node.numbered]
    assert set(numbers) == {node.id for node in outline if node.numbered}
    assert order == sorted(set(order))


@given(outlines())
def test_a_number_begins_with_that_of_the_element_above(outline: Outline) -> None:
    numbers, parents = tree.numbers(outline), tree.parents(outline)
    for id, above in parents.items():
        if above and id in numbers and above in numbers:
            assert numbers[id].startswith(f"{numbers[above]}.")
