"""HTML pages: what a visitor sees, as blocks."""

from __future__ import annotations

import time

import pytest
from office_samples import grid, outline, read
from pdf_samples import codes, rows, texts

from grunnmur.kernel import LimitExceeded
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.reading import read_bytes


def page(body: str, head: str = "") -> Document:
    return read(
        f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>', "side.html"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>Mål <em>for</em>\n  2032</h2>", ["heading2 Mål for 2032"]),
        ("<p>En<br>to &amp; tre&nbsp;fire</p>", ["paragraph En\nto & tre fire"]),
        ("løs <b>tekst</b><div>i boks<p>avsnitt</p>etter</div>",
         ["paragraph løs tekst", "paragraph i boks", "paragraph avsnitt", "paragraph etter"]),
        ("<ul><li>En<ul><li>Under</li></ul></li><li><p>To</p><p>mer</p></li></ul>",
         ["list_item1 • En", "list_item2 • Under", "list_item1 • To", "paragraph mer"]),
        ("<ul><li>En</li><ul><li>Under</li></ul></ul>", ["list_item1 • En", "list_item2 • Under"]),
        ('<ol start="3" type="a"><li>tre<li value="7">sju</ol>', ["list_item1 c. tre", "list_item1 g. sju"]),
        ("<figure><img><figcaption>Sonene</figcaption></figure>", ["caption Sonene"]),
        ("<script>x()</script><style>p{}</style><noscript>slå på</noscript><p>tekst</p>", ["paragraph tekst"]),
        ("<nav>Meny</nav><main><h1>Plan</h1></main><footer>Bunn</footer>", ["heading1 Plan"]),
        ("<nav>Meny</nav><article><nav>Hopp</nav><h1>A</h1></article><article>B</article>",
         ["heading1 A", "paragraph B"]),
        ("<header>Topp</header><p>tekst</p><footer>Bunn</footer>",
         ["paragraph Topp", "paragraph tekst", "paragraph Bunn"]),
        ("<details><summary>Mer</summary>Skjult til man åpner</details>",
         ["paragraph Mer", "paragraph Skjult til man åpner"]),
    ],
)  # fmt: skip
def test_webpage_blocks(body: str, expected: list[str]) -> None:
    assert outline(page(body)) == expected


def test_webpage_table_is_laid_out_as_a_browser_does() -> None:
    document = page(
        "<table><caption>Ansatte</caption><thead><tr><th>Enhet<th colspan=2>År</thead>"
        "<tr><td rowspan=2>Skole<td>12<td>13<tr><td>14<td>15</table>"
    )
    assert outline(document) == ["caption Ansatte"]
    assert grid(document) == [
        "0,0* Enhet", "0,1* [1x2] År", "1,0 [2x1] Skole", "1,1 12", "1,2 13", "2,1 14", "2,2 15",
    ]  # fmt: skip


def test_webpage_table_inside_a_table_follows_it() -> None:
    document = page("<table><tr><td>a<table><tr><td>x<td>y</table><td>b</table>")
    assert [rows(document, 0), rows(document, 1)] == [[["a", "b"]], [["x", "y"]]]


def test_webpage_frame_of_one_cell_is_no_table() -> None:
    assert outline(page("<table><tr><td><h2>Mål</h2>tekst</table>")) == ["heading2 Mål", "paragraph tekst"]


@pytest.mark.parametrize("attribute", ["hidden", 'style="color:red; display: none"', 'style="visibility:hidden"'])
def test_webpage_hidden_elements_are_left_out_and_told(attribute: str) -> None:
    document = page(f"<p>Synlig <span {attribute}>skjult</span></p><div {attribute}></div>")
    assert texts(document) == ["Synlig"]
    assert codes(document) == ["hidden-text"]


HIDDEN = '<p>Synlig</p><div class="a b" id="c"><p>skjult</p></div>'


@pytest.mark.parametrize(
    "rules",
    [
        ".a{display:none}",
        "#c { color: red; Display : NONE }",
        "div{visibility:hidden}",
        "h1, div.b.a {display:none !important}",
        "/* .a{} */ @import url(x.css); .a{display:none}",
        "@media screen{.a{display:none}} .a{color:red}",
        ".a{display:block} .a{display:none}",
        "#c{display:none} .a{display:block}",
        ".a{display:none!important} #c{display:block}",
        ".a{display:none} p.a{display:block}",
        ".a{display:none} .a::before{display:block}",
        ".x{content:'}'} .a{display:none}",
    ],
)
def test_webpage_text_that_a_style_sheet_hides_is_left_out_and_told(rules: str) -> None:
    document = page(HIDDEN, f"<style>{rules}</style>")
    assert texts(document) == ["Synlig"]
    assert codes(document) == ["hidden-text"]


@pytest.mark.parametrize(
    "rules",
    [
        ".annen{display:none}",
        ".A{display:none}",
        "@media print{.a{display:none}}",
        "@media (max-width:600px){.a{display:none}}",
        ".a{display:none} @media (min-width:600px){.a{display:block}}",
        ".a{display:none} .aapen .a{display:block}",
        ".a{display:none} .a:hover{display:block}",
        "header .a{display:none}",
        ".a:empty{display:none}",
        ".a{display:none} #c{display:block}",
        "{display:none} } .z{",
    ],
)
def test_webpage_text_that_can_be_seen_stays(rules: str) -> None:
    document = page(HIDDEN, f"<style>{rules}</style>")
    assert texts(document) == ["Synlig", "skjult"]
    assert codes(document) == []


def test_webpage_style_sheet_for_print_hides_nothing() -> None:
    assert texts(page(HIDDEN, '<style media="print">.a{display:none}</style>')) == ["Synlig", "skjult"]


def test_webpage_own_style_goes_before_the_sheet() -> None:
    assert texts(page('<p class="a" style="display:block">tekst</p>', "<style>.a{display:none}</style>")) == ["tekst"]


def test_webpage_text_hidden_from_those_who_listen_is_seen() -> None:
    document = page('<p>Synlig</p><p aria-hidden="true">også</p>')
    assert texts(document) == ["Synlig", "også"]
    assert codes(document) == []


def test_webpage_hidden_rows_and_captions_of_a_table_are_left_out_and_told() -> None:
    document = page(
        '<table><caption class="x">Notat</caption><tr><th>Enhet<th>Tall<tr><td>Skole<td>12<tr class="x"><td>Utkast<td>9'
        "<tbody hidden><tr><td>Kladd<td>1</table>",
        "<style>.x{display:none}</style>",
    )
    assert outline(document) == []
    assert rows(document, 0) == [["Enhet", "Tall"], ["Skole", "12"]]
    assert codes(document) == ["hidden-text"]


def test_webpage_many_rules_take_no_time() -> None:
    rules = "".join(f".a.b{n}{{display:none}}" for n in range(20_000))
    began = time.monotonic()
    assert len(page('<p class="a">x</p>' * 3_000, f"<style>{rules}{'{' * 50_000}</style>").blocks) == 3_000
    assert time.monotonic() - began < 10


def test_webpage_title() -> None:
    assert page("<h1>Mål</h1>", "<title> Plan for\n Larvik </title>").title == "Plan for Larvik"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-8", "cp1252"), ("tull", "utf-8")],
)
def test_webpage_encodings(declared: str, encoding: str) -> None:
    body = "<p>Blåbærsyltetøy på Østre Halsen – ærlig talt</p>"
    data = f'<html><head><meta charset="{declared}"></head><body>{body}</body></html>'.encode(encoding)
    assert texts(read(data, "side.html")) == ["Blåbærsyltetøy på Østre Halsen – ærlig talt"]


@pytest.mark.parametrize("element", ["div", "b", "table><tr><td", "ul><li"])
def test_webpage_endless_nesting_is_refused_at_once(element: str) -> None:
    data = ("<html><body>" + f"<{element}>" * 100_000 + "x").encode()
    began = time.monotonic()
    with pytest.raises(LimitExceeded, match="too-deep"):
        read_bytes(data, "side.html")
    assert time.monotonic() - began < 5
