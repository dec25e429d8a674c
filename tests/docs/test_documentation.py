"""What the documentation promises is so."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import grunnmur

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _public_classes() -> set[str]:
    """Classes that a package names in ``__all__``: the surface other code builds on."""
    names: set[str] = set()
    for found in pkgutil.walk_packages(grunnmur.__path__, "grunnmur."):
        module = importlib.import_module(found.name)
        exported = {name: getattr(module, name) for name in getattr(module, "__all__", ())}
        names |= {name for name, value in exported.items() if inspect.isclass(value)}
    return names


def _glossary_codes() -> set[str]:
    return set(re.findall(r"`(\w+)`", (ROOT / "docs/GLOSSARY.md").read_text(encoding="utf-8")))


def test_every_public_class_of_the_core_is_in_the_glossary() -> None:
    assert sorted(_public_classes() - _glossary_codes()) == []


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "src/grunnmur_web/settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'env(?:_flag|_list)?\(\s*"(\w+)"', settings))
    documented = (ROOT / "docs/drift.md").read_text(encoding="utf-8")
    assert names
    assert sorted(name for name in names if f"`{name}`" not in documented) == []


def test_every_command_is_documented() -> None:
    from typer.main import get_command

    from grunnmur.cli.main import application

    documented = (ROOT / "README.md").read_text(encoding="utf-8")
    names = set(get_command(application()).commands)  # type: ignore[attr-defined]
    assert {"read", "extract"} <= names
    assert sorted(name for name in names if f"grunnmur {name}" not in documented) == []


def test_relative_links_in_the_documentation_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in DOCS
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_dated_and_short() -> None:
    pages = sorted((ROOT / "docs/adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.search(r"^\*(Accepted|Superseded) \d{4}-\d{2}-\d{2}", text, re.M), page.name
        assert len(text.split()) < 500, f"{page.name} is longer than a page"
