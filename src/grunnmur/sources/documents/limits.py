"""How much one file may cost before it is given up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for reading one file, or one archive of files.

    ``seconds`` is wall time and CPU time per file, ``memory_mb`` the address space a worker may add to its own.
    ``depth`` bounds nesting: folders in an archive, elements in a document, levels in a structure tree.
    """

    seconds: float = 120.0
    memory_mb: int = 1536
    pages: int = 2_000
    file_bytes: int = 200_000_000
    unpacked_bytes: int = 500_000_000
    archive_files: int = 2_000
    depth: int = 100


DEFAULT_LIMITS = Limits()
