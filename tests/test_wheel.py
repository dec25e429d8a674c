"""What a user installs: the built wheel carries all that the site needs, also what is not Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"src/grunnmur": "grunnmur", "src/grunnmur_web": "grunnmur_web", "demo": "grunnmur_web/demo_data"}
LEFT_BEHIND = (".pyc", ".pyo")


def _builder(out: Path) -> list[str]:
    if find_spec("build") and find_spec("hatchling"):
        return [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    if uv := shutil.which("uv"):
        return [uv, "build", "--wheel", "--out-dir", str(out)]
    pytest.skip("nothing here builds a wheel: neither build with hatchling nor uv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel."""
    out = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(_builder(out), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = out.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def _source(folder: str, under: str = "") -> set[str]:
    root = ROOT / folder
    files = (path for path in (root / under).rglob("*") if path.is_file() and path.suffix not in LEFT_BEHIND)
    return {f"{FOLDERS[folder]}/{path.relative_to(root).as_posix()}" for path in files}


@pytest.mark.parametrize("under", ["static/vendor", "static/grunnmur", "templates", "migrations"])
def test_the_wheel_carries_what_the_site_shows(wheel: set[str], under: str) -> None:
    expected = _source("src/grunnmur_web", under)
    assert expected
    assert sorted(expected - wheel) == []


@pytest.mark.parametrize(
    "name",
    [
        "static/vendor/designsystemet.css", "static/vendor/theme.css", "static/vendor/htmx.js",
        "static/vendor/icons.svg", "locale/nn/LC_MESSAGES/django.mo", "locale/en/LC_MESSAGES/django.mo",
        "demo_data/larvik/organisation.yaml", "demo_data/plans/kulturplan-2018-2028.md", "demo_data/build/word.py",
        "templates/account/login.html", "py.typed",
    ],
)  # fmt: skip
def test_the_wheel_carries(wheel: set[str], name: str) -> None:
    assert f"grunnmur_web/{name}" in wheel


def test_the_wheel_carries_the_demo_and_the_data_of_the_core(wheel: set[str]) -> None:
    assert sorted((_source("demo") | _source("src/grunnmur")) - wheel) == []


def test_the_wheel_carries_nothing_else(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"grunnmur", "grunnmur_web"}
    assert not [name for name in wheel if name.endswith((*LEFT_BEHIND, ".sqlite3", ".env"))]
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
