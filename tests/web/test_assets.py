"""What the browser gets comes from the package itself, with its licences, and is built from what npm has locked."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import grunnmur_web

STATIC = Path(str(grunnmur_web.__file__)).parent / "static"
VENDOR = STATIC / "vendor"
ROOT = Path(__file__).resolve().parents[2]
FILES = ["theme.css", "designsystemet.css", "designsystemet.js", "htmx.js", "inter.css", "icons.svg"]


@pytest.mark.parametrize("name", FILES)
def test_every_asset_is_there(name: str) -> None:
    assert (VENDOR / name).stat().st_size > 1000


def test_stylesheets_fetch_nothing_from_elsewhere() -> None:
    for path in STATIC.rglob("*.css"):
        addresses = re.findall(r"url\(\s*[\"']?([^)\"']{0,200})", path.read_text(encoding="utf-8"))
        assert not [one for one in addresses if one.startswith(("http", "//"))], path.name
        for relative in (one for one in addresses if not one.startswith("data:")):
            assert (path.parent / relative).exists(), relative


def test_nothing_points_to_maps_that_are_not_shipped() -> None:
    assert not [path.name for path in STATIC.rglob("*.*s") if "sourceMappingURL" in path.read_text(encoding="utf-8")]


def test_the_fonts_cover_norwegian_and_sami() -> None:
    faces = (VENDOR / "inter.css").read_text()
    assert faces.count("@font-face") == 4
    assert "U+0000-00FF" in faces and "U+0100-02BA" in faces


def test_each_borrowed_part_has_its_licence() -> None:
    kept = {path.stem for path in (VENDOR / "licences").iterdir()}
    assert kept == {
        "digdir-designsystemet-css", "digdir-designsystemet-web", "fontsource-variable-inter", "htmx.org",
        "navikt-aksel-icons",
    }  # fmt: skip


def test_the_theme_has_the_colours_of_its_configuration() -> None:
    theme = (VENDOR / "theme.css").read_text()
    assert all(f"--ds-color-{name}-base-default" in theme for name in ("fjord", "traad", "lav", "neutral"))


@pytest.mark.skipif(shutil.which("node") is None, reason="building assets needs Node")
def test_building_again_changes_nothing() -> None:
    before = {path: path.stat().st_mtime_ns for path in VENDOR.rglob("*")}
    done = subprocess.run(["node", "frontend/build.mjs"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "up to date" in done.stdout
    assert before == {path: path.stat().st_mtime_ns for path in VENDOR.rglob("*")}
