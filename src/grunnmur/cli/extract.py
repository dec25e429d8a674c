"""``grunnmur extract FILE… --json``: what the documents say, each thing with its passage."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grunnmur.cli import words
from grunnmur.cli.files import Outcome, each_document, several
from grunnmur.cli.json_output import print_json

if TYPE_CHECKING:
    from grunnmur.knowledge.extracting import ExtractingProcess
    from grunnmur.sources.documents import Document

SHOWN = 5
SECONDS = 120.0  # for the rules on one file; a plan of a hundred pages takes a few


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FIL…", help="Filer, mapper eller zip-filer.")],
    json: Annotated[bool, typer.Option("--json", help="Skriv alt som er funnet, som JSON.")] = False,
) -> None:
    """Finn mål, tiltak, tall, milepæler, lover og tjenester i dokumenter."""
    from grunnmur.knowledge.extracting import ExtractingProcess

    outcome = Outcome()
    with ExtractingProcess() as process:
        results = each_document(files, outcome, partial(_extracted, process), process)
        if json:
            print_json([result for _, result in results], as_list=several(files))
        else:
            for name, result in results:
                _print_summary(name, result)
    raise typer.Exit(outcome.close())


def _extracted(process: ExtractingProcess, name: str, document: Document) -> tuple[str, dict[str, Any]]:
    """What the file says, found where it can harm nothing else in the batch."""
    from grunnmur.knowledge.serialise import extraction_json

    found = process.extract(document, seconds=SECONDS)
    return name, extraction_json(document, found, lambda warning: words.warning(warning.code, warning.params))


def _print_summary(name: str, result: dict[str, Any]) -> None:
    """The first of each kind; the rest is in the JSON."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=words.safe(f"{name}: {result['document']['title']}"), title_justify="left")
    table.add_column("")
    table.add_column("", justify="right")
    table.add_column("")
    for kind, title in words.KINDS.items():
        found = result[kind]
        first = [_shown(result["text"], item) for item in found[:SHOWN]]
        table.add_row(title, str(len(found)), "\n".join([*first, *(["…"] if len(found) > SHOWN else [])]))
    Console(file=sys.stdout, markup=False).print(table)


def _shown(text: str, item: dict[str, Any]) -> str:
    if "number" in item:
        return words.safe(f"{item['label']}: {item['number']} {item['unit']}")
    if "message" in item:
        return words.safe(item["message"])
    return words.safe(" ".join(text[item["start"] : item["end"]].split()))
