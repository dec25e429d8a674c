"""The admin: what is changed there reaches the rest of the site."""

from __future__ import annotations

import pytest
from django.test import Client

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import Plan
from grunnmur_web.store import search
from tests.web.library import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(person(Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def plans_found(words: str) -> list[str]:
    return [entry.title for entry in search.search(words, User.objects.get()).entries]


def test_a_plan_is_found_by_the_name_it_was_given_in_the_admin(admin: Client) -> None:
    assert admin.post("/admin/grunnmur/plan/add/", {"name": "Kystplan", "slug": "kyst"}).status_code == 302
    assert plans_found("kystplan") == ["Kystplan"]
    plan = Plan.objects.get()
    address = f"/admin/grunnmur/plan/{plan.pk}/"
    assert admin.post(f"{address}change/", {"name": "Fjellplan", "slug": "kyst"}).status_code == 302
    assert (plans_found("kystplan"), plans_found("fjellplan")) == ([], ["Fjellplan"])
    assert admin.post(f"{address}delete/", {"post": "yes"}).status_code == 302
    assert not Plan.objects.exists()
    assert plans_found("fjellplan") == []


def test_plans_deleted_together_are_found_no_more(admin: Client) -> None:
    plans = [Plan.objects.create(slug=name.lower(), name=name) for name in ("Havneplan", "Fjordplan")]
    for plan in plans:
        search.index_plan(plan)
    assert (plans_found("havneplan"), plans_found("fjordplan")) == (["Havneplan"], ["Fjordplan"])
    chosen = {"action": "delete_selected", "_selected_action": [plan.pk for plan in plans], "post": "yes"}
    assert admin.post("/admin/grunnmur/plan/", chosen).status_code == 302
    assert (plans_found("havneplan"), plans_found("fjordplan")) == ([], [])
