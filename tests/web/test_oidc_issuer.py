"""Signing in at an issuer, all the way: discovery, PKCE, nonce, tokens, user info and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from grunnmur_web.accounts.models import User
from tests.web.issuer import CLIENT, SECRET, Issuer, running_issuer
from tests.web.library import person

pytestmark = pytest.mark.django_db
PID = "01017012345"
LEVEL = "idporten-loa-substantial"


@pytest.fixture
def user() -> User:
    return person()


@pytest.fixture
def issuer(user: User, settings: Any) -> Iterator[Issuer]:
    with running_issuer() as issuer:
        issuer.claims = {"sub": "s1", "email": user.email, "email_verified": True, "pid": PID, "acr": LEVEL}
        app = {"provider_id": "oidc", "name": "Larvik", "client_id": CLIENT, "secret": SECRET}
        app_settings = {"server_url": issuer.address, "token_auth_method": "client_secret_post"}
        given = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": given | {"APPS": [app | {"settings": app_settings}]}}
        yield issuer


def leave(client: Client, query: str = "") -> str:
    """The address at the issuer that the sign-in button leads to."""
    response = client.post(f"/konto/oidc/oidc/login/{query}")
    assert response.status_code == 302
    return str(response.headers["Location"])


def sign_in_there(address: str) -> str:
    """Where the issuer sends the browser, as a path on our own site."""
    back = urlsplit(requests.get(address, allow_redirects=False, timeout=10).headers["Location"])
    return f"{back.path}?{back.query}"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_in_at_the_issuer(client: Client, issuer: Issuer, user: User) -> None:
    address = leave(client)
    asked = dict(parse_qsl(urlsplit(address).query))
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["nonce"]) >= 32
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    response = client.get(sign_in_there(address))
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert len(issuer.redeemed[0]["code_verifier"]) >= 43


def test_the_identity_number_is_kept_nowhere(client: Client, issuer: Issuer, user: User) -> None:
    for _ in range(2):
        client.get(sign_in_there(leave(client)))
        stored = SocialAccount.objects.get()
        assert (stored.user, stored.uid) == (user, "s1")
        assert PID not in str(stored.extra_data)
        assert PID not in str(dict(client.session.items()))
        client.logout()


def test_each_sign_in_has_a_nonce_and_a_verifier_of_its_own(client: Client, issuer: Issuer) -> None:
    first, second = (dict(parse_qsl(urlsplit(leave(client)).query)) for _ in range(2))
    for name in ("nonce", "state", "code_challenge"):
        assert first[name] != second[name]


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "en annen"},
        {"nonce": None},
        {"iss": "https://en-annen.example"},
        {"iss": None},
        {"aud": "en-annen"},
        {"aud": None},
        {"exp": 1_000_000_000},
        {"sub": "s2"},
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(client: Client, issuer: Issuer, lie: dict[str, Any]) -> None:
    issuer.in_token = lie
    page = client.get(sign_in_there(leave(client)))
    assert not is_in(client)
    assert page.status_code in {200, 401, 403}
    assert not SocialAccount.objects.exists()


def test_an_answer_without_our_state_is_refused(client: Client, issuer: Issuer) -> None:
    back = sign_in_there(leave(client))
    assert client.get(back.replace("state=", "state=x")).status_code in {200, 401, 403}
    assert not is_in(client)
    assert not issuer.redeemed, "no code is used for an answer we did not ask for"


def test_an_answer_to_someone_else_is_refused(client: Client, issuer: Issuer) -> None:
    back = sign_in_there(leave(Client()))
    client.get(back)
    assert not is_in(client)


def test_a_stolen_code_is_worth_nothing_without_the_verifier(client: Client, issuer: Issuer) -> None:
    stolen = dict(parse_qsl(urlsplit(sign_in_there(leave(Client()))).query))["code"]
    own = sign_in_there(leave(client))
    code = dict(parse_qsl(urlsplit(own).query))["code"]
    client.get(own.replace(code, stolen))
    assert not is_in(client)


@pytest.mark.parametrize(
    ("wanted", "given", "opens"),
    [
        ([], None, True),
        ([LEVEL], LEVEL, True),
        (["idporten-loa-high", LEVEL], LEVEL, True),
        (["idporten-loa-high"], LEVEL, False),
        ([LEVEL], None, False),
        ([LEVEL], "idporten-loa-low", False),
    ],
)
def test_the_level_is_checked_when_the_settings_say_so(
    client: Client, issuer: Issuer, settings: Any, wanted: list[str], given: str | None, opens: bool
) -> None:
    settings.OIDC_ACR, issuer.in_token = wanted, {"acr": given}
    # Whoever makes the link must not be able to ask for less.
    address = leave(client, "?auth_params=acr_values%3Didporten-loa-low&scope=address")
    asked = dict(parse_qsl(urlsplit(address).query))
    assert asked.get("acr_values", "") == " ".join(wanted)
    assert "address" not in asked["scope"]
    client.get(sign_in_there(address))
    assert is_in(client) is opens


def test_a_code_that_the_issuer_refuses_gives_a_page(client: Client, issuer: Issuer) -> None:
    back = sign_in_there(leave(client))
    issuer._codes.clear()
    assert client.get(back).status_code in {200, 401, 403}
    assert not is_in(client)
