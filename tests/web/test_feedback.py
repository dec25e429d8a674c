"""«Meld fra»: the message is kept, sent on when there is an address, and cannot be used to fill the table."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from grunnmur_web.models import Feedback
from grunnmur_web.views.feedback import PER_HOUR

pytestmark = pytest.mark.django_db
URL = "/meld-fra/"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def test_a_message_is_kept(client: Client) -> None:
    data = {"message": "Knappen virker ikke.", "page": "/kunnskap/tall/", "email": "kari@eksempel.no"}
    assert client.post(URL, data).headers["Location"] == reverse("feedback-thanks")
    (kept,) = Feedback.objects.all()
    assert (kept.message, kept.page, kept.email) == ("Knappen virker ikke.", "/kunnskap/tall/", "kari@eksempel.no")
    assert mail.outbox == []


def test_it_is_sent_on_when_the_municipality_has_an_address(
    client: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.CONTACT_EMAIL = "post@kommune.example"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(URL, {"message": "Hei"})
    (sent,) = mail.outbox
    assert sent.to == ["post@kommune.example"]
    assert sent.body == "Hei"


def test_the_page_it_came_from_is_filled_in(client: Client) -> None:
    assert 'value="/kunnskap/tall/"' in client.get(URL, {"side": "/kunnskap/tall/"}).content.decode()


@pytest.mark.parametrize("data", [{"message": ""}, {"message": "x", "email": "kari"}, {"message": "x" * 5001}])
def test_mistakes_are_explained_and_nothing_is_kept(client: Client, data: dict[str, str]) -> None:
    html = client.post(URL, data).content.decode()
    assert "Noe må rettes" in html
    assert 'aria-invalid="true"' in html
    assert not Feedback.objects.exists()


def test_what_is_not_a_person_is_thanked_and_forgotten(client: Client) -> None:
    assert client.post(URL, {"message": "Kjøp!", "website": "spam.example"}).status_code == 302
    assert not Feedback.objects.exists()


def test_ten_messages_an_hour_are_enough(client: Client) -> None:
    answers = [client.post(URL, {"message": f"Melding {n}"}).status_code for n in range(PER_HOUR + 1)]
    assert answers == [302] * PER_HOUR + [429]
    assert Feedback.objects.count() == PER_HOUR
    assert client.post(URL, {"message": "Fra en annen"}, REMOTE_ADDR="10.1.1.1").status_code == 302
