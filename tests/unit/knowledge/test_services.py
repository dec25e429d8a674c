from __future__ import annotations

import pytest

from grunnmur.knowledge.service_words import names_service
from grunnmur.knowledge.services import find_services
from grunnmur.sources.documents.reading import read_bytes
from tests.unit.knowledge.reading_cases import document, passage

UNIT_SLIDE = (
    "Virksomhet kultur\n\nAvdelinger: 3; Biblioteket, Kulturskolen, 2 fritidsklubber\n\nAnsatte: 40 årsverk\n\n\n\n"
    "Virksomhet omsorg\n\nSentrale tjenester:\n● Hjemmehjelp til eldre\n● Dagsenter for demente. Åpent hver dag.\n"
    "● Trygghetsalarm\n● etc.\n\n\n\nTakk\n\nSpørsmål?"
)


def test_services_of_a_unit_stand_in_its_lists_and_label_lines() -> None:
    read = document(UNIT_SLIDE)
    found = find_services(read)
    assert [(service.text, service.org) for service in found] == [
        ("Biblioteket", "Virksomhet kultur"),
        ("Kulturskolen", "Virksomhet kultur"),
        ("fritidsklubber", "Virksomhet kultur"),
        ("Hjemmehjelp til eldre", "Virksomhet omsorg"),
        ("Dagsenter for demente", "Virksomhet omsorg"),
        ("Trygghetsalarm", "Virksomhet omsorg"),
    ]
    assert [passage(read, service.start, service.end) for service in found] == [service.text for service in found]


def test_a_staircase_of_services_is_read_step_by_step() -> None:
    text = (
        "1.1 Tjenester etter trappa\n\nTrinn 1 – for alle: frivilligsentral, åpen barnehage\n\n"
        "Trinn 2 – hjemme: hjemmesykepleie, matombringing\n"
    )
    found = [service.text for service in find_services(document(text))]
    assert found == ["frivilligsentral", "åpen barnehage", "hjemmesykepleie", "matombringing"]


def test_what_a_sentence_says_that_the_unit_gives() -> None:
    text = (
        "Virksomhet heim\n\n"
        "Særtrekk ved tjenesten: Gir heimesjukepleie til eldre, fysioterapi og lindrande behandling.\n\n"
        "\n\nSlutt\n\nTakk\n\n\n\nSlutt\n\nTakk"
    )
    assert [service.text for service in find_services(document(text))] == [
        "heimesjukepleie", "fysioterapi", "lindrande behandling",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Innledning\n\nKommunen tilbyr leksehjelp, kulturskole og svømmehall.\n",
         ["leksehjelp", "kulturskole", "svømmehall"]),
        ("Innledning\n\nBygda har open barnehage og skysstasjon.\n", ["open barnehage", "skysstasjon"]),
        ("Om oss\n\nTrinn 1: kafé, turgruppe\nTrinn 2: dagsenter\n", ["kafé", "turgruppe", "dagsenter"]),
        ("Enhet for helse\n\nHjemmesykepleie (40 brukere)\nDagsenter | Matombringing\n",
         ["Hjemmesykepleie", "Dagsenter", "Matombringing"]),
        ("Innledning\n\nKommunen har hatt mange leger og en ny barnehage å tenke på.\n", []),
    ],
)  # fmt: skip
def test_services_in_sentences_and_on_lines(text: str, expected: list[str]) -> None:
    assert [service.text for service in find_services(document(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tiltak\n\n- Stenge svømmehallen\n- Selge barnehagen\n- Flytte helsestasjonen\n",
        "Saker til politisk behandling:\n- Ny skole\n- Nytt sykehjem\n- Nytt bibliotek\n",
        "Utfordringer:\n- Skolen er full\n- Barnehagen er gammel\n- Legevakten er langt unna\n",
        "Sykehjemmet har vært i drift siden 1972, og legevakten flyttet i fjor.\n",
    ],
)
def test_actions_cases_and_running_text_are_not_services(text: str) -> None:
    assert find_services(document(text)) == ()


@pytest.mark.parametrize("words", ["Helsestasjonen", "ei open barnehage", "SFO", "heimetenester", "støttekontakter"])
def test_the_vocabulary_knows_inflections_and_nynorsk(words: str) -> None:
    assert names_service(words)


@pytest.mark.parametrize("words", ["økonomi", "Kommunestyret", "12 prosent", "fjell og fjord"])
def test_the_vocabulary_leaves_other_words_alone(words: str) -> None:
    assert not names_service(words)


def test_short_lines_and_their_members_under_a_heading_of_offers() -> None:
    text = "# Virksomhet øst\n\n## Tilbud\n\nMorsgrupper\n\nTromming\n\nLeksehjelp, åpen helsestasjon (0-5 år)\n"
    found = [service.text for service in find_services(read_bytes(text.encode(), "plan.md"))]
    assert found == ["Morsgrupper", "Tromming", "Leksehjelp", "åpen helsestasjon"]


def test_units_with_what_they_count() -> None:
    units = "Norsksenteret 500 deltakere\n\nKveldsskolen 150 deltakere\n\nFjord og fjell ca 200 brukere\n\nAnsatte 72\n"
    text = f"# Virksomhet læring\n\n{units}"
    found = [service.text for service in find_services(read_bytes(text.encode(), "plan.md"))]
    assert found == ["Norsksenteret", "Kveldsskolen", "Fjord og fjell"]


def test_what_a_named_unit_gives_after_a_colon() -> None:
    text = "# Satsinger\n\nKultur og møter: Fargespill, leksehjelp, åpen helsestasjon og oppsøkende ungdomsarbeid\n"
    found = [service.text for service in find_services(read_bytes(text.encode(), "plan.md"))]
    assert found == ["Fargespill", "leksehjelp", "åpen helsestasjon", "oppsøkende ungdomsarbeid"]


def test_those_one_works_with_are_no_services() -> None:
    text = "# Samarbeid med andre\n\n- Frivillige har korte oppdrag\n- oppfølging fra boligteamet\n- korte kurs\n"
    assert find_services(read_bytes(text.encode(), "plan.md")) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dette driver vi med\n\n- Hjemmehjelp, dagsenter, trygghetsalarm (ca 90 alarmer)\n- BPA, 12 ordninger\n"
            "- Legevakt\n",
            ["Hjemmehjelp", "dagsenter", "trygghetsalarm (ca 90 alarmer)", "BPA", "Legevakt"],
        ),
        (
            "Enhet teknisk\n\nOppgaver\n\n * Vann og avløp\n * Byggesak, kart og oppmåling\n * Renhold, 40 000 m2\n",
            ["Vann og avløp", "Byggesak", "kart og oppmåling", "Renhold"],
        ),
        (
            "Kultur og idrett\n\nBibliotek, kino, kulturskole, ungdomsklubben Skuret\n\n12 årsverk\n",
            ["Bibliotek", "kino", "kulturskole", "ungdomsklubben Skuret"],
        ),
        (
            "# Bolig\n\nTjenesten Trygg havn gir råd til 40 husstander som leier.\n",
            ["Trygg havn"],
        ),
        (
            "# Arbeid\n\nNAV driver to egne tilbud for unge: Startboksen og Grønt steg på Moen.\n",
            ["Startboksen", "Grønt steg på Moen"],
        ),
    ],
)
def test_services_side_by_side_and_by_name(text: str, expected: list[str]) -> None:
    read = read_bytes(text.encode(), "a.md" if text.startswith("#") else "a.txt")
    found = find_services(read)
    assert [service.text for service in found] == expected
    assert [passage(read, service.start, service.end) for service in found] == expected


def test_lists_of_other_things_are_not_cut() -> None:
    read = document("Utfordringer\n\nFor få hjemler, dyre leiligheter, slitte bygg\n")
    assert find_services(read) == ()
