"""Who may do what to which plan: role × whose plan it is × whether it is published, at every address."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import plan_comments, plan_editions, plans
from grunnmur_web.models import AuditEvent, OrgUnit, Plan, PlanComment
from grunnmur_web.permissions import PlanAct, Visitor, can_plan, visible_plans
from tests.web.library import person
from tests.web.plans import add_plan, add_tree, texts

pytestmark = pytest.mark.django_db

# V see · D see the elements being worked on · E edit · M see to comments · P publish · X delete
TABLE = """
role              own     unit    other   published
resident          -       -       -       V
staff             VDEM    V       V       V
unit_leader       VDEM    VDEMP   V       V
planner           VDEMPX  VDEMPX  VDEMPX  VDEMPX
economist         VDEM    VD      VD      VD
committee_member  -       -       -       V
administrator     VDEMPX  VDEMPX  VDEMPX  VDEMPX
"""
LETTERS = {
    "V": PlanAct.VIEW, "D": PlanAct.VIEW_DRAFT, "E": PlanAct.EDIT, "M": PlanAct.MODERATE, "P": PlanAct.PUBLISH,
    "X": PlanAct.DELETE,
}  # fmt: skip
COLUMNS = ["own", "unit", "other", "published"]
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
CASES = [
    (row[0], column, row[n + 1])
    for row in ROWS
    for n, column in enumerate(COLUMNS)
    if not (row[0] == "resident" and column == "own")
]
Address = tuple[str, list[Any]]
READ: list[Address] = [("plan-detail", []), ("plan-edition", [1]), ("plan-export", ["html"]), ("plan-number", ["1"])]
WORK: list[Address] = [
    ("plan-edit", []),
    ("plan-levels", []),
    ("plan-facts", []),
    ("plan-history", []),
    ("plan-comments", []),
]
ACTS: list[Address] = [
    ("plan-act", ["angre"]), ("plan-act", ["hent"]), ("plan-act", ["nytt"]), ("plan-publish", []),
    ("plan-withdraw", [1]), ("plan-delete", []), ("plan-facts", []), ("plan-levels", []),
    ("plan-element-write", ["ELEMENT"]), ("plan-element-act", ["ELEMENT", "opp"]),
    ("plan-element-act", ["ELEMENT", "fjern"]), ("plan-element-act", ["ELEMENT", "nytt"]),
    ("plan-version", ["VERSION"]), ("plan-comment-act", ["COMMENT", "vis"]),
]  # fmt: skip


@pytest.fixture
def boss() -> User:
    return person(Role.ADMINISTRATOR, "Sjef")


def visitor(role: str) -> Visitor:
    return AnonymousUser() if role == "resident" else person(Role(role))


@pytest.mark.parametrize(("role", "column", "letters"), CASES, ids=[f"{r} {c}" for r, c, _ in CASES])
def test_role_by_plan(role: str, column: str, letters: str, boss: User) -> None:
    user = visitor(role)
    plan = add_plan(boss)
    add_tree(plan, boss)
    if column == "own":
        plan.owner = user  # type: ignore[assignment]
    elif column == "unit":
        plan.unit = OrgUnit.objects.create(slug="helse", name="Helse", kind="service_area")
        if role == "unit_leader":
            plan.unit.leaders.add(user)  # type: ignore[arg-type]
    elif column == "published":
        plan_editions.publish(plan, by=boss)
    plan.save()
    assert {letter for letter, act in LETTERS.items() if can_plan(user, act, plan)} == set(letters) - {"-"}
    assert visible_plans(user).filter(pk=plan.pk).exists() == ("V" in letters)


def test_only_planners_and_administrators_put_plans_in_the_register() -> None:
    may = {role for role in Role if can_plan(person(role), PlanAct.CREATE)}
    assert may == {Role.PLANNER, Role.ADMINISTRATOR}
    assert not can_plan(AnonymousUser(), PlanAct.CREATE)


def heard(boss: User, *, published: bool) -> tuple[Plan, dict[str, Any]]:
    plan = add_plan(boss, "Hemmelig plan")
    row = add_tree(plan, boss)["Mål to"]
    names: dict[str, Any] = {"ELEMENT": row.public_id, "VERSION": plan.versions.order_by("-id")[1].pk, "COMMENT": 1}
    if published:
        plans.change(plan, {"status": Plan.Status.HEARING}, by=boss)
        plan_editions.publish(plan, by=boss)
        names["COMMENT"] = plan_comments.comment(plan, row.public_id, "Venter på dere").pk
    return plan, names


def address(plan: Plan, name: str, arguments: list[Any], names: dict[str, Any]) -> str:
    return reverse(name, args=[plan.slug, *(names.get(part, part) for part in arguments)])


@pytest.mark.parametrize("role", ["resident", "committee_member"])
def test_a_plan_with_nothing_published_does_not_exist_for_those_outside(client: Client, role: str, boss: User) -> None:
    plan, names = heard(boss, published=False)
    if role != "resident":
        client.force_login(person(Role(role)))
    for name, arguments in READ:
        assert client.get(address(plan, name, arguments, names)).status_code == 404, name
    for name, arguments in WORK:
        assert client.get(address(plan, name, arguments, names)).status_code in {302, 404}, name
    for name, arguments in ACTS:
        response: Any = client.post(address(plan, name, arguments, names))
        assert response.status_code == 404 or "/konto/login/" in response.url, name
    assert "Hemmelig" not in client.get(reverse("plan-list")).content.decode()
    assert client.get(f"/api/plans/{plan.slug}/elements").status_code == 404
    assert client.get("/api/plans").json() == []


@pytest.mark.parametrize("role", ["resident", "committee_member", "staff", "unit_leader", "economist"])
def test_a_published_plan_is_read_by_all_and_changed_by_none_of_these(client: Client, role: str, boss: User) -> None:
    plan, names = heard(boss, published=True)
    before, events = texts(plan), AuditEvent.objects.count()
    if role != "resident":
        client.force_login(person(Role(role)))
    for name, arguments in READ:
        assert client.get(address(plan, name, arguments, names)).status_code in {200, 302}, name
    for name, arguments in ACTS:
        response: Any = client.post(address(plan, name, arguments, names))
        assert response.status_code == 403 or "/konto/login/" in response.url, name
    shown = client.get(reverse("plan-detail", args=[plan.slug])).content.decode()
    assert "Venter på dere" not in shown
    assert (texts(plan), AuditEvent.objects.count()) == (before, events)
    assert PlanComment.objects.get().state == PlanComment.State.WAITING
    assert len(client.get(f"/api/plans/{plan.slug}/elements").json()) == 4


def test_who_owns_a_plan_is_not_told_outside(client: Client, boss: User) -> None:
    plan, _names = heard(boss, published=True)
    Plan.objects.filter(pk=plan.pk).update(owner=person(Role.PLANNER, "Kari Eiersen"))
    for url in (reverse("plan-list"), reverse("plan-detail", args=[plan.slug])):
        assert "Kari Eiersen" not in client.get(url).content.decode()


def test_every_write_leaves_a_row_in_the_log(boss: User) -> None:
    plan, names = heard(boss, published=True)
    comment = PlanComment.objects.get(pk=names["COMMENT"])
    plan_comments.moderate(comment, PlanComment.State.SHOWN, by=boss)
    plan_comments.answer(comment, "Takk", by=boss)
    edition = comment.edition
    plan_editions.withdraw(plan, edition, by=boss)
    written = set(AuditEvent.objects.values_list("act", flat=True))
    assert {
        "plan.created", "plan.added", "plan.changed", "plan.published", "plan.commented", "plan.moderated",
        "plan.answered", "plan.withdrawn",
    } <= written  # fmt: skip
