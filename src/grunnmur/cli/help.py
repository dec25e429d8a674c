"""The help of every command in Norwegian: plain lines, which also screen readers take well."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from grunnmur.cli import words

HELP_NAMES = ("--help", "-h")


class _NorwegianHelp:
    """What both single commands and groups of them show. Contexts and formatters are Typer's own, private types."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """The option that shows the help, with its own line in Norwegian."""
        option: TyperOption | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = words.HELP_OPTION
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """How the command is written."""
        arguments, options = _parameters(self, ctx)
        pieces = [words.ANY_OPTIONS] if options else []
        pieces += [_metavar(argument) for argument in arguments]
        if isinstance(self, TyperGroup):
            pieces.append(words.ANY_COMMAND)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=words.USAGE_PREFIX)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The parts of the command, each kind under its own title."""
        arguments, options = _parameters(self, ctx)
        parts = {
            words.ARGUMENTS: [(_metavar(argument), argument.help or "") for argument in arguments],
            words.OPTIONS: [_option_row(option, ctx) for option in options],
        }
        if isinstance(self, TyperGroup):
            commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
            parts[words.COMMANDS] = [(name, command.get_short_help_str(100)) for name, command in commands if command]
        for title, rows in parts.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


class Command(_NorwegianHelp, TyperCommand):
    """One command."""


class Group(_NorwegianHelp, TyperGroup):
    """The commands together."""


def new_application(text: str) -> typer.Typer:
    """An application without commands; each is added with ``cls=Command``."""
    return typer.Typer(
        cls=Group, help=text, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
        rich_markup_mode=None, context_settings={"help_option_names": list(HELP_NAMES)},
    )  # fmt: skip


def _parameters(command: Any, ctx: Any) -> tuple[list[TyperArgument], list[TyperOption]]:
    parameters = [parameter for parameter in command.get_params(ctx) if not getattr(parameter, "hidden", False)]
    arguments = [parameter for parameter in parameters if isinstance(parameter, TyperArgument)]
    return arguments, [parameter for parameter in parameters if isinstance(parameter, TyperOption)]


def _metavar(parameter: TyperArgument | TyperOption) -> str:
    return parameter.metavar or (parameter.name or "").upper()


def _option_row(option: TyperOption, ctx: Any) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len, reverse=True))
    if option.is_flag:
        return names, option.help or ""
    default = option.get_default(ctx)
    usual = "" if default is None else f" {words.USUALLY.format(value=default)}"
    return f"{names} {_metavar(option)}", f"{option.help or ''}{usual}"
