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
from grunnmur.cli.read import read
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
INTERRUPTED = 130
USAGE_ERROR = 2
UNEXPECTED = 1
# Typer shows its parser's exceptions only through their subclasses.
UsageError: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")


def run() -> NoReturn:
    """What the installed ``grunnmur`` command calls."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    try:
        command = typer.main.get_command(application())
        result = command.main(args=list(arguments), prog_name="grunnmur", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except GrunnmurError as error:
        say(words.sentence(error))
        return error.exit_code
    except UsageError as error:
        return _usage(error)
    except (typer.Abort, KeyboardInterrupt):
        say(words.INTERRUPTED)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has had enough; what is still unwritten has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        say(words.sentence(GrunnmurError("unexpected", detail=type(error).__name__)))
        return UNEXPECTED


def _usage(error: Exception) -> int:
    kind = type(error).__name__
    if kind != "NoArgsIsHelpError":  # then the help has been shown
        context = getattr(error, "ctx", None)
        parameter = getattr(error, "param", None)
        name = getattr(error, "option_name", None) or getattr(parameter, "metavar", None) or ""
        command = context.command_path if context is not None else "grunnmur"
        say(words.usage(kind, getattr(error, "message", ""), name, command))
    return USAGE_ERROR


def application() -> typer.Typer:
    """All commands; those of the site hand over to it, so that the core runs without it."""
    app = typer.Typer(
        add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
        help="Grunnmur: fra kommunens egne dokumenter til kunnskap med kilde.",
    )  # fmt: skip
    app.command()(read)
    app.command()(extract)
    for name, text in WEB_COMMANDS.items():
        app.command(name, help=text, context_settings=dict(PASS_ON))(_site_command)
    return app


def _site_command(context: typer.Context) -> None:
    """Replace this process by the site's own command line."""
    if find_spec(WEB) is None or find_spec("django") is None:
        raise MissingExtra("missing-extra", extra="web")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", WEB, str(context.info_name), *context.args])  # noqa: S606
