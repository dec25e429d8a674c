"""The frame around every page: the chain, the head and the foot, the parts, and the security policy."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

import grunnmur_web
from grunnmur_web.accounts.models import Role
from grunnmur_web.pages.navigation import STAGES, navigation
from tests.web.library import add_document, person

WEB = Path(str(grunnmur_web.__file__)).parent
ROOT = Path(__file__).resolve().parents[2]
PAGES = ["front", "about-page", "accessibility-page", "feedback-form", "account_login", "document-list", "figure-list"]


class Tags(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def render(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    template = Template("{% load grunnmur_parts grunnmur_formats %}" + source)
    return template.render(Context({"request": request, "csrf_token": "x" * 32, **context}))


def test_the_menu_is_the_chain_in_its_order() -> None:
    stages = navigation("document-list")
    assert [str(stage.name) for stage in stages] == ["Kunnskap", "Veivalg"]
    knowledge = stages[0]
    assert [str(page.name) for page in knowledge.pages] == ["Kilder", "Tall", "Søk"]
    assert knowledge.here
    assert [page.here for page in knowledge.pages] == ["page", "", ""]


def test_pages_below_a_menu_page_belong_to_it() -> None:
    knowledge, *_others = navigation("document-detail")
    assert [page.here for page in knowledge.pages] == ["true", "", ""]
    assert not navigation("front")[0].here


def test_every_page_in_the_menu_exists() -> None:
    assert all(reverse(page.url_name) for stage in STAGES for page in stage.pages)


@pytest.mark.django_db
def test_the_thread_is_dotted_until_there_is_something_to_follow(client: Client) -> None:
    assert "data-walked" not in client.get("/om/").content.decode()
    draft = add_document(published=False)
    assert "data-walked" not in client.get("/om/").content.decode()
    draft.status, draft.published_at = "published", draft.created_at
    draft.save()
    assert "data-walked" in client.get("/om/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_anything_inline_or_from_another_host(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    html = response.content.decode()
    assert response.status_code == 200
    for tag, attributes in Tags(html).found:
        assert "style" not in attributes, f"<{tag}> has a style attribute"
        assert not [key for key in attributes if key.startswith("on")], f"<{tag}> has an inline handler"
        assert tag not in {"style"}
        if tag in {"script", "link", "img", "iframe", "source"}:
            address = attributes.get("src") or attributes.get("href")
            assert address and address.startswith("/"), f"<{tag}> gets {address}"
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_each_page_names_itself_and_the_municipality(client: Client, name: str) -> None:
    html = client.get(reverse(name)).content.decode()
    title = re.search(r"<title>\s*(.*?)\s*</title>", html, re.DOTALL)
    assert title and re.fullmatch(r"\S.* – Larvik kommune", title[1])
    assert html.count("<h1") == 1
    assert '<html lang="nb"' in html


@pytest.mark.django_db
def test_a_page_that_does_not_exist_answers_in_the_frame(client: Client) -> None:
    response = client.get("/finnes-ikke/")
    assert response.status_code == 404
    assert "Siden finnes ikke" in response.content.decode()
    assert "gm-chain" in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_host_is_refused_and_not_an_error_of_ours(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["larvik.example"]
    response = client.get("/", headers={"host": "ond.example"})
    assert response.status_code == 400
    assert "Ingenting er endret" in response.content.decode()


def test_the_error_page_of_last_resort_needs_no_context() -> None:
    assert "Det du hadde lagret, er trygt" in Template((WEB / "templates/500.html").read_text()).render(Context())


@pytest.mark.django_db
def test_the_user_menu_has_what_the_person_may_open(client: Client) -> None:
    user = person()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get("/om/").content.decode()
    assert "Min side" in html and "Administrasjon" not in html
    user.role = Role.ADMINISTRATOR
    user.save()
    assert "Administrasjon" in client.get("/om/").content.decode()


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "House" %}')
    assert 'role="img" aria-label="Hjem"' in render('{% icon "House" label="Hjem" %}')


def test_every_icon_used_is_in_the_sprite() -> None:
    names = set((ROOT / "frontend/icons.txt").read_text().split())
    files = [path for ending in ("*.html", "*.py") for path in WEB.rglob(ending)]
    used = {name for path in files for name in re.findall(r'icon[ (=]+"(\w+)"', path.read_text(encoding="utf-8"))}
    assert len(used) > 5
    assert used - {"MagnifyingGlass"} <= names


def test_sorting_turns_and_forgets_the_page_number() -> None:
    html = render('{% sort_header "Tall" "number" %}', "/?q=plan&side=3")
    assert 'aria-sort="none"' in html and "?q=plan&amp;sorter=number" in html
    html = render('{% sort_header "Tall" "number" %}', "/?sorter=number")
    assert 'aria-sort="ascending"' in html and "?sorter=-number" in html
    assert 'aria-sort="descending"' in render('{% sort_header "Tall" "number" %}', "/?sorter=-number")


def test_pagination_keeps_the_filters_and_marks_where_one_is() -> None:
    page = Paginator(range(100), 10).page(2)
    html = render("{% pagination page %}", "/?q=plan&side=2", page=page)
    assert "?q=plan&amp;side=3" in html
    assert html.count('aria-current="page"') == 1
    assert "Viser 11–20 av 100" in html
    assert render("{% pagination page %}", page=Paginator(range(5), 10).page(1)).strip() == ""


def test_a_table_has_a_caption_and_can_be_scrolled_by_keyboard() -> None:
    html = render("{% table caption %}<tbody></tbody>{% endtable %}", caption="Alle <tall>")
    assert '<caption id="tabell-alle-tall">Alle &lt;tall&gt;</caption>' in html
    assert 'role="region" aria-labelledby="tabell-alle-tall" tabindex="0"' in html


def test_what_people_write_is_escaped_in_every_part() -> None:
    nasty = "<script>x</script>"
    for source in (
        "{% source_link '/a' nasty %}", "{% state_tag nasty %}", "{% breadcrumbs '/' nasty %}",
        "{% progress 1 2 label=nasty %}", "{% error_text nasty %}",
    ):  # fmt: skip
        assert "<script>" not in render(source, nasty=nasty)


def test_own_scripts_stay_small() -> None:
    lines = sum(len(path.read_text().splitlines()) for path in (WEB / "static/grunnmur/js").rglob("*.js"))
    assert 0 < lines < 1000


def test_the_npm_lock_is_pinned_and_has_no_download_addresses() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    wanted = json.loads((ROOT / "package.json").read_text())
    versions = [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
