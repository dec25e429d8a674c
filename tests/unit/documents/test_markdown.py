"""Markdown as plain text with structure."""

from __future__ import annotations

import pytest
from office_samples import grid, outline, read

from grunnmur.sources.documents.model import Document


def markdown(text: str) -> Document:
    return read(text, "plan.md")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Mål *for* `2032`", ["heading2 Mål for 2032"]),
        ("Under\n=====\n", ["heading1 Under"]),
        ("Med [lenke](https://larvik.no) og **fet**\nlinje  \nbrudd", ["paragraph Med lenke og fet linje\nbrudd"]),
        ("- En\n  - Under\n\n    mer\n- To",
         ["list_item1 • En", "list_item2 • Under", "paragraph mer", "list_item1 • To"]),
        ("3. tre\n4. fire\n   1) under", ["list_item1 3. tre", "list_item1 4. fire", "list_item2 1) under"]),
        ("> sitat", ["paragraph sitat"]),
        ("```\nkode [^1]: x\n```", ["paragraph kode [^1]: x"]),
        ("![Kart over sonene](kart.png)", ["paragraph Kart over sonene"]),
        ("<div>Rå <b>HTML</b></div>\n", ["paragraph Rå HTML"]),
        ("<!-- merknad -->\n\ntekst", ["paragraph tekst"]),
        ("Tekst.[^a]\n\nMer.[^b]\n\n[^b]: Andre *note*\n[^a]: Første\n    linje to\n",
         ["paragraph Tekst.", "paragraph Mer.", "footnote 1 Første linje to", "footnote 2 Andre note"]),
        ("Ukjent[^x]", ["paragraph Ukjent[^x]"]),
    ],
)  # fmt: skip
def test_markdown_blocks(text: str, expected: list[str]) -> None:
    assert outline(markdown(text)) == expected


def test_markdown_table() -> None:
    document = markdown("| Tiltak | 2025 |\n|---|---:|\n| **Natt** | 1 250 |\n| Dag<br>Kveld |  |\n")
    assert grid(document) == ["0,0* Tiltak", "0,1* 2025", "1,0 Natt", "1,1 1 250", "2,0 Dag Kveld", "2,1 "]
    assert document.text.startswith("Tiltak\t2025\nNatt\t1 250\nDag Kveld\t")


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("---\ntittel: Temaplan\n---\n# Mål", "Temaplan", ["heading1 Mål"]),
        ("---\ntitle: Plan\nar: 2025\n...\nTekst", "Plan", ["paragraph Tekst"]),
        ("---\nforfatter: x\n---\n# Mål", "Mål", ["heading1 Mål"]),
        ("---\nbare tekst\n---\n", "bare tekst", ["heading2 bare tekst"]),
    ],
)
def test_markdown_front_matter_is_no_text(text: str, title: str, expected: list[str]) -> None:
    document = markdown(text)
    assert document.title == title
    assert outline(document) == expected


def test_markdown_line_ends_and_byte_order_mark() -> None:
    document = read("\ufeff# Mål\r\n\r\n- én\r\n".encode(), "plan.md")
    assert outline(document) == ["heading1 Mål", "list_item1 • én"]
