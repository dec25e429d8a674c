"""Drafts from a language model: asked for by a person, proved by code, adopted by a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from grunnmur_web.accounts.models import Role
from grunnmur_web.models import (
    AuditEvent,
    MergedItem,
    MergedTheme,
    Merging,
    MergingDraft,
    MergingPlan,
    SourceItem,
)
from grunnmur_web.store.merging.drafting import run_draft
from tests.unit.choices.model_server import running, says
from tests.web.library import add_document, person

pytestmark = pytest.mark.django_db
GOAL = "Alle barn skal ha en fast fritidsaktivitet innen 2027."
OTHER = "Foreldrenes økonomi skal ikke avgjøre om barn kan delta."


@pytest.fixture
def item() -> MergedItem:
    """An item of an open merge, with a source from each of two plans."""
    merging = Merging.objects.create(title="Samlet", areas=[{"title": "Sammen", "description": ""}], state="open")
    theme = MergedTheme.objects.create(merging=merging, key="t1", title="Fritid")
    item = MergedItem.objects.create(merging=merging, theme=theme, key="n1", level="goal", text=GOAL)
    for number, text in enumerate((GOAL, OTHER)):
        document = add_document(text, title=f"Plan {number}")
        plan = MergingPlan.objects.create(
            merging=merging, version=document.current, key=f"p{number}", title=f"Plan {number}"
        )
        assert document.current is not None
        start = document.current.text.index(text)
        SourceItem.objects.create(
            merging=merging, plan=plan, key=f"s{number}", type="goal", text=text, start=start, end=start + len(text),
            into=item,
        )  # fmt: skip
    return item


def answer(*sentences: tuple[str, list[int]]) -> dict[str, Any]:
    return {
        "sentences": [
            {"text": text, "citations": [{"number": number, "quote": None} for number in numbers]}
            for text, numbers in sentences
        ]
    }


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(person(Role.PLANNER))
    return client


def asked(planner: Client, item: MergedItem, task: str = "merged-wording") -> MergingDraft:
    name = "merging-item-draft" if task == "merged-wording" else "merging-theme-draft"
    about = item.pk if task == "merged-wording" else item.theme_id
    planner.post(reverse(name, args=[item.merging_id, about]), {"oppgave": task})
    return MergingDraft.objects.get()


def page_of(draft: MergingDraft) -> str:
    return reverse("merging-draft", args=[draft.merging_id, draft.pk])


def act(planner: Client, draft: MergingDraft, what: str) -> None:
    planner.post(reverse("merging-draft-act", args=[draft.merging_id, draft.pk, what]))


def test_without_a_model_nothing_is_offered_and_nothing_is_asked(planner: Client, item: MergedItem) -> None:
    page = planner.get(reverse("merging-item", args=[item.merging_id, item.pk]))
    assert "utkast til ordlyd" not in page.content.decode()
    planner.post(reverse("merging-item-draft", args=[item.merging_id, item.pk]), {"oppgave": "merged-wording"})
    assert not MergingDraft.objects.exists()


def test_a_draft_is_proved_shown_and_adopted_by_a_person(planner: Client, item: MergedItem, settings: Any) -> None:
    written = answer(
        ("Alle barn skal ha en fritidsaktivitet, og økonomi skal ikke avgjøre.", [1, 2]),
        ("Alle barn skal ha tre aktiviteter innen 2025.", [1]),
    )
    with running(says(written)) as model:
        settings.KI_URL, settings.KI_MODEL = model.url, "prøve"
        assert (
            "utkast til ordlyd"
            in planner.get(reverse("merging-item", args=[item.merging_id, item.pk])).content.decode()
        )
        draft = asked(planner, item)
        assert "Språkmodellen er spurt" in planner.get(page_of(draft)).content.decode()
        assert run_draft(draft.pk) == "ready"
    page = planner.get(page_of(draft)).content.decode()
    assert "Skrevet av en språkmodell (prøve). Ingen har tatt stilling til det ennå." in page
    assert "Ikke bevist, og kan ikke tas i bruk." in page
    assert "Tidspunktet «2025» står ikke i kilden." in page
    item.refresh_from_db()
    assert item.text == GOAL, "nothing is written before a person says so"
    act(planner, draft, "ta-i-bruk")
    item.refresh_from_db()
    assert item.text == "Alle barn skal ha en fritidsaktivitet, og økonomi skal ikke avgjøre."
    assert item.edited_by is not None
    assert set(AuditEvent.objects.values_list("act", flat=True)) >= {"merging.draft_asked", "merging.draft_adopted"}


def test_the_same_draft_is_not_used_twice(planner: Client, item: MergedItem, settings: Any) -> None:
    with running(says(answer(("Barn skal delta.", [2])))) as model:
        settings.KI_URL, settings.KI_MODEL = model.url, "prøve"
        draft = asked(planner, item)
        run_draft(draft.pk)
        assert run_draft(draft.pk) is None
    act(planner, draft, "ta-i-bruk")
    MergedItem.objects.filter(pk=item.pk).update(text="Skrevet av et menneske")
    act(planner, draft, "ta-i-bruk")
    item.refresh_from_db()
    assert item.text == "Skrevet av et menneske"


def test_a_draft_with_nothing_proved_cannot_be_used(planner: Client, item: MergedItem, settings: Any) -> None:
    with running(says(answer(("Planen er vedtatt av NAV i 2030.", [1])))) as model:
        settings.KI_URL, settings.KI_MODEL = model.url, "prøve"
        draft = asked(planner, item)
        run_draft(draft.pk)
    assert "Ta det beviste i bruk" not in planner.get(page_of(draft)).content.decode()
    act(planner, draft, "ta-i-bruk")
    item.refresh_from_db()
    assert item.text == GOAL


def test_a_draft_whose_sources_have_moved_cannot_be_used(planner: Client, item: MergedItem, settings: Any) -> None:
    with running(says(answer(("Barn skal delta uansett økonomi.", [2])))) as model:
        settings.KI_URL, settings.KI_MODEL = model.url, "prøve"
        draft = asked(planner, item)
        run_draft(draft.pk)
    MergingDraft.objects.filter(pk=draft.pk).update(
        sentences=[{"text": "Barn skal delta.", "holds": True, "sources": [0], "quotes": [], "faults": []}]
    )
    act(planner, draft, "ta-i-bruk")
    item.refresh_from_db()
    assert item.text == GOAL


def test_nobody_asks_without_end(planner: Client, item: MergedItem, settings: Any) -> None:
    settings.KI_URL = "http://127.0.0.1:9/v1"
    for _ in range(5):
        planner.post(reverse("merging-item-draft", args=[item.merging_id, item.pk]), {"oppgave": "merged-wording"})
    assert MergingDraft.objects.count() == 3


def test_a_name_for_a_theme(planner: Client, item: MergedItem, settings: Any) -> None:
    with running(says(answer(("Fritid for alle barn.", [1])))) as model:
        settings.KI_URL, settings.KI_MODEL = model.url, "prøve"
        draft = asked(planner, item, "theme-title")
        run_draft(draft.pk)
    act(planner, draft, "ta-i-bruk")
    item.theme.refresh_from_db()
    assert item.theme.title == "Fritid for alle barn"


def test_a_model_that_does_not_answer_is_told_in_words(planner: Client, item: MergedItem, settings: Any) -> None:
    with running(says("Hei!")) as model:
        settings.KI_URL, settings.KI_MODEL = model.url, "prøve"
        draft = asked(planner, item)
        assert run_draft(draft.pk) == "failed"
    assert "Svaret fra språkmodellen kunne ikke brukes." in planner.get(page_of(draft)).content.decode()


@pytest.mark.parametrize("role", [None, Role.COMMITTEE_MEMBER, Role.STAFF, Role.ECONOMIST])
def test_only_those_who_decide_ask_and_see(client: Client, item: MergedItem, settings: Any, role: Role | None) -> None:
    settings.KI_URL = "http://127.0.0.1:9/v1"
    Merging.objects.filter(pk=item.merging_id).update(state="finished", finished_at=timezone.now())
    Merging.objects.filter(pk=item.merging_id).update(published_at=timezone.now())
    draft = MergingDraft.objects.create(merging=item.merging, item=item, task="merged-wording")
    if role:
        client.force_login(person(role))
    assert client.get(page_of(draft)).status_code in {302, 403, 404}
    client.post(reverse("merging-item-draft", args=[item.merging_id, item.pk]), {"oppgave": "merged-wording"})
    assert MergingDraft.objects.count() == 1
