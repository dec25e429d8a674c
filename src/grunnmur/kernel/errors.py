"""Errors that a user can act on.

    GrunnmurError
    ├── BadInput             a file, a form or a parameter is not as it must be
    │   ├── UnreadableFile   broken, encrypted, mislabelled, or no reader for the format
    │   └── LimitExceeded    larger, deeper or slower than allowed
    ├── NotFound             what was asked for does not exist
    └── MissingExtra         an optional part of the installation is needed

The core carries a stable ``code`` and ``params``; the words belong to the shell that shows them.
"""

from __future__ import annotations

from typing import Any, ClassVar


class GrunnmurError(Exception):
    """Base of every error with a code that the shell knows how to say."""

    exit_code: ClassVar[int] = 10

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(code, params)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep keyword parameters when the error crosses a process border."""
        return _rebuild, (type(self), self.code, self.params)


class BadInput(GrunnmurError):
    """A file, a form or a parameter is not as it must be."""

    exit_code = 11


class UnreadableFile(BadInput):
    """The file is broken, encrypted or mislabelled, or no reader knows its format."""

    exit_code = 12


class LimitExceeded(BadInput):
    """The input is larger, deeper or slower to read than allowed."""

    exit_code = 13


class NotFound(GrunnmurError):
    """What was asked for does not exist."""

    exit_code = 14


class MissingExtra(GrunnmurError):
    """An optional part of the installation is needed; ``params["extra"]`` names it."""

    exit_code = 15


def _rebuild(kind: type[GrunnmurError], code: str, params: dict[str, Any]) -> GrunnmurError:
    return kind(code, **params)
