"""«Tall»: the table, its files and the choice of key figures."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from grunnmur_web.accounts.models import Role
from grunnmur_web.models import AuditEvent, FindingState, KeyFigure
from grunnmur_web.pages.figures import figures_page
from tests.web.library import add_care_plan, add_document, add_finding, add_school_plan, index, person

pytestmark = pytest.mark.django_db


def labels(client: Client, **query: Any) -> list[str]:
    response = client.get(reverse("figure-list"), query)
    assert response.status_code == 200
    return [row.label for row in response.context["figures"].rows]


@pytest.fixture
def library() -> dict[str, Any]:
    return {
        "care": add_care_plan(),
        "school": add_school_plan(),
        "draft": add_care_plan(published=False, title="Utkast"),
    }


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(person(Role.PLANNER))
    return client


def test_residents_see_decided_figures_of_published_documents(client: Client, library: dict[str, Any]) -> None:
    assert labels(client) == ["plasser ved sykehjem", "Sykehjemsplasser", "barnehager", "barnehageplasser"]
    page = client.get(reverse("figure-list")).content.decode()
    assert "4 tall i 2 dokumenter." in page
    assert "Utkast" not in page
    assert "440" not in page


def test_staff_see_suggestions_and_that_nobody_has_looked_at_them(planner: Client, library: dict[str, Any]) -> None:
    page = planner.get(reverse("figure-list")).content.decode()
    assert "7 tall i 3 dokumenter. Mennesker har kontrollert 6 av dem." in page
    assert "Ikke kontrollert" in page
    assert "440\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in page
    assert "ca.\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}plasser" in page


def test_a_rejected_figure_is_nobodys(planner: Client) -> None:
    document = add_document()
    add_finding(document, "320", label="feil tall", number=320, state=FindingState.REJECTED)
    index(document)
    assert labels(planner) == []


def test_each_figure_opens_its_source(client: Client, library: dict[str, Any]) -> None:
    row = client.get(reverse("figure-list"), {"q": "2032"}).context["figures"].rows[0]
    page = reverse("document-detail", args=[library["care"].pk])
    assert row.url == f"{page}?side=1&funn={row.id}#funn-{row.id}"
    assert row.source == "Plan for omsorg, side 1"
    assert row.url.replace("&", "&amp;") in client.get(reverse("figure-list")).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "sykehjem"}, ["plasser ved sykehjem", "Sykehjemsplasser"]),
        ({"maaleenhet": "places", "aar": "2030"}, ["barnehageplasser"]),
        ({"aar": "2024"}, ["plasser ved sykehjem", "barnehager"]),
        ({"status": "corrected"}, []),
        ({"q": "finnes ikke"}, []),
        ({"sorter": "tall"}, ["barnehager", "plasser ved sykehjem", "Sykehjemsplasser", "barnehageplasser"]),
        ({"sorter": "-tall"}, ["barnehageplasser", "Sykehjemsplasser", "plasser ved sykehjem", "barnehager"]),
        ({"sorter": "hva"}, ["barnehageplasser", "barnehager", "plasser ved sykehjem", "Sykehjemsplasser"]),
        ({"sorter": "-periode"}, ["Sykehjemsplasser", "barnehageplasser", "plasser ved sykehjem", "barnehager"]),
    ],
)
def test_filters_and_sorting(
    client: Client, library: dict[str, Any], query: dict[str, str], expected: list[str]
) -> None:
    assert labels(client, **query) == expected


def test_filter_by_document_and_org(planner: Client, library: dict[str, Any]) -> None:
    assert labels(planner, dokument=str(library["care"].pk)) == ["plasser ved sykehjem", "Sykehjemsplasser"]
    assert labels(planner, hvem="Oppvekst") == ["mer hvert år"]


@pytest.mark.parametrize(
    "query", [{"aar": "i fjor"}, {"dokument": "999999"}, {"maaleenhet": "tønner"}, {"side": "x"}, {"sorter": "'"}]
)
def test_a_filter_that_makes_no_sense_is_told_and_left_out(
    client: Client, library: dict[str, Any], query: dict[str, str]
) -> None:
    assert len(labels(client, **query)) == 4
    form = client.get(reverse("figure-list"), query).context["figures"].form
    assert bool(form.errors) == (not {"side", "sorter"} & set(query))


def test_choices_give_nothing_away(client: Client, library: dict[str, Any]) -> None:
    form = client.get(reverse("figure-list")).context["figures"].form
    documents = [title for _, title in form.fields["dokument"].choices]
    assert documents == ["Alle", "Plan for omsorg", "Plan for skole og barnehage"]
    assert [value for value, _ in form.fields["hvem"].choices] == [""]
    assert FindingState.SUGGESTED not in dict(form.fields["status"].choices)


def test_a_direct_question_for_suggestions_gives_residents_none(client: Client, library: dict[str, Any]) -> None:
    assert "mer hvert år" not in labels(client, status="suggested")
    assert "mer hvert år" not in labels(client, dokument=str(library["draft"].pk))


def test_an_empty_site_says_what_belongs_here(client: Client, planner: Client) -> None:
    assert "Legg inn et dokument" in planner.get(reverse("figure-list")).content.decode()
    assert "Tallene vises når kommunen har publisert" in Client().get(reverse("figure-list")).content.decode()


def download(client: Client, format_: str, **query: str) -> bytes:
    response = client.get(reverse("figure-export", args=[format_]), query)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return response.content


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_page_api_and_files_have_the_same_numbers(client: Client, library: dict[str, Any]) -> None:
    query = {"maaleenhet": "places", "sorter": "-tall"}
    page = client.get(reverse("figure-list"), query).context["figures"]
    on_page = [finding.number for finding in page.page.object_list]
    assert on_page == [1250, 402, 320]
    assert [float(row["Verdi"]) for row in csv_rows(download(client, "csv", **query))] == on_page
    sheet = openpyxl.load_workbook(io.BytesIO(download(client, "xlsx", **query))).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == on_page
    assert list(json.loads(download(client, "json", **query))["value"].values()) == on_page
    api = client.get("/api/figures", {"unit": "places", "sort": "-number"}).json()
    assert [item["number"] for item in api["items"]] == on_page
    assert api["total"] == page.page.paginator.count


def test_a_file_holds_all_pages_of_the_selection(client: Client) -> None:
    document = add_document("# Tall\n" + "\n".join(f"Det er {n} plasser nå." for n in range(1000, 1060)))
    for n in range(1000, 1060):
        add_finding(document, f"{n}", label=f"plasser {n}", number=n, unit="places")
    index(document)
    assert len(labels(client)) == 50
    assert len(csv_rows(download(client, "csv"))) == 60


def test_files_hide_what_the_page_hides(client: Client, library: dict[str, Any]) -> None:
    for format_ in ("csv", "json"):
        text = download(client, format_).decode("utf-8-sig")
        assert "Utkast" not in text
        assert "440" not in text
    assert b"Utkast" not in download(client, "xlsx")


def test_the_file_tells_where_each_number_is_from(client: Client, library: dict[str, Any]) -> None:
    row = csv_rows(download(client, "csv", q="barnehageplasser", aar="2030"))[0]
    assert row["Verdi"] == "1250"
    assert (row["Omtrentlig"], row["Periode"], row["Sitat"]) == ("ca.", "2030", "1 250")
    assert row["Kilde"].startswith("http://testserver/kunnskap/kilder/")
    about = openpyxl.load_workbook(io.BytesIO(download(client, "xlsx", aar="2030"))).worksheets[1]
    words = {row[0]: row[1] for row in about.iter_rows(values_only=True)}
    assert words["Avgrensning"] == "År: 2030"
    assert words["Antall tall"] == "1"


def test_an_unknown_format_is_not_found(client: Client) -> None:
    assert client.get("/kunnskap/tall/tall.exe").status_code == 404


def test_the_page_asks_few_questions(planner: Client, library: dict[str, Any], django_assert_num_queries: Any) -> None:
    user = person(Role.ADMINISTRATOR)
    from django.http import QueryDict

    # 1 what there is to choose from, 2 titles of documents, 3 counts, 4 the rows, 5 which are on the front page
    with django_assert_num_queries(5):
        page = figures_page(user, QueryDict("q=plasser"))
        assert len(page.rows) == 6


def test_a_planner_chooses_a_figure_for_the_front_page(planner: Client, library: dict[str, Any]) -> None:
    row = next(r for r in planner.get(reverse("figure-list")).context["figures"].rows if r.label == "Sykehjemsplasser")
    back = reverse("figure-list") + "?q=2032"
    for _ in range(2):
        response = planner.post(reverse("figure-choose", args=[row.id]), {"tilbake": back})
        assert response["Location"] == back
    chosen = KeyFigure.objects.get()
    assert (chosen.value, chosen.unit, chosen.period, chosen.source_locator) == (402, "places", "2032", "side 1")
    assert AuditEvent.objects.filter(act="key_figure.chosen").count() == 1
    planner.post(reverse("figure-unchoose", args=[chosen.pk]), {"tilbake": "https://example.org/"})
    assert not KeyFigure.objects.exists()
    assert AuditEvent.objects.filter(act="key_figure.removed").exists()


def test_what_nobody_has_looked_at_is_not_put_on_the_front_page(planner: Client, library: dict[str, Any]) -> None:
    rows = planner.get(reverse("figure-list")).context["figures"].rows
    unchecked = next(row for row in rows if row.unchecked)
    assert not unchecked.may_choose
    planner.post(reverse("figure-choose", args=[unchecked.id]))
    assert not KeyFigure.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.PLANNER, 302), (Role.ADMINISTRATOR, 302), (Role.ECONOMIST, 403), (Role.STAFF, 403), (Role.UNIT_LEADER, 403),
     (Role.COMMITTEE_MEMBER, 403)],
)  # fmt: skip
def test_who_may_choose(client: Client, library: dict[str, Any], role: Role, status: int) -> None:
    client.force_login(person(role, "Ola"))
    row = client.get(reverse("figure-list")).context["figures"].rows[0]
    response = client.post(reverse("figure-choose", args=[row.id]))
    assert response.status_code == status
    assert KeyFigure.objects.exists() == (status == 302)


def test_a_resident_is_asked_to_sign_in(client: Client, library: dict[str, Any]) -> None:
    row = client.get(reverse("figure-list")).context["figures"].rows[0]
    response = client.post(reverse("figure-choose", args=[row.id]))
    assert response.status_code == 302
    assert not KeyFigure.objects.exists()


def test_a_figure_just_chosen_comes_first_where_there_is_room_for_a_few(
    planner: Client, library: dict[str, Any]
) -> None:
    for order in range(5):
        KeyFigure.objects.create(label=f"Fakta {order}", value=order, unit="other", source_title="Plan", order=order)
    rows = planner.get(reverse("figure-list")).context["figures"].rows
    row = next(row for row in rows if row.label == "Sykehjemsplasser")
    planner.post(reverse("figure-choose", args=[row.id]))
    shown = [figure.label for figure in planner.get(reverse("front")).context["front"].figures]
    assert shown == ["Sykehjemsplasser", "Fakta 0", "Fakta 1", "Fakta 2", "Fakta 3"]
    planner.post(reverse("figure-choose", args=[row.id]))
    assert list(KeyFigure.objects.values_list("order", flat=True)) == [0, 1, 2, 3, 4, 5]
