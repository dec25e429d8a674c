"""The shape of the code, kept by tests: direction, size, and a core that needs no web framework."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts)
FUNCTION_LINES = 40
FILE_LINES = 400
OWN_JAVASCRIPT_LINES = 1000
RUNTIME_DEPENDENCIES = 22


def test_direction_rules_hold() -> None:
    """Import-linter's contracts: core without web, stages in order, web layers."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


IMPORT_ALL = """
import importlib, pkgutil, sys
for name in ("django", "ninja", "django_htmx", "allauth"):
    sys.modules[name] = None
import grunnmur
names = [module.name for module in pkgutil.walk_packages(grunnmur.__path__, "grunnmur.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def test_every_core_module_imports_when_django_cannot() -> None:
    """Catches what import-linter can't see: imports by name at run time."""
    result = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) > 20


def _functions(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    ]


def test_functions_stay_short() -> None:
    sizes = sorted((size for path in SOURCES for size in _functions(path)), reverse=True)
    too_long = [where for lines, where in sizes if lines > FUNCTION_LINES]
    assert not too_long, f"over {FUNCTION_LINES} lines: {too_long}"
    assert sizes[len(sizes) // 2][0] <= 12, "the median function has grown beyond twelve lines"


def test_files_stay_short() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    too_long = {name: lines for name, lines in sizes.items() if lines > FILE_LINES}
    assert not too_long, f"over {FILE_LINES} lines: {too_long}"


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    vague = {"utils", "util", "helpers", "common", "misc", "manager"}
    assert not [path for path in SOURCES if path.stem in vague or vague & set(path.parts)]


def test_own_javascript_stays_small() -> None:
    scripts = (ROOT / "src/grunnmur_web/static/grunnmur").rglob("*.js")
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in scripts) < OWN_JAVASCRIPT_LINES


def _dependency_lines(section: str) -> list[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(rf"^{section} = \[\n(.*?)^\]", text, re.M | re.S)
    assert block, section
    return [line.strip() for line in block[1].splitlines() if line.strip()]


@pytest.mark.parametrize("section", ["dependencies", "web", "ki", "scale", "ocr"])
def test_every_runtime_dependency_says_why(section: str) -> None:
    assert [line for line in _dependency_lines(section) if "#" not in line] == []


def test_the_core_has_few_dependencies() -> None:
    assert len(_dependency_lines("dependencies")) <= RUNTIME_DEPENDENCIES


def _tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    paths = [ROOT / name for name in names.splitlines()] or list((ROOT / "src").rglob("*"))
    return [path for path in paths if path.is_file()]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_no_file_names_a_package_registry() -> None:
    # Put together here so that this file does not name them either.
    hosts = [".".join(parts) for parts in [("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org")]]
    texts = {path: path.read_bytes() for path in _tracked()}
    assert [p for p, text in texts.items() if any(host.encode() in text for host in hosts)] == []


def test_lock_files_carry_hashes() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        pinned = re.findall(r"^[\w.\[\]-]+==", text, re.M)
        blocks = re.split(r"\n(?=[\w.\[\]-]+==)", text)
        assert len(pinned) == sum("--hash=sha256:" in block for block in blocks), path.name


def test_the_core_reads_a_file_without_the_web_extra(tmp_path: Path) -> None:
    """The command works where only the core is installed."""
    (tmp_path / "plan.md").write_text("# Plan\n\n## Mål\n\n- Flere skal mestre eget liv.\n", encoding="utf-8")
    code = "import sys; sys.modules['django'] = None; from grunnmur.cli.main import run; run()"
    result = subprocess.run(
        [sys.executable, "-c", code, "read", str(tmp_path / "plan.md"), "--text"],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "Flere skal mestre eget liv." in result.stdout
