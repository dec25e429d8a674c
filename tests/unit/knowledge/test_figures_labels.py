"""Labels of figures are readable phrases."""

from __future__ import annotations

from typing import Any

import pytest

from grunnmur.knowledge.figures import find_figures
from grunnmur.knowledge.language.nouns import is_function_word
from tests.unit.knowledge.plain import cases, plain


@pytest.mark.parametrize("case", cases("figure_labels"), ids=lambda case: case["text"][:40])
def test_label_of_each_number(case: dict[str, Any]) -> None:
    found = find_figures(plain(case["text"]))
    assert {figure.number: figure.label for figure in found} == case["labels"]


@pytest.mark.parametrize("case", cases("figure_labels"), ids=lambda case: case["text"][:40])
def test_a_label_has_no_loose_ends(case: dict[str, Any]) -> None:
    for figure in find_figures(plain(case["text"])):
        words = figure.label.split()
        assert words and not is_function_word(words[0]) and not is_function_word(words[-1])
        assert figure.label[0].isalpha() and figure.label[-1].isalpha()
        assert f"{figure.number:g}" not in words
