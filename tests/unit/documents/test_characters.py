"""One spelling for every character."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grunnmur.sources.documents.characters import clean, fold, typed_bullet


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("bla\u030ab\u00e6r", "blåbær"),
        ("kom\u00admu\u200bne\ufeff", "kommune"),
        ("2024\u20112028", "2024-2028"),
        ("1\u00a0250\u202f000", "1 250 000"),
        ("  to   ord ", "to ord"),
        ("o\ufb03siell", "offisiell"),
        ("en \n\n  to\u2028tre", "en\nto\ntre"),
        ("a\tb\t", "a\tb"),
        ("side en \f side to", "side en \fside to"),
        ("delt\ford", "delt\ford"),
        ("\uf0b7Punkt\x00", "Punkt"),
        ("ren tekst", "ren tekst"),
    ],
)
def test_characters_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@given(st.text())
def test_characters_clean_text_stays_as_it_is(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert fold(raw) == " ".join(once.split())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("• Punkt", ("•", "Punkt")),
        ("\uf0b7\tPunkt", ("•", "Punkt")),
        ("-\tPunkt", ("-", "Punkt")),
        ("- sa hun", None),
        ("– Ja", None),
        ("•", None),
        ("Ord • ord", None),
    ],
)
def test_characters_typed_bullets(raw: str, expected: tuple[str, str] | None) -> None:
    assert typed_bullet(raw) == expected
