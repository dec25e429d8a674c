from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from grunnmur.cli import main as command
from grunnmur.cli import words
from grunnmur.cli.running import USAGE_ERROR
from grunnmur.kernel import GrunnmurError, LimitExceeded, UnreadableFile
from grunnmur.knowledge.extracting import ExtractingProcess
from grunnmur.knowledge.model import Extraction
from grunnmur.sources.documents import Document, worker

PLAN = "Parkplan\n\nMål: Alle har kort vei til en benk\n\nTiltak:\n- Sette opp ti benker\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "parkplan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_read_writes_the_text(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["read", str(plan)]) == 0
    assert capsys.readouterr().out == PLAN


def test_read_as_json(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["read", str(plan), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["text"] == PLAN
    assert found["blocks"][0]["kind"] == "heading"


def test_extract_gives_one_object_for_one_file(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["extract", str(plan), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["document"]["format"] == "txt"
    assert [element["text"] for element in found["elements"]] == ["Alle har kort vei til en benk"]
    assert [action["text"] for action in found["actions"]] == ["Sette opp ti benker"]


def test_extract_without_json_shows_what_was_found(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["extract", str(plan)]) == 0
    shown = capsys.readouterr().out
    assert "Planelementer" in shown
    assert "Sette opp ti benker" in shown


def test_one_bad_file_does_not_stop_the_others(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "brudd.pdf"
    broken.write_bytes(b"%PDF-1.7\nno more")
    missing = tmp_path / "borte.txt"
    code = command.main(["extract", str(broken), str(plan), str(missing), "--json"])
    captured = capsys.readouterr()
    assert code == UnreadableFile.exit_code
    assert [found["document"]["title"] for found in json.loads(captured.out)] == ["Parkplan"]
    lines = captured.err.splitlines()
    assert lines[0].startswith("brudd.pdf: Filen er ")
    assert lines[1:] == ["borte.txt: Fant ikke filen.", "2 av 3 filer kunne ikke leses."]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["finnes-ikke"], "Det finnes ingen slik kommando"),
        (["read"], "Det mangler noe: FIL…"),
        (["read", "--feil", "a"], "Det finnes ikke noe valg som heter --feil."),
        (["read", "--text", "--json", "a"], "Velg enten --text eller --json."),
    ],
)
def test_a_command_written_wrong_gets_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == USAGE_ERROR
    captured = capsys.readouterr()
    assert captured.err.startswith(said)
    assert len(captured.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "usage", "titles"),
    [
        (["--help"], "Bruk: grunnmur [VALG] KOMMANDO …", ["Valg", "Kommandoer"]),
        (["read", "--help"], "Bruk: grunnmur read [VALG] FIL…", ["Argumenter", "Valg"]),
        (["extract", "-h"], "Bruk: grunnmur extract [VALG] FIL…", ["Argumenter", "Valg"]),
    ],
)
def test_help_is_in_norwegian(
    arguments: list[str], usage: str, titles: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == usage
    assert [line.removesuffix(":") for line in shown if line.endswith(":")] == titles
    assert "  --help, -h  Vis denne hjelpen." in shown


def test_a_command_without_words_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == USAGE_ERROR
    assert "Kommandoer:" in capsys.readouterr().out


def test_an_unexpected_error_is_a_sentence_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(command, "application", broken)
    assert command.main(["read", "a"]) == command.UNEXPECTED
    assert capsys.readouterr().err == "Uventet feil (ZeroDivisionError). Ingenting er endret. Meld gjerne fra om den.\n"


def test_the_sites_commands_are_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(command.os, "execv", lambda _, arguments: started.append(arguments))
    command.main(["serve", "--port", "9000", "--help"])
    assert started == [[sys.executable, "-m", "grunnmur_web", "serve", "--port", "9000", "--help"]]


def test_without_the_site_its_commands_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    assert command.main(["demo"]) == 15
    assert "pip install 'grunnmur[web]'" in capsys.readouterr().err


def test_an_unknown_code_still_gives_a_sentence() -> None:
    assert words.sentence(GrunnmurError("new-code")) == "Noe gikk galt («new-code»)."


def test_a_missing_parameter_leaves_its_name() -> None:
    assert words.sentence(UnreadableFile("mislabelled", named=".pdf")) == (
        "Filen heter noe med «.pdf», men innholdet er «found». Gi den riktig endelse."
    )


def test_names_from_outside_can_not_steer_the_terminal() -> None:
    assert words.safe("a\x1b[31mb\n") == "a�[31mb�"


def test_a_file_that_the_rules_choke_on_harms_no_other(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "tung.txt"
    other.write_text(PLAN.replace("Parkplan", "Tung plan"), encoding="utf-8")
    real = ExtractingProcess.extract

    def give_up_the_heavy(self: ExtractingProcess, document: Document, seconds: float) -> Extraction:
        return real(self, document, seconds=0.0 if document.title == "Tung plan" else seconds)

    monkeypatch.setattr(ExtractingProcess, "extract", give_up_the_heavy)
    assert command.main(["extract", str(other), str(plan), "--json"]) == LimitExceeded.exit_code
    captured = capsys.readouterr()
    assert [found["document"]["title"] for found in json.loads(captured.out)] == ["Parkplan"]
    lines = captured.err.splitlines()
    assert lines[0].startswith("tung.txt: Det tok for lang tid å lese filen")
    assert lines[1:] == ["1 av 2 filer kunne ikke leses."]


def test_a_batch_is_read_by_one_process(
    plan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    real = worker._start

    def counted(main: str) -> object:
        started.append(main)
        return real(main)

    monkeypatch.setattr(worker, "_start", counted)
    assert command.main(["extract", str(plan), str(plan), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert started == ["grunnmur.knowledge.extracting_main"]
