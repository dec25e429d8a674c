"""Language and appearance are remembered, and every word is there in all three languages."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.test import Client, RequestFactory
from django.utils import translation

import grunnmur_web
from grunnmur_web.views.locale import language_of
from tests.web.library import person

WEB = Path(str(grunnmur_web.__file__)).parent
ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = {path.parent.parent.name: path for path in (WEB / "locale").glob("*/LC_MESSAGES/django.po")}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")
TAG = re.compile(r"<[^>]+>")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}


def test_there_are_catalogues_for_nynorsk_and_english() -> None:
    assert set(CATALOGUES) == {"nn", "en"}


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_catalogues_are_complete(language: str) -> None:
    catalogue = polib.pofile(str(CATALOGUES[language]))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_placeholders_and_markup_are_the_same(language: str) -> None:
    wrong = [
        (original, text)
        for entry in polib.pofile(str(CATALOGUES[language]))
        for original, text in _pairs(entry)
        for pattern in (PLACEHOLDER, TAG)
        if sorted(pattern.findall(original)) != sorted(pattern.findall(text))
    ]
    assert wrong == []


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    if entry.msgid_plural:
        return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
    return [(entry.msgid, entry.msgstr)]


def test_the_two_catalogues_have_the_same_messages() -> None:
    messages = [{(one.msgctxt, one.msgid) for one in polib.pofile(str(path))} for path in CATALOGUES.values()]
    assert messages[0] == messages[1]


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="collecting messages needs GNU gettext")
def test_every_message_in_the_code_is_in_the_catalogues(tmp_path: Path) -> None:
    copy = tmp_path / "grunnmur_web"
    shutil.copytree(WEB, copy, ignore=shutil.ignore_patterns("static", "locale", "__pycache__"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location", "--no-wrap", "-v", "0"]
    without_settings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, check=True, capture_output=True, env=without_settings)
    collected = polib.pofile(str(copy / "locale/en/LC_MESSAGES/django.po"))
    kept = {(one.msgctxt, one.msgid) for one in polib.pofile(str(CATALOGUES["en"]))}
    assert {(one.msgctxt, one.msgid) for one in collected} - kept == set()


def test_messages_are_never_put_together_before_they_are_translated() -> None:
    """An f-string or a sum inside gettext is a message that no catalogue can hold."""
    wrong = []
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT:
                texts = node.args[:1] if getattr(node.func, "id", "") != "ngettext" else node.args[:2]
                wrong += [f"{path.name}:{node.lineno}" for text in texts if not isinstance(text, ast.Constant)]
    assert wrong == []


def test_messages_never_stand_inside_an_f_string() -> None:
    """Whoever collects messages does not see them there, and they would stay Norwegian in every language."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in WEB.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in GETTEXT
    ]
    assert hidden == []


def test_catalogues_compile_to_what_polib_reads(tmp_path: Path) -> None:
    for language, source in CATALOGUES.items():
        target = tmp_path / f"{language}.po"
        shutil.copy(source, target)
        script = "import sys, messages; messages.compile_catalogue(messages.Path(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", script, str(target)], cwd=ROOT / "frontend", check=True)
        ours, theirs = polib.mofile(str(target.with_suffix(".mo"))), polib.pofile(str(source))
        read = {(one.msgctxt, one.msgid): (one.msgstr, one.msgstr_plural) for one in ours}
        assert read == {(one.msgctxt, one.msgid): (one.msgstr, one.msgstr_plural) for one in theirs if one.msgid}


def test_a_compiled_message_comes_out_in_each_language() -> None:
    words = {}
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            words[language] = translation.gettext("Tall")
    assert words == {"nb": "Tall", "nn": "Tal", "en": "Figure"}


@pytest.mark.parametrize(
    ("header", "cookie", "language"),
    [
        ("", "", "nb"),
        ("en-US,en;q=0.9", "", "nb"),
        ("en-US,nn;q=0.5,nb;q=0.4", "", "nn"),
        ("no,nn;q=0.9", "", "nb"),
        ("nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en-US;q=0.6", "", "nb"),
        ("nn-NO", "", "nn"),
        ("nn;q=x,nb;q=0.1", "", "nb"),
        ("nn", "en", "en"),
        ("nn", "de", "nn"),
    ],
)
def test_a_norwegian_site_is_norwegian_until_someone_chooses(header: str, cookie: str, language: str) -> None:
    request = RequestFactory().get("/", headers={"accept-language": header})
    request.COOKIES["django_language"] = cookie
    assert language_of(request) == language


@pytest.mark.django_db
def test_choosing_a_language_keeps_it_and_the_place(client: Client) -> None:
    response = client.post("/sprak/", {"language": "nn", "next": "/om/?a=1"})
    assert response.headers["Location"] == "/om/?a=1"
    page = client.get("/om/")
    assert '<html lang="nn"' in page.content.decode()
    assert page.headers["Content-Language"] == "nn"


@pytest.mark.django_db
def test_the_choice_follows_the_user_to_the_next_device(client: Client) -> None:
    user = person()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/sprak/", {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"
    other = Client()
    other.post("/konto/login/", {"login": user.email, "password": "passord-til-prøving"})
    assert '<html lang="en"' in other.get("/om/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://ond.example/", "//ond.example/", "javascript:alert(1)", ""])
def test_going_back_never_leaves_the_site(client: Client, target: str) -> None:
    assert client.post("/sprak/", {"language": "en", "next": target}).headers["Location"] == "/"


@pytest.mark.django_db
def test_a_language_that_is_not_offered_is_ignored(client: Client) -> None:
    assert client.post("/sprak/", {"language": "de"}).cookies == {}
    assert client.get("/sprak/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(("chosen", "shown"), [("dark", "dark"), ("light", "light"), ("auto", "auto"), ("x", "auto")])
def test_the_appearance_is_in_the_page_from_the_server(client: Client, chosen: str, shown: str) -> None:
    client.post("/utseende/", {"appearance": chosen})
    assert f'data-color-scheme="{shown}"' in client.get("/om/").content.decode()
