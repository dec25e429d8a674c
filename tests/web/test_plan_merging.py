"""A finished merge becomes a plan, with the trace back to every source."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from grunnmur.kernel import BadInput
from grunnmur_web.accounts.models import Role
from grunnmur_web.actions.plan_merging import plan_from
from grunnmur_web.models import Merging, Plan, SourceItem
from tests.web.library import person
from tests.web.mergings import add_merging
from tests.web.plans import texts

pytestmark = pytest.mark.django_db


def finished() -> Merging:
    merging = add_merging()
    Merging.objects.update(state=Merging.State.FINISHED, finished_at=timezone.now())
    merging.refresh_from_db()
    return merging


def test_areas_themes_and_items_come_along_with_every_passage(client: Client) -> None:
    merging = finished()
    client.force_login(person())
    assert merging.title in client.get(reverse("plan-new")).content.decode()
    client.post(reverse("plan-from-merging"), {"sammenstilling": merging.pk})
    plan = Plan.objects.get(name=merging.title)
    assert texts(plan)[:3] == [
        (0, merging.areas[0]["title"]),
        (1, "Kunst og kulturskole"),
        (2, "Alle barn skal møte kunst."),
    ]
    assert plan.elements.filter(depth=2).count() == merging.items.count()
    both = plan.elements.get(text="Alle barn skal møte kunst.")
    assert both.sources.count() == 2
    assert {level.name for level in plan.levels.all()} >= {"Hovedområde", "Tema", "Mål", "Tiltak"}
    placed = SourceItem.objects.filter(into__isnull=False).count()
    assert sum(row.sources.count() for row in plan.elements.all()) == placed
    assert "Alle barn skal møte kunst." in client.get(reverse("plan-edit", args=[plan.slug])).content.decode()


def test_only_a_finished_merge_and_only_by_those_who_make_plans() -> None:
    merging = add_merging()
    with pytest.raises(BadInput, match="merging-not-finished"):
        plan_from(merging, by=person())
    with pytest.raises(PermissionDenied):
        plan_from(finished(), by=person(Role.STAFF, "Ola"))
    assert not Plan.objects.filter(name=merging.title).exists()
