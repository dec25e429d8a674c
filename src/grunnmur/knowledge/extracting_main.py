"""The inside of an extracting process."""

from __future__ import annotations

import traceback
from pathlib import Path

from grunnmur.kernel import GrunnmurError
from grunnmur.knowledge.extract import extract
from grunnmur.knowledge.model import Extraction
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.worker_main import DEEDS, Send, main


def _extract(document: Document, limits: Limits, send: Send) -> Extraction:
    try:
        return extract(document)
    except (GrunnmurError, MemoryError, RecursionError):
        raise
    except Exception as error:  # a rule that fails is our fault, not the file's
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        raise GrunnmurError("reading-failed", detail=f"{type(error).__name__} {place}") from error


if __name__ == "__main__":
    main({**DEEDS, "extract": _extract})
