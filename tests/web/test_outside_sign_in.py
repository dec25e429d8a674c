"""Signing in from outside (OIDC): which user one becomes, and what is kept of the claims."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.core import context
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import RequestFactory

from grunnmur_web.accounts.adapter import SENSITIVE_CLAIMS
from grunnmur_web.accounts.models import Role, User
from tests.web.library import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _outside(settings: Any) -> None:
    app = {"provider_id": "oidc", "name": "Larvik", "client_id": "a", "secret": "b"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [app | {"settings": {"server_url": "https://login.example"}}]}
    }


def arrive(claims: dict[str, Any], user: User | None = None, process: str = AuthProcess.LOGIN) -> HttpRequest:
    """The request after the issuer has sent the browser back with ``claims``."""
    from allauth.socialaccount.adapter import get_adapter

    request = RequestFactory().get("/konto/oidc/oidc/login/callback/")
    request.session = SessionStore()
    request.user = user or AnonymousUser()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    with context.request_context(request):
        provider = get_adapter(request).get_provider(request, "oidc")
        login = provider.sociallogin_from_response(request, {"userinfo": claims, "id_token": claims | {"nonce": "n"}})
        login.state = {"process": process, "nonce": "n"}
        complete_login(request, login)
    return request


def test_a_verified_address_finds_the_user_and_is_tied_to_it() -> None:
    user = person()
    claims = {"sub": "x1", "email": user.email.upper(), "email_verified": True}
    assert arrive(claims).user == user
    assert SocialAccount.objects.get().user == user
    # From now on the subject counts, whatever the address says.
    other = person(Role.ADMINISTRATOR, "Ada")
    assert arrive({"sub": "x1", "email": other.email, "email_verified": True}).user == user


@pytest.mark.parametrize("verified", [False, None, "false", "true", 1, "absent"])
def test_an_address_that_is_not_verified_opens_nothing(verified: object) -> None:
    user = person(Role.ADMINISTRATOR)
    claims: dict[str, Any] = {"sub": "x2", "email": user.email}
    if verified != "absent":
        claims["email_verified"] = verified
    assert not arrive(claims).user.is_authenticated
    assert not SocialAccount.objects.exists()


def test_a_stranger_gets_no_user() -> None:
    assert not arrive({"sub": "x3", "email": "fremmed@example.com", "email_verified": True}).user.is_authenticated
    assert not User.objects.exists()


def test_someone_who_has_left_is_not_let_in() -> None:
    user = person()
    user.is_active = False
    user.save()
    assert not arrive({"sub": "x4", "email": user.email, "email_verified": True}).user.is_authenticated


def test_claims_about_identity_are_never_stored() -> None:
    user = person()
    claims = {"sub": "x5", "email": user.email, "email_verified": True} | dict.fromkeys(SENSITIVE_CLAIMS, "01017012345")
    for _ in range(2):
        arrive(dict(claims))
        assert "01017012345" not in str(SocialAccount.objects.get().extra_data)


def test_nobody_ties_another_identity_to_a_user_by_themselves() -> None:
    user = person()
    with pytest.raises(PermissionDenied):
        arrive({"sub": "x6", "email": "angriper@example.com", "email_verified": True}, user, AuthProcess.CONNECT)
    assert not SocialAccount.objects.exists()
