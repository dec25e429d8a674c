"""What is refused of every request, and what every answer carries."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from grunnmur_web.accounts.guards import client_address
from grunnmur_web.accounts.models import Role
from grunnmur_web.models import AuditEvent
from tests.web.library import person

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    cache.clear()


@pytest.mark.parametrize(
    "address", ["/sok/?q=a%00b", "/kunnskap/kilder/?plan=%00", "/api/documents?plan=a%00", "/a%00b"]
)
def test_nul_in_an_address_is_a_bad_request(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_nul_in_a_form_or_a_cookie_is_a_bad_request(client: Client) -> None:
    assert client.post("/meld-fra/", {"message": "hei", "ukjent": "a\x00b"}).status_code == 400
    client.cookies["sessionid"] = "\x00" + "a" * 31
    assert client.get("/").status_code == 400


def test_only_those_signed_in_send_large_bodies(client: Client, settings: Any) -> None:
    settings.ANONYMOUS_MAX_BYTES, settings.REQUEST_MAX_BYTES = 100, 1000
    form = {"message": "a" * 300}
    assert client.post("/meld-fra/", form).status_code == 413
    client.force_login(person(), backend=BACKEND)
    assert client.post("/meld-fra/", form).status_code == 302
    assert client.post("/meld-fra/", {"message": "a" * 2000}).status_code == 413


@pytest.mark.parametrize(
    "address", ["/", "/om/", "/kunnskap/kilder/", "/sok/?q=plan", "/finnes-ikke/", "/konto/login/"]
)
def test_no_shared_cache_keeps_a_page(client: Client, address: str) -> None:
    anonymous = client.get(address)
    assert "private" in anonymous.headers["Cache-Control"] and "Cookie" in anonymous.headers["Vary"]
    client.force_login(person(), backend=BACKEND)
    assert "private" in client.get(address).headers["Cache-Control"]


def test_a_browser_keeps_no_page_of_those_signed_in(client: Client) -> None:
    client.force_login(person(), backend=BACKEND)
    assert "no-store" in client.get("/kunnskap/kilder/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [(0, "1.2.3.4", "127.0.0.1"), (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"), (1, "", "127.0.0.1")],
)
def test_a_forwarded_address_is_believed_only_from_our_own_proxy(
    settings: Any, proxies: int, forwarded: str, expected: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", headers=headers)) == expected


def test_a_forged_forwarded_address_gives_no_new_guesses(client: Client) -> None:
    user = person()
    for n in range(6):
        response = client.post(
            "/konto/login/", {"login": user.email, "password": "feil"}, headers={"X-Forwarded-For": f"10.0.0.{n}"}
        )
    assert "For mange forsøk" in response.content.decode() or response.status_code == 429


def test_the_admin_has_no_sign_in_of_its_own(client: Client) -> None:
    response = client.post("/admin/login/", {"username": "a@b.no", "password": "feil"})
    assert response.status_code == 302 and response.headers["Location"].startswith("/konto/login/")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_the_admin_is_for_administrators(client: Client, role: Role) -> None:
    user = person(role)
    user.is_staff = user.is_superuser = True
    user.save()
    user.refresh_from_db()
    assert not user.is_staff and not user.is_superuser
    client.force_login(user, backend=BACKEND)
    assert client.get("/admin/").status_code in {302, 403}
    assert client.get("/admin/login/").status_code == 403


def test_an_administrator_who_becomes_something_else_leaves_the_admin(client: Client) -> None:
    user = person(Role.ADMINISTRATOR)
    client.force_login(user, backend=BACKEND)
    assert client.get("/admin/").status_code == 200
    user.role = Role.STAFF
    user.save(update_fields=["role"])
    user.refresh_from_db()
    assert not user.is_superuser
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("model", ["auth/group", "account/emailaddress", "socialaccount/socialtoken"])
def test_the_admin_has_no_models_that_change_unlogged(client: Client, model: str) -> None:
    client.force_login(person(Role.ADMINISTRATOR), backend=BACKEND)
    assert client.get(f"/admin/{model}/").status_code == 404


def test_a_password_set_in_the_admin_is_logged_without_the_password(client: Client) -> None:
    client.force_login(person(Role.ADMINISTRATOR), backend=BACKEND)
    other = person(Role.STAFF)
    data = {"password1": "fire vilkårlige ord her", "password2": "fire vilkårlige ord her", "usable_password": "true"}
    assert client.post(f"/admin/accounts/user/{other.pk}/password/", data).status_code == 302
    other.refresh_from_db()
    assert other.check_password("fire vilkårlige ord her")
    event = AuditEvent.objects.get(act="user.password_set")
    assert event.target_id == str(other.pk) and event.old is None and event.new is None


@pytest.mark.parametrize(
    ("referer", "next_page"),
    [
        ("http://testserver/kunnskap/tall/?aar=2032", "/kunnskap/tall/?aar=2032"),
        ("https://ond.example/", "/"),
        ("", "/"),
    ],
)
def test_a_form_sent_after_signing_out_leads_back_to_its_page(client: Client, referer: str, next_page: str) -> None:
    answer = client.post("/kunnskap/tall/1/vis-pa-forsiden/", headers={"Referer": referer})
    assert answer.status_code == 302
    address = urlsplit(answer["Location"])
    assert address.path == "/konto/login/"
    assert parse_qs(address.query)["next"] == [next_page]
