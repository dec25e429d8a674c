"""Signing in and out, passwords, and one's own page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from grunnmur_web.accounts.models import Role
from grunnmur_web.models import AuditEvent
from tests.web.library import person

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD = "passord-til-prøving"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    cache.clear()


def test_signing_in_with_email_in_any_case(client: Client) -> None:
    user = person()
    response = client.post("/konto/login/", {"login": user.email.upper(), "password": PASSWORD})
    assert response.status_code == 302
    assert "Du er logget inn." in client.get("/").content.decode()


def test_a_wrong_password_does_not_tell_who_has_a_user(client: Client) -> None:
    user = person()
    answers = {
        client.post("/konto/login/", {"login": login, "password": "feil"}).context["form"].non_field_errors()[0]
        for login in (user.email, "ingen@kommune.example")
    }
    assert answers == {"E-postadressen eller passordet er feil. Prøv igjen, eller lag et nytt passord."}


def test_guessing_passwords_is_stopped(client: Client) -> None:
    user = person()
    for _ in range(6):
        response = client.post("/konto/login/", {"login": user.email, "password": "feil"})
    assert "For mange forsøk" in response.content.decode() or response.status_code == 429
    assert client.post("/konto/login/", {"login": user.email, "password": PASSWORD}).status_code != 302


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    assert "Brukere lages av kommunen" in client.get("/konto/signup/").content.decode()


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(person(), backend=BACKEND)
    assert "Vil du logge ut?" in client.get("/konto/logout/").content.decode()
    assert "_auth_user_id" in client.session
    client.post("/konto/logout/")
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_replaced_through_email(client: Client) -> None:
    user = person()
    client.post("/konto/password/reset/", {"email": user.email})
    (message,) = mail.outbox
    assert message.subject.endswith("Lag et nytt passord i Grunnmur")
    link = re.search(r"https?://[^/]+(/\S+)", str(message.body))
    assert link
    page = client.get(link[1], follow=True)
    assert "Minst tolv tegn" in page.content.decode()
    new = {"password1": "fire vilkårlige ord her", "password2": "fire vilkårlige ord her"}
    client.post(page.request["PATH_INFO"], new)
    user.refresh_from_db()
    assert user.check_password("fire vilkårlige ord her")
    (event,) = AuditEvent.objects.all()
    assert (event.act, event.actor_id, event.target_id) == ("user.password_reset", user.pk, str(user.pk))
    assert event.old is None and event.new is None


def test_changing_ones_password_is_logged_without_the_password(client: Client) -> None:
    user = person()
    client.force_login(user, backend=BACKEND)
    new = "fire vilkårlige ord her"
    client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    (event,) = AuditEvent.objects.all()
    assert (event.act, event.actor_id, event.target_id) == ("user.password_changed", user.pk, str(user.pk))
    assert event.old is None and event.new is None


def test_a_password_that_can_not_be_logged_is_not_changed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    user = person()
    client.force_login(user, backend=BACKEND)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("grunnmur_web.audit.record", fail)
    new = "fire vilkårlige ord her"
    with pytest.raises(RuntimeError):
        client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_address_that_was_replaced_opens_nothing(client: Client) -> None:
    user, admin = person(), person(Role.ADMINISTRATOR)
    old = user.email
    EmailAddress.objects.create(user=user, email=old, verified=True, primary=True)
    EmailAddress.objects.create(user=admin, email="ny@kommune.example", verified=True, primary=True)
    client.force_login(admin, backend=BACKEND)
    data = {"email": "NY@kommune.example", "name": "Kari", "role": Role.PLANNER, "is_active": "on"}
    assert client.post(f"/admin/accounts/user/{user.pk}/change/", data).status_code == 302
    assert not EmailAddress.objects.exists()
    client.logout()
    client.post("/konto/login/", {"login": old, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post("/konto/password/reset/", {"email": old})
    assert not [message for message in mail.outbox if "password/reset/key" in str(message.body)]
    client.post("/konto/login/", {"login": "ny@kommune.example", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_address_in_force_stays_when_something_else_changes() -> None:
    user = person()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    user.name = "Kari Nordmann"
    user.save()
    assert EmailAddress.objects.get().email == user.email


def test_a_short_password_is_refused_with_a_reason(client: Client) -> None:
    user = person()
    client.force_login(user, backend=BACKEND)
    data = {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}
    html = client.post("/konto/password/change/", data).content.decode()
    assert "Noe må rettes" in html and "12" in html
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_outside_sign_in_is_offered_only_when_it_is_set_up(client: Client, settings: Any) -> None:
    assert "Logg inn med" not in client.get("/konto/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [{"provider_id": "oidc", "name": "Larvik", "client_id": "a", "secret": "b",
                      "settings": {"server_url": "https://login.example"}}]
        }
    }  # fmt: skip
    html = client.get("/konto/login/").content.decode()
    assert "Logg inn med Larvik" in html
    assert "/konto/oidc/oidc/login/" in html


def test_the_security_policy_lets_the_form_go_on_to_the_outside_sign_in() -> None:
    ask = "from django.conf import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    hosts = {"GRUNNMUR_OIDC_ISSUER": "https://idporten.no", "GRUNNMUR_OIDC_HOSTS": "https://login.idporten.no"}
    given = {**os.environ, **hosts, "DJANGO_SETTINGS_MODULE": "grunnmur_web.settings"}
    run = subprocess.run([sys.executable, "-c", ask], env=given, check=True, capture_output=True, text=True)
    assert "https://login.idporten.no" in run.stdout
    assert "https://idporten.no" not in run.stdout


def test_ones_own_page_is_for_those_signed_in(client: Client) -> None:
    assert client.get("/min-side/").headers["Location"] == "/konto/login/?next=/min-side/"


def test_name_and_language_are_ones_own_to_change_and_the_role_is_not(client: Client) -> None:
    user = person(Role.STAFF)
    client.force_login(user, backend=BACKEND)
    client.post("/min-side/", {"name": "Kari Nordmann", "language": "nn", "role": "administrator", "is_staff": "on"})
    user.refresh_from_db()
    assert (user.name, user.language, user.role, user.is_staff) == ("Kari Nordmann", "nn", Role.STAFF, False)
    assert "Mi side" in client.get("/min-side/").content.decode()
    (event,) = AuditEvent.objects.filter(act="user.changed")
    assert (event.actor_id, event.old, event.new) == (user.pk, {"name": "Kari"}, {"name": "Kari Nordmann"})


def test_an_empty_name_is_refused(client: Client) -> None:
    user = person()
    client.force_login(user, backend=BACKEND)
    assert "Noe må rettes" in client.post("/min-side/", {"name": "", "language": "nb"}).content.decode()


@pytest.mark.parametrize("path", ["/konto/email/", "/konto/3rdparty/"])
def test_the_address_is_not_ones_own_to_change(client: Client, path: str) -> None:
    user = person()
    client.force_login(user, backend=BACKEND)
    response = client.post(path, {"action_add": "", "email": "annen@kommune.example"})
    assert response.headers["Location"] == "/min-side/"
    user.refresh_from_db()
    assert user.email == "kari-planner@kommune.example"
