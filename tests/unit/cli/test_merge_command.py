"""``grunnmur merge`` from the outside: files written, errors in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grunnmur.cli.main import main

FIRST = "# Badeplan 2016-2020\n\n## Mål 1: Alle barn lærer å svømme\n\n- Delmål: Eldre skal ha egne badetider.\n"
SECOND = "# Idrettsplan\n\n## Mål 1: Alle barn skal lære å svømme\n\n- Delmål: Turstiene skal ha lys.\n"


@pytest.fixture
def plans(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "bade.md", tmp_path / "idrett.md"]
    for path, text in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def run(*arguments: object) -> int:
    return main(["merge", *map(str, arguments)])


def test_writes_the_merge(plans: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = tmp_path / "ramme.yaml"
    frame.write_text("- title: I vannet\n  words: [svømme, bade]\n- På land\n", encoding="utf-8")
    out = tmp_path / "ut" / "her"
    assert run(*plans, plans[0], "--out", out, "--frame", frame, "--today", "2025-01-01") == 0
    merged = json.loads((out / "merged.json").read_text("utf-8"))
    assert [area["title"] for area in merged["areas"]] == ["I vannet", "På land"]
    assert [document["title"] for document in merged["documents"]] == ["Badeplan 2016-2020", "Idrettsplan"]
    assert len(merged["duplicates"]) == 1
    assert [one["why"] for one in merged["expired"]] == ["period"]
    assert {path.name for path in out.iterdir()} == {"merged.json", "merged.html", "merged.docx", "merged.pdf"}
    shown = capsys.readouterr()
    assert "Punkter inn: 4" in shown.out
    assert "telles én gang" in shown.err


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--today", "i går"], "ikke en dato"),
        (["--frame", "mangler.yaml"], "Fant ikke filen"),
    ],
)
def test_bad_options_are_one_sentence(
    plans: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], extra: list[str], said: str
) -> None:
    assert run(*plans, "--out", tmp_path / "ut", *extra) != 0
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1 and said in lines[0]
    assert not (tmp_path / "ut").exists()


def test_a_frame_that_is_no_frame(plans: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = tmp_path / "ramme.yaml"
    for text in ("a: [", "nøkkel: verdi", "- words: [x]"):
        frame.write_text(text, encoding="utf-8")
        assert run(plans[0], "--out", tmp_path / "ut", "--frame", frame) != 0
        assert "Rammen kan ikke leses" in capsys.readouterr().err


def test_the_folder_can_not_be_a_file(plans: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(plans[0], "--out", plans[1]) != 0
    assert "Kan ikke skrive i mappen" in capsys.readouterr().err


def test_what_can_be_read_is_merged_and_the_rest_named(
    plans: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "brukket.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    assert run(*plans, broken, "--out", tmp_path / "ut") != 0
    assert (tmp_path / "ut" / "merged.json").is_file()
    assert "brukket.pdf" in capsys.readouterr().err


def test_files_without_goals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "brev.txt"
    path.write_text("Hei. Takk for sist.\n", encoding="utf-8")
    assert run(path, "--out", tmp_path / "ut") != 0
    assert "ingenting å slå sammen" in capsys.readouterr().err
