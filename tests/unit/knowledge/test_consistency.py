from __future__ import annotations

import pytest

from grunnmur.knowledge.consistency import compare_documents, find_warnings
from grunnmur.knowledge.figures import find_figures
from grunnmur.knowledge.model import Extraction, Warning
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.reading import read_bytes
from tests.unit.knowledge.plain import plain, table


def warnings(document: Document) -> tuple[Warning, ...]:
    return find_warnings(document, find_figures(document))


def codes(document: Document) -> list[str]:
    return [warning.code for warning in warnings(document)]


def test_parts_that_do_not_make_the_stated_total() -> None:
    document = plain("Fravær i mai 2024: 3,1 % korttid, 5,2 % langtid, samlet 8,9 %.")
    (warning,) = warnings(document)
    assert warning.code == "sum-differs"
    assert dict(warning.params) == {"stated": 8.9, "computed": 8.3, "unit": "percent"}
    assert document.text[warning.start : warning.end] == "8,9 %"
    assert [document.text[start:end] for start, end in warning.passages] == ["3,1 %", "5,2 %"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("De 90 søkerne er fordelt på 40 % menn og 55 % kvinner.", "shares-not-100"),
        ("Av dem er 12 av 48 (35 %) under utdanning.", "share-differs"),
        ("Tallet steg fra 120 til 150, en økning på 40.", "change-differs"),
        ("Behovet øker med 80 plasser (400 – 310 = 80).", "sum-differs"),
        ("Statstilskuddet var 31 000 000 mill. i fjor.", "doubled-unit"),
        ("Utgiftene øker med 50 mill. kr totalt. Skole øker med 40 mill. kr og kultur med 30 mill. kr.",
         "parts-exceed-total"),
        ("Avdelinger: 4;\n● Nord\n● Sør\n● Vest\n", "count-differs"),
        ("I 2023 tok 70 ansatte kurs:\n● 30 ansatte i nord\n● 20 ansatte i sør\n● 10 ansatte i vest\n", "sum-differs"),
        ("Plan\n\nMars: samling for lagene\nJuni 2026: vedtak i utvalget\nMai 2027: evaluering av planen\n",
         "date-without-year"),
    ],
)  # fmt: skip
def test_what_does_not_add_up(text: str, code: str) -> None:
    assert codes(plain(text)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Fravær: 3,1 % korttid, 5,2 % langtid, samlet 8,3 %.",
        "Fravær: 3,14 % korttid, 5,24 % langtid, samlet 8,4 %.",
        "De er fordelt på 33,3 % nord, 33,3 % sør og 33,3 % vest.",
        "Av dem er 12 av 48 (25 %) under utdanning.",
        "Tallet steg fra 120 til 150, en økning på 25 %.",
        "Ansatte: ca. 40 årsverk fordelt på 52 ansatte, totalt budsjett 30 mill.",
        "De er fordelt på 52 stillinger. Andelen kvinner er 76 %, og 29 % er over 55 år.",
        "Avdelinger: 3;\n● Nord\n● Sør\n● Vest\n",
        "Det er 10–15 plasser i dag og 20–25 plasser senere.",
    ],
)
def test_what_adds_up_within_the_written_digits_is_left_alone(text: str) -> None:
    assert codes(plain(text)) == []


GROWTH = [
    ["Gruppe", "2020", "2030", "Endring 2020-2030"],
    ["Unge", "200", "150", "-25 %"],
    ["Eldre", "100", "180", "80 %"],
]


def test_totals_and_changes_in_tables() -> None:
    wrong_total = [["Enhet", "2022", "2023"], ["Nord", "10", "20"], ["Sør", "30", "40"], ["Sum", "40", "65"]]
    (warning,) = warnings(table(wrong_total))
    assert (warning.code, warning.params["stated"], warning.params["computed"]) == ("sum-differs", 65.0, 60.0)
    assert codes(table(GROWTH)) == []
    assert codes(table([*GROWTH[:-1], ["Eldre", "100", "180", "90 %"]])) == ["change-differs"]


def test_a_jump_in_a_count_is_named_but_not_in_money() -> None:
    rows = [["Tjeneste", "2021", "2022"], ["Konsultasjoner", "900", "400"], ["Besøk", "300", "310"]]
    assert codes(table(rows)) == ["abrupt-change"]
    assert codes(table(rows, "Beløp i 1 000 kroner.")) == []


def test_numbers_that_lost_their_names() -> None:
    assert codes(plain("Kvalitet\n\nTabellen viser utviklingen.\n\n12 %\n\n14 %\n\n18 %\n\n20 %\n")) == [
        "loose-numbers"
    ]


def test_the_same_figure_in_two_documents() -> None:
    first = plain("Nordbyen skole 1.2.2024\n\nBudsjett for leirskole: 300 000 kr i 2024")
    second = plain("Budsjettnotat 3.3.2024\n\nBudsjett for leirskole: 450 000 kr i 2024")
    read = [(document, Extraction(figures=find_figures(document))) for document in (first, second)]
    (found,) = compare_documents(read)
    assert found.code == "same-figure-differs"
    assert found.params["numbers"] == [300000.0, 450000.0]
    assert [place.document for place in found.passages] == [first.sha256, second.sha256]
    assert compare_documents([read[0], read[0]]) == ()


def test_two_age_groups_are_two_things() -> None:
    head = ["Aldersgruppe", "Vekst 2024"]
    documents = [table([head, [f"Eldre ({ages} år)", share]]) for ages, share in (("67-79", "30 %"), ("80-89", "78 %"))]
    read = [(document, Extraction(figures=find_figures(document))) for document in documents]
    assert ["67-79" in extraction.figures[0].label for _, extraction in read] == [True, False]
    assert compare_documents(read) == ()


def test_counts_in_full_are_exact_and_amounts_are_not() -> None:
    assert codes(plain("Behovet øker (615 – 374 = 240).")) == ["sum-differs"]
    assert codes(plain("Behovet øker (615 – 374 = 241).")) == []
    assert codes(plain("Vi bruker 12 mill. kr på skole, 8 mill. kr på helse og til sammen 21 mill. kr.")) == []


def test_a_table_of_counts_adds_up_exactly_and_one_of_amounts_nearly() -> None:
    rows = [["Skole", "12"], ["Helse", "8"], ["Sum", "21"]]
    assert codes(table([["Enhet", "Ansatte"], *rows])) == ["sum-differs"]
    assert codes(table([["Enhet", "Beløp"], *rows])) == []


def test_units_whose_estimates_do_not_make_the_whole() -> None:
    text = "Kommunen melder et årsestimat på 21 mill. kr i merforbruk i 2024.\n\n"
    for name, amount in (("nord", "4"), ("sør", "5"), ("vest", "3–4")):
        text += f"# Virksomhet {name}\n\nÅrsprognose 2024: {amount} mill. kr i merforbruk.\n\n"
    found = [w for w in warnings(read_bytes(text.encode(), "rapport.md")) if w.code == "sum-differs"]
    assert [dict(w.params) for w in found] == [{"stated": 21e6, "computed": 12e6, "unit": "NOK"}]
    assert not warnings(read_bytes(text.replace("21 mill", "13 mill").encode(), "rapport.md"))


def test_changes_of_age_groups_are_held_against_the_years_that_one_of_them_is_from() -> None:
    head = (
        "| Alder | 2020 | 2030 |\n|---|---|---|\n| 0–19 år | 900 | 850 |\n| 20–66 år | 5000 | 5400 |\n"
        "| 67 år og over | 800 | 1100 |\n\n"
    )
    told = (
        "Fra 2020 til 2030 øker antall over 67 år med 300, mens antall i arbeidsfør alder, fratrukket 10 % uføre, "
        "øker med {} personer.\n"
    )
    found = [(w.code, dict(w.params)) for w in warnings(read_bytes((head + told.format(330)).encode(), "plan.md"))]
    assert found == [("change-differs", {"stated": 330.0, "computed": 360.0})]
    assert not warnings(read_bytes((head + told.format(360)).encode(), "plan.md"))


def test_two_names_for_one_place() -> None:
    text = "Sonene er Nesby vest, Nesby nord og Nesby øst.\n\nKartet viser Sentrum vest, Sentrum nord og Sentrum øst.\n"
    (warning,) = warnings(plain(text))
    assert (warning.code, dict(warning.params)) == ("name-varies", {"names": ["Nesby vest", "Sentrum vest"]})


def test_a_sentence_that_stops_at_a_word_something_must_follow() -> None:
    text = "# Møter\n\nMøtene i personalgruppene holdes før\n\n# Soner\n\nDet er tre soner.\n"
    (warning,) = warnings(read_bytes(text.encode(), "plan.md"))
    assert (warning.code, dict(warning.params)) == (
        "unfinished-sentence",
        {"words": "Møtene i personalgruppene holdes før"},
    )
