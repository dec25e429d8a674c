"""Pictures of PDF pages, rendered in a process of their own and kept on disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from grunnmur.kernel import UnreadableFile
from grunnmur_web.models import DocumentVersion

SECONDS = 20
RENDER = """
import sys
from pathlib import Path
from grunnmur.sources.documents.pdf import render_page
path, number, width = sys.argv[1:]
sys.stdout.buffer.write(render_page(Path(path).read_bytes(), int(number), int(width)))
"""


def folder(version: DocumentVersion) -> Path:
    """Where the pictures of a version are kept."""
    return Path(settings.DATA_DIR) / "page-images" / str(version.pk)


def page_image(version: DocumentVersion, number: int, width: int) -> bytes:
    """Page ``number`` as PNG. A file that kills the renderer costs one picture: :class:`UnreadableFile` ``broken``."""
    kept = folder(version) / f"{version.sha256[:16]}-{number}-{width}.png"
    if not kept.exists():
        image = _render(Path(version.file.path), number, width)
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(image)
        part.rename(kept)
    return kept.read_bytes()


def _render(path: Path, number: int, width: int) -> bytes:
    command = [sys.executable, "-c", RENDER, str(path), str(number), str(width)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 (our own code)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise UnreadableFile("broken", detail=type(error).__name__) from error
    return done.stdout
