"""Run an application's command, and turn every error we know into one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

import typer

from grunnmur.cli import words
from grunnmur.cli.files import say
from grunnmur.kernel import GrunnmurError

INTERRUPTED = 130
USAGE_ERROR = 2
# Typer shows its parser's exceptions only through their subclasses.
UsageError: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")


def run_application(make: Callable[[], typer.Typer], arguments: Sequence[str]) -> int:
    """Run one command of what ``make`` makes; returns the exit code."""
    try:
        command = typer.main.get_command(make())
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


def _usage(error: Exception) -> int:
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        print(getattr(error, "message", ""))  # noqa: T201 - the help, when nothing but the name was written
        return USAGE_ERROR
    context = getattr(error, "ctx", None)
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", None) or getattr(parameter, "metavar", None) or ""
    command = context.command_path if context is not None else "grunnmur"
    say(words.usage(kind, getattr(error, "message", ""), name, command))
    return USAGE_ERROR
