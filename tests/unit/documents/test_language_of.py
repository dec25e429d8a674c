"""Bokmål, nynorsk and English; and nothing when there is too little to go by."""

from __future__ import annotations

import pytest

from grunnmur.sources.documents.language_of import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kommunen skal legge til rette for at innbyggerne kan bo hjemme så lenge de ønsker det selv.", "nb"),
        ("Kommunen skal leggje til rette for at innbyggjarane kan bu heime så lenge dei ønskjer det sjølve.", "nn"),
        ("The municipality shall make it possible for residents to live at home for as long as they wish.", "en"),
        ("Tiltak 2025", ""),
        ("1 250 000 " * 50, ""),
        ("", ""),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_long_text_is_judged_by_its_beginning() -> None:
    assert language_of("Kommunen skal legge til rette for gode levekår for alle innbyggere. " * 10_000) == "nb"
