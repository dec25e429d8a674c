from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grunnmur.kernel import UnreadableFile
from grunnmur.sources.documents.model import BlockKind, Document, PageKind
from grunnmur.sources.documents.text import decode, read_text

SLIDES = (
    " Kvartalsmøte \nhøsten 2025\n\n\n\nVirksomhet bad\nLeder: Kari Nordmann\nStatus:\n\n"
    "● Hallen er åpen \nhver dag\n\n"
    "○ også i ferien\n● Taket lekker\n\n\n\nV\nan\n\nnst\nan\nd\n\n\n\nTakk\n\n1. Spørsmål\n2. Svar"
)
PLAN = (
    "1. Innledning \n\n\n"
    "Kommunen har laget denne planen sammen med alle som bor her, og den skal gjelde i ti \n\n"
    "år. Den er kort. \n\n1.1. Hvem den er for\n\n\n"
    "Planen er for alle som bruker parkene og stiene våre, både til hverdags og i \n\n"
)


def read(text: str) -> Document:
    return read_text(text.encode(), "prøve.txt", "0" * 64)


def shown(document: Document, *kinds: BlockKind) -> list[tuple[int, str]]:
    return [
        (block.level, " ".join(document.text[block.start : block.end].split()))
        for block in document.blocks
        if not kinds or block.kind in kinds
    ]


def test_the_text_is_the_files_own_with_unix_line_ends() -> None:
    assert read_text(b"En\r\nto \r\n\r\ntre\r", "a.txt", "").text == "En\nto \n\ntre\r"


def test_slides_are_parted_by_three_blank_lines() -> None:
    document = read(SLIDES)
    assert [page.kind for page in document.pages] == [PageKind.SLIDE] * 4
    assert "".join(document.text[page.start : page.end] for page in document.pages) == SLIDES


def test_titles_labels_and_list_depths_of_slides() -> None:
    document = read(SLIDES)
    assert shown(document, BlockKind.HEADING) == [
        (1, "Kvartalsmøte høsten 2025"), (1, "Virksomhet bad"), (2, "Status:"), (1, "Takk"),
    ]  # fmt: skip
    assert shown(document, BlockKind.LIST_ITEM) == [
        (1, "Hallen er åpen hver dag"), (2, "også i ferien"), (1, "Taket lekker"), (1, "Spørsmål"), (1, "Svar"),
    ]  # fmt: skip


def test_letters_spread_over_lines_are_no_heading() -> None:
    assert (0, "V an nst an d") in shown(read(SLIDES))


def test_form_feeds_part_pages_and_running_lines_and_page_numbers_have_no_block() -> None:
    pages = [
        f"Kulturplan 2030\n\nSetning nummer {word} står her for seg selv.\n\n{number}"
        for number, word in enumerate("abcd", 1)
    ]
    document = read("\f".join(pages))
    assert len(document.pages) == 4
    assert shown(document) == [(0, f"Setning nummer {word} står her for seg selv.") for word in "abcd"]


def test_double_spaced_pdf_text_is_joined_to_paragraphs_and_pages_begin_with_a_space() -> None:
    text = (
        PLAN * 12 + "fritid.\n Neste side begynner her, og den har nok ord til å være en vanlig linje i en plan. \n\n"
    )
    document = read(text)
    assert [page.kind for page in document.pages] == [PageKind.PAGE] * 2
    assert shown(document)[:4] == [
        (1, "1. Innledning"),
        (0, "Kommunen har laget denne planen sammen med alle som bor her, og den skal gjelde i ti år. Den er kort."),
        (2, "1.1. Hvem den er for"),
        (0, "Planen er for alle som bruker parkene og stiene våre, både til hverdags og i"),
    ]


def test_a_contents_page_and_a_numbered_list_are_no_chapters() -> None:
    text = (
        "1. Innledning ........ 3\n2. Mål ........ 4\n\n1. Innledning\n\n"
        "Tre ting er viktige for oss som bor i denne bygda:\n\n"
        "1. Skole\n2. Vei\n3. Lys\n\n2. Mål\n\n"
        "Vi vil at alle som bor i bygda, skal trives og bli boende.\n\n2.1 Delmål\n\nOrd.\n"
    )
    assert shown(read(text), BlockKind.HEADING) == [(1, "1. Innledning"), (1, "2. Mål"), (2, "2.1 Delmål")]


def test_a_table_of_years_becomes_cells() -> None:
    text = "Folketall\n\n  2020 2021 2030\nNord 1 204 1 190 998\nLille \ngrend 95 101 87\n\nKilde: egne tall\n"
    document = read(text)
    (table,) = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    cells = [(cell.row, cell.column, document.text[cell.start : cell.end], cell.header) for cell in table.cells]
    assert cells == [
        (0, 1, "2020", True), (0, 2, "2021", True), (0, 3, "2030", True),
        (1, 0, "Nord", False), (1, 1, "1 204", False), (1, 2, "1 190", False), (1, 3, "998", False),
        (2, 0, "Lille \ngrend", False), (2, 1, "95", False), (2, 2, "101", False), (2, 3, "87", False),
    ]  # fmt: skip


def test_footnotes_under_their_rule() -> None:
    text = "Elva er ren1. Den er dyp.\n\n" + " " * 40 + "\n1 Fylket, måling 2020\n\n2 Egen måling\n"
    assert shown(read(text), BlockKind.FOOTNOTE) == [(0, "1 Fylket, måling 2020"), (0, "2 Egen måling")]


@pytest.mark.parametrize("bullet", ["\uf0e8", "●", "○", "■", "•", "*", "-", "–", "1.", "a)", "➢"])
def test_list_markers(bullet: str) -> None:
    document = read(f"Husk:\n{bullet} Nøkler\n{bullet} Penger og\nkort\n")
    assert shown(document, BlockKind.LIST_ITEM) == [(1, "Nøkler"), (1, "Penger og kort")]
    assert {block.marker for block in document.blocks if block.kind is BlockKind.LIST_ITEM} == {bullet}


@pytest.mark.parametrize("line", ["12. mai er fristen", "10. mill er mye", "-9,3 grader", "2018 var året"])
def test_dates_and_numbers_are_no_list_markers(line: str) -> None:
    assert shown(read(f"{line}\n"), BlockKind.LIST_ITEM) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "Blåbærsyltetøy på brødskiva, og så å gå ut på øya. Årets første snø lå på åsen.\n" * 3
    assert decode(text.encode(encoding), "a.txt") == text


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_text(b"GIF89a\0\0\x01", "bilde.txt", "")
    assert caught.value.code == "not-text"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*"aÅ .:;-•●1)(\n\f\t", "\n\n\n\n", "2020 2021", "Mål: ", " 1 200"]), max_size=60).map(
        "".join
    )
)
def test_any_text_gives_ordered_blocks_inside_it(text: str) -> None:
    document = read(text)
    assert document.text == text
    assert "".join(text[page.start : page.end] for page in document.pages) == text
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        assert all(block.start <= cell.start <= cell.end <= block.end for cell in block.cells)
        end = block.end
