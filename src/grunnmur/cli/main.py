"""The entry point: chooses the command, and turns every error into one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import NoReturn

import typer

from grunnmur.cli import words
from grunnmur.cli.extract import extract
from grunnmur.cli.files import say
from grunnmur.cli.help import Command, new_application
from grunnmur.cli.merge import merge
from grunnmur.cli.read import read
from grunnmur.cli.running import run_application
from grunnmur.kernel import GrunnmurError, MissingExtra

WEB = "grunnmur_web"
WEB_COMMANDS = {
    "demo": "Bygg demoen (Larvik) i ./grunnmur-demo og start den.",
    "serve": "Start nettstedet.",
    "manage": "Djangos egne kommandoer.",
    "backup": "Ta sikkerhetskopi av database og filer.",
    "restore": "Legg tilbake en sikkerhetskopi.",
}
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
UNEXPECTED = 1


def run() -> NoReturn:
    """What the installed ``grunnmur`` command calls."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    try:
        return run_application(application, arguments)
    except Exception as error:
        say(words.sentence(GrunnmurError("unexpected", detail=type(error).__name__)))
        return UNEXPECTED


def application() -> typer.Typer:
    """All commands; those of the site hand over to it, so that the core runs without it."""
    app = new_application("Grunnmur: fra kommunens egne dokumenter til kunnskap med kilde.")
    app.command(cls=Command)(read)
    app.command(cls=Command)(extract)
    app.command(cls=Command)(merge)
    for name, text in WEB_COMMANDS.items():
        app.command(name, cls=Command, help=text, context_settings=dict(PASS_ON))(_site_command)
    return app


def _site_command(context: typer.Context) -> None:
    """Replace this process by the site's own command line."""
    if find_spec(WEB) is None or find_spec("django") is None:
        raise MissingExtra("missing-extra", extra="web")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", WEB, str(context.info_name), *context.args])  # noqa: S606
