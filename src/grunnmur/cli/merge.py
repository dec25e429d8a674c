"""``grunnmur merge FILE… --out DIR``: a first draft of one plan from many, with what became of every item."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grunnmur.cli import words
from grunnmur.cli.files import Outcome, each_document, say
from grunnmur.kernel import BadInput

if TYPE_CHECKING:
    from grunnmur.choices.merging.model import Frame, Item, Merge, SourcePlan
    from grunnmur.knowledge.extracting import ExtractingProcess
    from grunnmur.sources.documents import Document

SECONDS = 120.0  # for the rules on one file; a plan of a hundred pages takes a few
LARGEST_FRAME = 100_000  # bytes


def merge(
    files: Annotated[list[Path], typer.Argument(metavar="FIL…", help="Planene: filer, mapper eller zip-filer.")],
    out: Annotated[Path, typer.Option("--out", metavar="MAPPE", help="Mappen som resultatet skrives i.")],
    frame: Annotated[
        Path | None,
        typer.Option("--frame", metavar="FIL", help="Egne hovedområder (YAML) i stedet for de tre vanlige."),
    ] = None,
    today: Annotated[
        str | None, typer.Option("--today", metavar="DATO", help="Dagen frister og lover vurderes på (ÅÅÅÅ-MM-DD).")
    ] = None,
) -> None:
    """Slå sammen planer til ett utkast: temaer, like mål, motstrid, mangler og hva som ble av hvert punkt."""
    from grunnmur.choices.merging.merge import merge as merge_plans

    chosen, day = _frame(frame), _day(today)
    folder = _folder(out)
    outcome = Outcome()
    read = _read(files, outcome)
    if not read:
        raise BadInput("no-files")
    plans = [plan for plan, _ in read]
    items = [item for _, own in read for item in own]
    result = merge_plans(plans, items, today=day, frame=chosen)
    _write(result, folder)
    _print_summary(result, folder)
    raise typer.Exit(outcome.close())


def _read(files: list[Path], outcome: Outcome) -> list[tuple[SourcePlan, tuple[Item, ...]]]:
    """Each file as a plan with its items, read and searched in a process apart; the same file twice counts once."""
    from grunnmur.knowledge.extracting import ExtractingProcess

    found: dict[str, tuple[SourcePlan, tuple[Item, ...]]] = {}

    def use(process: ExtractingProcess, name: str, document: Document) -> None:
        from grunnmur.choices.merging.items import source_plan

        if document.sha256 in found:
            say(f"{words.safe(name)}: {words.SAME_FILE}")
            return
        extraction = process.extract(document, seconds=SECONDS)
        found[document.sha256] = source_plan(document, extraction, f"p{len(found) + 1}")

    with ExtractingProcess() as process:
        for _ in each_document(files, outcome, lambda name, document: use(process, name, document), process):
            pass
    return list(found.values())


def _frame(path: Path | None) -> Frame:
    """The user's own main areas: a list of ``title``, ``description`` and ``words``; the usual ones without a file."""
    import yaml

    from grunnmur.choices.merging.frame import DEFAULT_FRAME, frame_of

    if path is None:
        return DEFAULT_FRAME

    if not path.is_file():
        raise BadInput("not-a-file")
    if path.stat().st_size > LARGEST_FRAME:
        raise BadInput("bad-frame")
    try:
        return frame_of(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput("bad-frame") from error


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise BadInput("bad-date", written=words.safe(written or "")) from error


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput("no-folder", folder=words.safe(str(out))) from error
    return out


def _write(result: Merge, folder: Path) -> None:
    """merged.json first: it needs nothing but the core; then the files for people."""
    from grunnmur.choices.merging.serialise import merge_json
    from grunnmur.cli.merge_words import say as word

    whole = json.dumps(merge_json(result), ensure_ascii=False, indent=1) + "\n"
    try:
        (folder / "merged.json").write_text(whole, encoding="utf-8")
        from grunnmur.output.merged import write_merge

        write_merge(result, folder, word, made=datetime.now(UTC))
    except ModuleNotFoundError:
        say(words.ONLY_JSON)
    except OSError as error:
        raise BadInput("no-folder", folder=words.safe(str(folder))) from error


def _print_summary(result: Merge, folder: Path) -> None:
    """Counts, and the themes by area."""
    from rich.console import Console
    from rich.table import Table

    console = Console(file=sys.stdout, markup=False, highlight=False)
    for title, count in _counts(result).items():
        console.print(f"{title}: {count}")
    table = Table(show_header=False, title_justify="left")
    for index, theme in enumerate(result.proposal.themes):
        area = result.proposal.frame.areas[result.proposal.areas[index]]
        table.add_row(words.safe(area.title), words.safe(theme.title), str(len(theme.items)))
    console.print(table)
    console.print(words.MERGED.format(folder=words.safe(str(folder))))


def _counts(result: Merge) -> dict[str, Any]:
    from grunnmur.choices.merging.model import PairKind

    found = (
        len(result.plans), len(result.items), len(result.proposal.items),
        sum(pair.kind is PairKind.DUPLICATE for pair in result.pairs),
        sum(pair.kind is PairKind.OVERLAP for pair in result.pairs),
        len(result.tensions), len(result.gaps), len(result.expired), len(result.alone),
    )  # fmt: skip
    return dict(zip(words.MERGE_COUNTS, found, strict=True))
