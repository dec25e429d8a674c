"""``grunnmur read FILE… [--text|--json]``: canonical text, or the document as JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from grunnmur.cli.files import Outcome, each_document, several
from grunnmur.cli.json_output import print_json


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FIL…", help="Filer, mapper eller zip-filer.")],
    text: Annotated[bool, typer.Option("--text", help="Skriv teksten (vanlig).")] = False,
    json: Annotated[bool, typer.Option("--json", help="Skriv dokumentet som JSON: tekst, sider og blokker.")] = False,
) -> None:
    """Les dokumenter og skriv teksten deres."""
    if text and json:
        raise typer.BadParameter("Velg enten --text eller --json.")
    outcome = Outcome()
    if json:
        from grunnmur.knowledge.serialise import document_json

        found = list(each_document(files, outcome, lambda _, document: document_json(document)))
        print_json(found, as_list=several(files))
    else:
        for name, words in each_document(files, outcome, lambda name, document: (name, document.text)):
            sys.stdout.write(f"==> {name} <==\n{words}\n" if several(files) else words)
    raise typer.Exit(outcome.close())
