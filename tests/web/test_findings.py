"""Deciding what a document says: suggestions and decisions apart, each act logged, each act undoable."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from grunnmur.kernel import BadInput
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import findings as acts
from grunnmur_web.actions.figures import choose_key_figure
from grunnmur_web.models import AuditEvent, Document, Finding, FindingKind, FindingState, KeyFigure, Origin
from grunnmur_web.store import findings as store
from grunnmur_web.views.finding_forms import FORMS, as_number, initial
from tests.web.library import add_document, add_finding, index, person

pytestmark = pytest.mark.django_db
HX: Any = {"HX-Request": "true"}


@pytest.fixture
def planner(client: Client) -> User:
    user = person(Role.PLANNER)
    client.force_login(user)
    return user


@pytest.fixture
def document() -> Document:
    document = add_document(published=False)
    index(document)
    return document


@pytest.fixture
def figure(document: Document) -> Finding:
    return add_finding(
        document, "320 plasser", label="plasser", number=320, unit="places", period="2024", org=None, approx=False,
        state=FindingState.SUGGESTED,
    )  # fmt: skip


def url(finding: Finding, act: str) -> str:
    return reverse("document-finding-decide", args=[finding.version.document_id, finding.pk, act])


def test_accepting_keeps_the_machines_value_and_tells_who_and_when(figure: Finding, planner: User) -> None:
    machine = dict(figure.machine or {})
    acts.accept(figure, by=planner)
    figure.refresh_from_db()
    assert (figure.state, figure.machine, figure.human) == (FindingState.ACCEPTED, machine, None)
    assert figure.decided_by == planner
    assert figure.decided_at is not None


def test_correcting_puts_the_human_value_in_force_and_keeps_the_machines(figure: Finding, planner: User) -> None:
    acts.correct(figure, {"label": "sykehjemsplasser", "number": 321.0, "unit": "places"}, by=planner)
    figure.refresh_from_db()
    assert (figure.number, figure.text) == (321.0, "sykehjemsplasser")
    assert figure.machine is not None
    assert figure.machine["number"] == 320


def test_each_decision_is_logged_with_old_and_new(figure: Finding, planner: User) -> None:
    acts.accept(figure, by=planner)
    acts.correct(figure, {"label": "x", "number": 1.0, "unit": "other"}, by=planner)
    acts.reject(figure, by=planner)
    acts.undo(figure, by=planner)
    events = list(AuditEvent.objects.order_by("id"))
    assert [event.act for event in events] == [
        "finding.accepted", "finding.corrected", "finding.rejected", "finding.undone",
    ]  # fmt: skip
    assert all(event.actor_id == planner.pk for event in events)
    assert events[1].old["state"] == "accepted"  # type: ignore[index]
    assert events[1].new["value"]["number"] == 1.0  # type: ignore[index]


def test_undo_puts_back_exactly_what_stood_there(figure: Finding, planner: User) -> None:
    other = person(Role.PLANNER, "Ola")
    acts.correct(figure, {"label": "ny", "number": 2.0, "unit": "other"}, by=other)
    acts.reject(figure, by=planner)
    acts.undo(figure, by=planner)
    figure.refresh_from_db()
    assert (figure.state, figure.text, figure.decided_by) == (FindingState.CORRECTED, "ny", other)
    with pytest.raises(BadInput, match="nothing-to-undo"):
        acts.undo(figure, by=planner)


def test_undo_of_a_first_decision_makes_it_a_suggestion_again(figure: Finding, planner: User) -> None:
    acts.accept(figure, by=planner)
    acts.undo(figure, by=planner)
    figure.refresh_from_db()
    assert (figure.state, figure.decided_by, figure.decided_at) == (FindingState.SUGGESTED, None, None)


def test_a_warning_is_accepted_or_rejected_never_corrected(document: Document, planner: User) -> None:
    warning = add_finding(
        document, "320", kind=FindingKind.WARNING, code="sum", params={}, passages=[], state=FindingState.SUGGESTED
    )  # fmt: skip
    with pytest.raises(BadInput, match="not-correctable"):
        acts.correct(warning, {}, by=planner)
    acts.accept(warning, by=planner)
    assert warning.state == FindingState.ACCEPTED


def test_an_added_finding_quotes_the_document_whatever_was_typed(document: Document, planner: User) -> None:
    version = document.current
    assert version is not None
    start = version.text.index("behovet vokser")
    value = {"text": "Noe helt annet"}
    finding = acts.add(version, FindingKind.SERVICE, start - 1, start + 14, value, by=planner)
    assert (finding.origin, finding.state) == (Origin.HUMAN, FindingState.ACCEPTED)
    assert version.text[finding.start : finding.end] == "behovet vokser"
    assert acts.undo(finding, by=planner) is None
    assert not Finding.objects.exists()


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 4), (10**6, 10**6 + 5), (0, 10**6)])
def test_a_passage_must_be_text_of_the_document(document: Document, planner: User, start: int, end: int) -> None:
    assert document.current is not None
    with pytest.raises(BadInput, match="bad-passage"):
        acts.add(document.current, FindingKind.LAW, start, end, {"text": "x"}, by=planner)


def test_the_same_thing_is_not_added_twice(figure: Finding, planner: User) -> None:
    with pytest.raises(BadInput, match="already-found"):
        acts.add(figure.version, FindingKind.FIGURE, figure.start, figure.end, {}, by=planner)


def test_all_on_a_page_are_accepted_but_warnings_and_undone_in_one_act(
    document: Document, figure: Finding, planner: User, client: Client
) -> None:
    warning = add_finding(document, "320", kind=FindingKind.WARNING, code="x", state=FindingState.SUGGESTED)
    law = add_finding(document, "livet", kind=FindingKind.LAW, text="livet", state=FindingState.SUGGESTED)
    form = {"side": 1, "fra": 0, "til": 10_000, "versjon": 1}
    page = client.post(reverse("document-finding-accept-all", args=[document.pk]), form, follow=True)
    assert "Du godtok 2 funn." in page.content.decode()
    states = dict(Finding.objects.values_list("pk", "state"))
    assert states == {figure.pk: "accepted", law.pk: "accepted", warning.pk: "suggested"}
    page = client.post(reverse("document-finding-undo-all", args=[document.pk]), follow=True)
    assert "2 avgjørelser er angret." in page.content.decode()
    assert set(Finding.objects.values_list("state", flat=True)) == {"suggested"}


def test_undoing_all_leaves_what_others_have_decided_since(figure: Finding, planner: User) -> None:
    version = figure.version
    ids = acts.accept_all(version, 0, 10_000, by=planner)
    figure.refresh_from_db()
    acts.reject(figure, by=person(Role.PLANNER, "Ola"))
    assert acts.undo_all(version, ids, by=planner) == 0


def test_the_hit_rate_counts_people_who_agreed_with_the_machine(document: Document, planner: User) -> None:
    for passage, decide in (("320", acts.accept), ("gode", acts.accept), ("dag", acts.reject)):
        decide(add_finding(document, passage, kind=FindingKind.LAW, text="x", state=FindingState.SUGGESTED), by=planner)
    changed = add_finding(document, "402", label="x", number=402, unit="places", state=FindingState.SUGGESTED)
    acts.correct(changed, {"label": "y", "number": 402.0, "unit": "places"}, by=planner)
    add_finding(document, "behovet", kind=FindingKind.LAW, text="x", state=FindingState.SUGGESTED)
    assert document.current is not None
    start = document.current.text.index("tjenester")
    acts.add(document.current, FindingKind.LAW, start, start + 9, {"text": "x"}, by=planner)
    rates = store.hit_rates(Finding.objects.all())
    assert [(rate.kind, rate.accepted, rate.decided) for rate in rates] == [("figure", 0, 1), ("law", 2, 3)]
    total = store.total(rates)
    assert total is not None
    assert (total.accepted, total.decided, total.percent) == (2, 4, 50.0)


def test_forms_work_without_the_script_and_come_back_to_the_same_place(
    figure: Finding, planner: User, client: Client
) -> None:
    response: Any = client.post(url(figure, "godta"))
    assert response.url.endswith(f"?side=1&funn={figure.pk}#funn-{figure.pk}")
    figure.refresh_from_db()
    assert figure.state == FindingState.ACCEPTED


def test_with_the_script_only_the_entry_and_the_counts_come_back(
    figure: Finding, planner: User, client: Client
) -> None:
    html = client.post(url(figure, "avvis"), headers=HX).content.decode()
    assert f'id="f-{figure.pk}"' in html
    assert "Avvist av Kari i dag" in html
    assert "0 forslag igjen i dokumentet." in html
    assert "<html" not in html


def test_a_correction_is_read_as_people_write(figure: Finding, planner: User, client: Client) -> None:
    link = reverse("document-finding-correct", args=[figure.version.document_id, figure.pk])
    form = client.get(link, headers=HX).content.decode()
    assert 'value="320"' in form
    data = {"label": "plasser", "number": "1,3 mill.", "unit": "NOK", "period": "2. tertial 2026", "org": ""}
    client.post(link, data, headers=HX)
    figure.refresh_from_db()
    assert figure.human == {
        "label": "plasser", "number": 1_300_000.0, "unit": "NOK", "period": "2026-05/2026-08", "org": None,
        "approx": False,
    }  # fmt: skip
    page = client.get(reverse("document-detail", args=[figure.version.document_id]), {"funn": figure.pk})
    assert "Maskinen leste: 320\xa0plasser" in page.content.decode()


def test_a_wrong_correction_says_what_to_write(figure: Finding, planner: User, client: Client) -> None:
    link = reverse("document-finding-correct", args=[figure.version.document_id, figure.pk])
    data = {"label": "", "number": "mange", "unit": "NOK", "period": "snart"}
    response = client.post(link, data, headers=HX)
    assert response["HX-Retarget"] == f"#f-{figure.pk} .gm-find__more"
    html = client.post(link, data).content.decode()
    assert "Skriv tallet med siffer" in html
    assert "Skriv tallet med siffer" in response.content.decode()
    assert "Skriv et år, en måned eller en periode" in html
    figure.refresh_from_db()
    assert figure.state == FindingState.SUGGESTED


def test_a_finding_is_added_by_its_exact_text(document: Document, planner: User, client: Client) -> None:
    link = reverse("document-finding-add", args=[document.pk])
    page = client.get(link, {"tekst": "320  plasser ved sykehjem", "side": 1, "slag": "figure"}).content.decode()
    assert "«320 plasser ved sykehjem»" in page
    assert 'value="320"' in page
    assert document.current is not None
    start = document.current.text.index("320 plasser")
    data = {"start": start, "end": start + 25, "slag": "figure", "label": "plasser", "number": "320", "unit": "places"}
    client.post(link, data)
    assert Finding.objects.get().number == 320


@pytest.mark.parametrize(
    ("text", "words"),
    [("finnes ikke her", "Kopier den nøyaktig slik den står."), ("i", "Ta med noen ord til"), ("", "Marker teksten")],
)
def test_text_that_is_not_one_place_is_explained(
    document: Document, planner: User, client: Client, text: str, words: str
) -> None:
    query = {"tekst": text, "side": 1, "slag": "law"}
    page = client.get(reverse("document-finding-add", args=[document.pk]), query, follow=True)
    assert words in page.content.decode()


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.STAFF])
def test_only_those_who_work_with_a_document_decide(figure: Finding, role: Role) -> None:
    figure.version.document.status = Document.Status.PUBLISHED
    for act in (acts.accept, acts.reject, acts.undo):
        with pytest.raises(PermissionDenied):
            act(figure, by=person(role, act.__name__))


@pytest.mark.parametrize("kind", list(FORMS))
def test_every_kind_has_a_form_that_gives_its_value_back(kind: str) -> None:
    values: dict[str, dict[str, Any]] = {
        "figure": {"label": "x", "number": -1234.5, "unit": "NOK", "period": "2024-06", "org": None, "approx": True},
        "element": {"type": "goal", "text": "Flere skal mestre", "label": None},
        "action": {
            "text": "Bygge", "org": "Helse", "category": None, "fte": 2.5,
            "effects": [{"year": 2027, "nok": -1_200_000.0}, {"year": None, "nok": 5.0}],
        },
        "milestone": {"date": "2027-01", "text": "Åpning"},
        "law": {"text": "helse- og omsorgstjenesteloven"},
        "service": {"text": "dagsenter", "org": None},
    }  # fmt: skip
    start = initial(kind, values[kind])
    form = FORMS[kind]({name: value for name, value in start.items() if value is not False})
    assert form.is_valid(), form.errors
    assert form.value() == values[kind]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 658", 1658), ("12,5", 12.5), ("−7", -7), ("1,3 mill.", 1.3e6), ("kr. 440.000", 440_000), ("mange", None)],
)
def test_numbers_are_read_as_people_write_them(text: str, number: float | None) -> None:
    assert as_number(text) == number


def test_all_of_one_kind_are_rejected_and_brought_back(
    document: Document, figure: Finding, planner: User, client: Client
) -> None:
    law = add_finding(document, "livet", kind=FindingKind.LAW, text="livet", state=FindingState.SUGGESTED)
    form = {"side": 1, "fra": 0, "til": 10_000, "versjon": 1, "slag": "law"}
    page = client.post(reverse("document-finding-reject-all", args=[document.pk]), form, follow=True)
    assert "Du avviste 1 funn." in page.content.decode()
    assert dict(Finding.objects.values_list("pk", "state")) == {figure.pk: "suggested", law.pk: "rejected"}
    form["slag"] = "warning"
    page = client.post(reverse("document-finding-accept-all", args=[document.pk]), form, follow=True)
    assert "Det var ingen forslag igjen å avgjøre her." in page.content.decode()
    assert acts.undo_all(figure.version, [law.pk], by=planner) == 1
    law.refresh_from_db()
    assert law.state == FindingState.SUGGESTED


def test_the_list_offers_to_decide_only_what_waits(
    document: Document, figure: Finding, planner: User, client: Client
) -> None:
    address = reverse("document-detail", args=[document.pk])
    assert "1 forslag i listen" in client.get(address).content.decode()
    client.post(url(figure, "godta"))
    assert "Godta alle" not in client.get(address).content.decode()


def front_page_row(shown: KeyFigure) -> tuple[object, ...]:
    shown.refresh_from_db()
    return shown.label, shown.value, shown.unit, shown.period, shown.status


def test_a_label_written_for_the_front_page_stays_when_the_figure_is_corrected(figure: Finding, planner: User) -> None:
    acts.accept(figure, by=planner)
    shown = choose_key_figure(figure, by=planner)
    KeyFigure.objects.update(label="Plasser på sykehjem i Larvik")
    acts.correct(figure, {"label": "rom", "number": 331.0, "unit": "places"}, by=planner)
    assert front_page_row(shown)[:2] == ("Plasser på sykehjem i Larvik", 331.0)


def test_the_front_page_follows_decisions(figure: Finding, planner: User) -> None:
    acts.accept(figure, by=planner)
    shown = choose_key_figure(figure, by=planner)
    before = front_page_row(shown)
    right = {"label": "rom", "number": 3.31, "unit": "percent", "period": "2031", "approx": True}
    acts.correct(figure, right, by=planner)
    assert front_page_row(shown) == ("rom", 3.31, "percent", "2031", "approximate")
    acts.undo(figure, by=planner)
    assert front_page_row(shown) == before
    assert before[1:2] == (320.0,)
    acts.reject(figure, by=planner)
    assert not KeyFigure.objects.exists()
    removed = AuditEvent.objects.get(act="key_figure.removed")
    assert removed.actor_id == planner.pk


def test_taking_away_what_one_added_tells_how_many_are_left(document: Document, planner: User, client: Client) -> None:
    assert document.current is not None
    start = document.current.text.index("behovet")
    added = acts.add(document.current, FindingKind.LAW, start, start + 7, {"text": "x"}, by=planner)
    html = client.post(url(added, "angre"), headers=HX).content.decode()
    assert 'id="doc-counts"' in html
    assert "Funnet er tatt bort." in html
    assert f"f-{added.pk}" not in html
