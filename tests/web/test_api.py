"""The open API: shape, visibility, errors."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions.plan_editions import publish
from grunnmur_web.api import service
from grunnmur_web.api.routes import api
from grunnmur_web.models import KeyFigure, Merging, OrgUnit, Plan, ServiceZone
from tests.web.library import add_care_plan, add_document, add_school_plan, index, person
from tests.web.mergings import add_merging
from tests.web.plans import add_plan, add_tree

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).parent / "snapshots" / "openapi.json"
RENEW = "GRUNNMUR_RENEW_SNAPSHOTS=1 .venv/bin/pytest tests/web/test_api.py -k openapi"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def library() -> dict[str, Any]:
    return {
        "care": add_care_plan(),
        "school": add_school_plan(),
        "draft": add_care_plan(published=False, title="Utkast"),
    }


def ask(client: Client, path: str, **query: Any) -> Any:
    response = client.get(f"/api/{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize(
    "path",
    [
        "search?q=plan&year=%s",
        "search?q=plan&document=%s",
        "findings?document=%s",
        "figures?year=%s",
        "plans/kulturplan/elements?edition=%s",
    ],
)
def test_numbers_beyond_counting_make_no_sense(client: Client, path: str) -> None:
    for number in ("9" * 20, "-1"):
        assert client.get("/api/" + path % number).status_code == 422


def test_openapi_is_what_was_agreed() -> None:
    described = (
        json.dumps(api.get_openapi_schema(path_prefix="/api/"), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    )
    if os.environ.get("GRUNNMUR_RENEW_SNAPSHOTS"):
        SNAPSHOT.write_text(described, encoding="utf-8")
    assert described == SNAPSHOT.read_text(encoding="utf-8"), (
        f"The API's contract has changed. If that is meant: raise VERSION in api/service.py and run {RENEW}"
    )


def test_every_list_answers(client: Client, library: dict[str, Any]) -> None:
    merge = add_merging()
    plan = add_plan(person(Role.PLANNER, "Pia"))
    add_tree(plan, User.objects.get(name="Pia"))
    publish(plan, by=User.objects.get(name="Pia"))
    now = timezone.now()
    Merging.objects.update(state=Merging.State.FINISHED, finished_at=now, published_at=now)
    for path, methods in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        assert set(methods) == {"get"}, f"{path} can be written to"
        address = path.replace("{document_id}", str(library["care"].pk)).replace("{merge_id}", str(merge.pk))
        address = address.replace("{slug}", plan.slug)
        response = client.get(address, {"q": "plasser"})
        assert response.status_code == 200, address
        assert response["Content-Type"].startswith("application/json")


def test_documents_with_their_text(client: Client, library: dict[str, Any]) -> None:
    documents = ask(client, "documents")
    assert {item["title"] for item in documents["items"]} == {"Plan for omsorg", "Plan for skole og barnehage"}
    care = library["care"]
    one = ask(client, f"documents/{care.pk}")
    assert (one["pages"], one["version"], one["sha256"]) == (1, 1, care.current.sha256)
    assert one["url"] == f"http://testserver/kunnskap/kilder/{care.pk}/"
    pages = ask(client, f"documents/{care.pk}/pages")
    assert "".join(page["text"] for page in pages["items"]) == care.current.text


def test_offsets_in_the_api_give_the_text_in_the_api(client: Client, library: dict[str, Any]) -> None:
    text = ask(client, f"documents/{library['school'].pk}/pages")["items"][0]["text"]
    figures = ask(client, "figures", document=library["school"].pk)["items"]
    assert [text[figure["start"] : figure["end"]] for figure in figures] == ["38", "1 250"]


def test_findings_by_kind(client: Client, library: dict[str, Any]) -> None:
    goals = ask(client, "findings", kind="element", type="goal")
    assert [item["text"] for item in goals["items"]] == ["Flere skal mestre eget liv hjemme."]
    assert ask(client, "findings", kind="law")["total"] == 0


@pytest.mark.parametrize("path", ["findings", "figures"])
def test_residents_get_no_suggestions_and_no_drafts(client: Client, library: dict[str, Any], path: str) -> None:
    answer = ask(client, path)
    assert {item["state"] for item in answer["items"]} == {"accepted"}
    assert {item["document"]["title"] for item in answer["items"]} == {"Plan for omsorg", "Plan for skole og barnehage"}
    assert answer["total"] == len(answer["items"])
    assert ask(client, path, state="suggested")["total"] == 0
    assert ask(client, path, document=library["draft"].pk)["total"] == 0


def test_staff_get_what_they_see_on_the_pages(client: Client, library: dict[str, Any]) -> None:
    client.force_login(person(Role.PLANNER))
    assert ask(client, "figures")["total"] == 7
    assert ask(client, "figures", state="suggested")["items"][0]["label"] == "mer hvert år"
    assert ask(client, "documents")["total"] == 3


def test_search_answers_as_the_page_does(client: Client, library: dict[str, Any]) -> None:
    answer = ask(client, "search", q="sykehjemsplasser 2032")
    first = answer["items"][0]
    assert (first["kind"], first["number"], first["unit"], first["period"]) == ("figure", 402, "places", "2032")
    page = client.get(reverse("search-page"), {"q": "plasser"}).context["search"]
    answer = ask(client, "search", q="plasser")
    assert page.kinds[0].count == str(answer["total"]) == str(sum(answer["kinds"].values()))
    assert str(library["draft"].pk) not in answer["documents"]


def test_units_zones_plans_and_key_figures(client: Client) -> None:
    parent = OrgUnit.objects.create(slug="helse", name="Helse", kind="service_area")
    OrgUnit.objects.create(slug="sykehjem", name="Sykehjem", kind="division", parent=parent)
    ServiceZone.objects.create(slug="stavern", name="Stavern")
    hidden, shown = Plan.objects.create(slug="a", name="A"), Plan.objects.create(slug="b", name="B")
    draft = add_care_plan(published=False, plan=hidden)
    public = add_care_plan(plan=shown)
    for number, document in enumerate((draft, public)):
        assert document.current
        finding = document.current.findings.get(text="Sykehjemsplasser")
        KeyFigure.objects.create(label=f"Tall {number}", value=402, unit="places", finding=finding, source_title="Plan")
    assert [unit["parent"] for unit in ask(client, "units")] == [None, "helse"]
    assert ask(client, "zones") == [{"slug": "stavern", "name": "Stavern"}]
    assert [plan["slug"] for plan in ask(client, "plans")] == ["b"]
    assert [figure["label"] for figure in ask(client, "key-figures")] == ["Tall 1"]


def test_lists_come_in_parts_with_addresses_of_the_next(client: Client, library: dict[str, Any]) -> None:
    everything = [item["id"] for item in ask(client, "figures")["items"]]
    seen: list[int] = []
    address: str | None = "http://testserver/api/figures?limit=3"
    while address:
        answer = client.get(address).json()
        seen += [item["id"] for item in answer["items"]]
        address = answer["next"]
    assert seen == everything
    assert answer["prev"] == "http://testserver/api/figures?limit=3&offset=0"


def test_search_can_be_walked_to_the_last_hit_that_is_shown(client: Client) -> None:
    index(add_document("# Plan\n" + "\n".join(f"Sykehjem nummer {n}." for n in range(230))))
    answer = ask(client, "search", q="sykehjem", limit=200)
    assert (answer["total"], len(answer["items"]), answer["next"]) == (231, 200, None)


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(body)
    return body


def test_errors_are_problems(client: Client, library: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    draft = library["draft"].pk
    unknown = problem(client.get("/api/documents/999999"), 404)
    hidden = problem(client.get(f"/api/documents/{draft}"), 404)
    assert unknown["detail"] == hidden["detail"], "a draft looks like nothing at all"
    problem(client.get(f"/api/documents/{draft}/pages"), 404)
    problem(client.get("/api/no-such-thing"), 404)
    problem(client.post("/api/no-such-thing"), 404)
    errors = problem(client.get("/api/figures", {"limit": "201", "unit": "tonn"}), 422)["errors"]
    assert {error["parameter"] for error in errors} == {"limit", "unit"}
    problem(client.get("/api/search"), 422)
    problem(client.get("/api/documents/x"), 422)


def test_too_many_questions_are_refused_for_a_while(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.THROTTLE, "num_requests", 3)
    statuses = [client.get("/api/zones").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    response = client.get("/api/zones")
    problem(response, 429)
    assert int(response["Retry-After"]) > 0
    assert client.get("/api/zones", REMOTE_ADDR="10.0.0.9").status_code == 200
    assert client.get("/api/zones", HTTP_X_FORWARDED_FOR="10.0.0.77").status_code == 429, (
        "a made-up address is no way out"
    )


def test_behind_a_proxy_each_visitor_is_counted_apart(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(service.THROTTLE, "num_requests", 1)
    asked = ["10.0.0.1", "10.0.0.2", "10.0.0.1", "made-up, 10.0.0.2"]
    statuses = [client.get("/api/zones", HTTP_X_FORWARDED_FOR=address).status_code for address in asked]
    assert statuses == [200, 200, 429, 429]


def test_what_has_not_changed_is_not_sent_again(client: Client, library: dict[str, Any]) -> None:
    first = client.get("/api/figures")
    again = client.get("/api/figures", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    library["school"].current.findings.update(number=7)
    assert client.get("/api/figures", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_the_page_about_the_api_lists_every_operation(client: Client) -> None:
    content = client.get(reverse("api-docs")).content.decode()
    for path in api.get_openapi_schema(path_prefix="/api/")["paths"]:
        assert f"GET {path}" in content
    assert "http" not in "".join(part for part in content.split('src="')[1:]).split('"')[0]


def test_a_list_asks_few_questions(client: Client, library: dict[str, Any], django_assert_num_queries: Any) -> None:
    client.force_login(person())
    # 1 session, 2 user, 3 count, 4 figures with version and document
    with django_assert_num_queries(4):
        ask(client, "figures")
    # 1 session, 2 user, 3 count, 4 documents, 5 zones of them
    with django_assert_num_queries(5):
        ask(client, "documents")


def test_a_wrong_method_is_a_problem_that_says_which_are_right(client: Client) -> None:
    for address in ("/api/documents", "/api/findings"):
        answer = client.post(address)
        assert answer.status_code == 405
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Allow"] == "GET"
        assert answer.json()["title"] == "Method Not Allowed"
    assert client.delete("/api/nothing").status_code == 404
