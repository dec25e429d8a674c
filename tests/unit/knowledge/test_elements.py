from __future__ import annotations

from typing import Any

import pytest

from grunnmur.knowledge.elements import find_elements
from grunnmur.knowledge.model import ElementType
from tests.unit.knowledge.reading_cases import cases, document, passage


@pytest.mark.parametrize("case", cases("elements.yaml"), ids=lambda case: case["name"])
def test_each_way_of_writing_gives_its_elements(case: dict[str, Any]) -> None:
    read = document(case["text"])
    found = find_elements(read)
    assert [[element.type.value, element.text, element.label] for element in found] == case["expected"]
    assert [passage(read, element.start, element.end) for element in found] == [element.text for element in found]


def test_an_element_belongs_to_the_nearest_one_above_it_in_rank() -> None:
    text = (
        "1.1 Hovedmål 1: Alle kan svømme\n\nDelmål 1.1: Hver klasse har en egen time i hallen\n\n"
        "Delmål 1.2: Hallen er åpen i ferien\n\n1.2 Hovedmål 2: Alle kan sykle\n\n"
        "Delmål 2.1: Det er sykkelstativ ved hver skole\n"
    )
    found = find_elements(document(text))
    assert [element.type for element in found] == [
        ElementType.GOAL, ElementType.SUBGOAL, ElementType.SUBGOAL, ElementType.GOAL, ElementType.SUBGOAL,
    ]  # fmt: skip
    assert [element.parent for element in found] == [None, 0, 0, None, 3]
    assert [element.label for element in found] == [
        "Hovedmål 1",
        "Delmål 1.1",
        "Delmål 1.2",
        "Hovedmål 2",
        "Delmål 2.1",
    ]


def test_the_same_text_gives_the_same_elements() -> None:
    text = cases("elements.yaml")[0]["text"]
    assert find_elements(document(text)) == find_elements(document(text))
