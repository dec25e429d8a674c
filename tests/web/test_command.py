"""Serving, the demo and backup, as the command runs them."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grunnmur.cli.running import USAGE_ERROR
from grunnmur_web import backup, command
from grunnmur_web.models import Document

ROOT = Path(__file__).resolve().parents[2]


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One ``grunnmur`` command with its own data folder and SQLite."""
    environment = {**os.environ, "GRUNNMUR_DATA": str(data), "DJANGO_SETTINGS_MODULE": "grunnmur_web.settings"}
    environment.pop("DATABASE_URL", None)
    command_line = [sys.executable, "-m", "grunnmur_web", *arguments]
    return subprocess.run(
        command_line, capture_output=True, text=True, env=environment, cwd=data.parent, check=False, timeout=600
    )


def test_a_taken_port_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert command.run_site("127.0.0.1", port) == command.PORT_TAKEN
    assert f"127.0.0.1:{port} er opptatt" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serve", "--port", "x"], "Porten må være et tall mellom 1 og 65535."),
        (["serve", "--port", "65536"], "Porten må være et tall mellom 1 og 65535."),
        (["serve", "ekstra"], "Det finnes ingen slik kommando eller slikt argument."),
        (["demo", "--feil"], "Det finnes ikke noe valg som heter --feil."),
        (["backup"], "Det mangler noe: FIL."),
    ],
)
def test_a_command_written_wrong_gets_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == USAGE_ERROR
    assert capsys.readouterr().err == f"{said} Prøv «grunnmur {arguments[0]} --help».\n"


def test_help_gives_every_option_with_what_is_usual(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["demo", "--help"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Bruk: grunnmur demo [VALG]",
        "",
        "  Bygg demoen (Larvik) i ./grunnmur-demo og start den.",
        "",
        "Valg:",
        "  --host ADRESSE  Adresse å lytte på. (vanlig: 127.0.0.1)",
        "  --port PORT     Port å lytte på. (vanlig: 8000)",
        "  --dir MAPPE     Mappe for demoen. (vanlig: grunnmur-demo)",
        "  --build-only    Bygg demoen uten å starte nettstedet.",
        "  --help, -h      Vis denne hjelpen.",
    ]


def test_serving_takes_address_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, int]] = []

    def run_site(host: str, port: int) -> int:
        started.append((host, port))
        return 7

    monkeypatch.setattr(command, "prepare", lambda: None)
    monkeypatch.setattr(command, "run_site", run_site)
    assert command.main(["serve", "--port", "9000"]) == 7
    assert command.main(["serve", "--host", "0.0.0.0"]) == 7
    assert started == [("127.0.0.1", 9000), ("0.0.0.0", 8000)]


@pytest.mark.django_db
def test_something_else_is_not_taken_for_a_backup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "feil.zip"
    file.write_bytes(b"ikke en zip")
    assert backup.run(backup.load, file) != 0
    assert "feil.zip" in capsys.readouterr().err
    assert not Document.objects.exists()


def test_a_backup_fills_an_empty_installation_and_spares_a_full_one(tmp_path: Path) -> None:
    first, second, file = tmp_path / "en", tmp_path / "to", tmp_path / "kopi.zip"
    made = run(first, "demo", "--dir", str(first), "--build-only")
    assert made.returncode == 0, made.stderr
    assert "9 av 9 dokumenter er lest" in made.stderr
    assert run(first, "backup", str(file)).returncode == 0
    assert run(first, "backup", str(file)).returncode != 0, "an existing copy is never overwritten"
    assert any(name.startswith("files/documents/") for name in zipfile.ZipFile(file).namelist())
    restored = run(second, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    counts = [_counts(folder) for folder in (first, second)]
    assert counts[0] == counts[1]
    assert counts[0]["grunnmur_document"] == 9
    assert run(second, "restore", str(file)).returncode != 0, "an installation with documents is left alone"
    stored = [
        sorted(path.name for path in (folder / "files").rglob("*") if path.is_file()) for folder in (first, second)
    ]
    assert stored[0] == stored[1]


def _counts(folder: Path) -> dict[str, int]:
    tables = ("grunnmur_document", "grunnmur_finding", "grunnmur_searchentry", "grunnmur_orgunit", "accounts_user")
    with sqlite3.connect(folder / "grunnmur.sqlite3") as connection:
        return {table: connection.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}
