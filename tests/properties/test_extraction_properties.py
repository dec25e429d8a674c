"""Whatever a text is made of, what is found stands in it where it is said to stand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from grunnmur.knowledge.extract import extract
from grunnmur.sources.documents.reading import read_bytes

PIECES = st.sampled_from([
    "2024", "2024-", "1.1.1.", "§ 3-1 ", "kr 1 ", "1 % ", "5 mill. kr ", "– ", "\n- ", "\n• ", " | ", "\n", "\n\n",
    "Mål: ", "Tiltak 1: ", "a, ", "og ", "(", ")", "..", ". ", "jan ", "1. mai ", "a@b.no ", "http://a.no/", "«", "»",
    "Etablere ti plasser ", "innen 2025 ", "Kommunen tilbyr ", "barnehage ", "til sammen ", "fra 5 til 7 ", "é",
    "\n# A\n\n", "\u00a0", "\x0c",
])  # fmt: skip
TEXTS = st.lists(st.tuples(PIECES, st.integers(1, 12)), min_size=1, max_size=4).map(
    lambda parts: "a " + "".join(piece * times for piece, times in parts)
)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from(["a.txt", "a.md"]))
def test_what_is_found_is_what_stands_there(text: str, name: str) -> None:
    document = read_bytes(text.encode(), name)
    found = extract(document)
    groups = (found.elements, found.actions, found.milestones, found.services)
    worded = [(item.start, item.end, item.text) for group in groups for item in group]
    for start, end, words in worded:
        assert words == " ".join(document.text[start:end].split())
    spans = [(item.start, item.end)
             for group in (found.figures, found.laws, found.headings, found.warnings) for item in group]  # fmt: skip
    spans += [(start, end) for start, end, _ in worded]
    spans += [span for warning in found.warnings for span in warning.passages]
    assert all(0 <= start < end <= len(document.text) for start, end in spans)
