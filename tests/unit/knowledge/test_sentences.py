from __future__ import annotations

import pytest

from grunnmur.knowledge.language.sentences import find_sentences, sentence_at


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Vi har ca. 20 plasser. De er fulle.", ["Vi har ca. 20 plasser.", "De er fulle."]),
        ("Det koster 4 mill. kr. Beløpet øker.", ["Det koster 4 mill. kr.", "Beløpet øker."]),
        ("Jf. § 3 nr. 2 gjelder dette bl.a. skoler.", ["Jf. § 3 nr. 2 gjelder dette bl.a. skoler."]),
        ("Møtet er 3. mai. Velkommen!", ["Møtet er 3. mai.", "Velkommen!"]),
        ("Hva nå? Vi venter.", ["Hva nå?", "Vi venter."]),
        ("Første avsnitt\n\nAndre avsnitt", ["Første avsnitt", "Andre avsnitt"]),
        ("Dette er:\n- ett punkt\n- to punkt", ["Dette er:", "- ett punkt", "- to punkt"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in find_sentences(text)] == sentences


def test_double_spaced_lines_of_one_block_are_one_sentence() -> None:
    text = "Kommunen skal\n\nha gode tjenester. Alle bidrar."
    assert len(find_sentences(text, one_block=True)) == 2


def test_the_sentence_at_an_offset() -> None:
    text = "Første. Andre."
    sentences = find_sentences(text)
    assert sentence_at(sentences, text.index("Andre")) == (8, 14)
    assert sentence_at(sentences, 7) is None
