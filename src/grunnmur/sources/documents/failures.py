"""A reader either fills the builder or fails with an error that a user can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from grunnmur.kernel import GrunnmurError, LimitExceeded, UnreadableFile


@contextmanager
def clear_errors() -> Iterator[None]:
    """Let kernel errors through and turn whatever a library raises into ``broken``, endless nesting into ``too-deep``.

    Libraries for file formats raise nearly every exception there is when bytes are missing or changed,
    so this is the one place where every exception is caught.
    """
    try:
        yield
    except (GrunnmurError, MemoryError):
        raise
    except RecursionError as error:
        raise LimitExceeded("too-deep") from error
    except Exception as error:
        raise UnreadableFile("broken", detail=type(error).__name__) from error
