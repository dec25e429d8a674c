"""A real browser against a live server: ``page`` (one window), ``screen`` (the same, on a desktop and on a phone).

    def test_it(screen, live_server, sign_in, assert_accessible):
        sign_in(person(Role.PLANNER))
        screen.goto(live_server.url + reverse("document-list"))
        assert_accessible(screen)

Every test fails when the page asks another host for anything, breaks the content security policy or raises an error.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from grunnmur_web.accounts.models import User

# Playwright's synchronous interface runs an event loop in this thread; the tests themselves are not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("GRUNNMUR_CHROMIUM", "/usr/bin/chromium")
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIND_VIOLATIONS = """(rules) => axe.run(document, {runOnly: rules}).then(({violations}) => violations.map(
    ({id, nodes}) => [id, ...nodes.map(({html, failureSummary}) => html + failureSummary)].join("\\n")
))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def base_url() -> str | None:
    """Tests give whole addresses. (The plugin's own fixture is declared in a way that pytest has deprecated.)"""
    return None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, quiet."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Norwegian on a desktop."""
    return {**browser_context_args, "locale": "nb-NO", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def page(page: Page, live_server: Any) -> Iterator[Page]:
    """A window that must stay on its own host and within the security policy."""
    outside: list[str] = []
    problems: list[str] = []

    def note_request(url: str) -> None:
        if not url.startswith((live_server.url, "data:", "blob:", "about:")):
            outside.append(url)

    page.on("request", lambda request: note_request(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    assert outside == [], "the page asked another host for something"
    assert problems == []


@pytest.fixture(params=list(SIZES))
def screen(page: Page, request: pytest.FixtureRequest) -> Page:
    """The window in each size people have."""
    width, height = SIZES[request.param]
    page.set_viewport_size({"width": width, "height": height})
    return page


@pytest.fixture
def sign_in(page: Page, live_server: Any) -> Callable[[User], None]:
    """Sign a person in without walking through the form; the form has a test of its own."""

    def with_session(user: User) -> None:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return with_session


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which npm installs."""
    if not AXE.exists():
        pytest.fail("axe-core is missing: run «npm ci»")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def assert_accessible(axe: str) -> Callable[[Page], None]:
    """No violation of WCAG 2.2 AA or of good practice, and nothing to scroll sideways for."""

    def check(page: Page) -> None:
        page.evaluate(axe)
        violations = page.evaluate(FIND_VIOLATIONS, RULES)
        assert violations == [], "\n".join(violations)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"the page is {overflow} px wider than the window"

    return check
