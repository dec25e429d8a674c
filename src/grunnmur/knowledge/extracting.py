"""Read files and find what they say in a process of its own: one that can be stopped, whatever a text does to it."""

from __future__ import annotations

from typing import ClassVar

from grunnmur.kernel import UnreadableFile
from grunnmur.knowledge.model import Extraction
from grunnmur.sources.documents.limits import DEFAULT_LIMITS, Limits
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.worker import ReaderProcess, Tick

EXTRACTION_SECONDS = 600.0


class ExtractingProcess(ReaderProcess):
    """A reader process that also finds what a document says."""

    allowed: ClassVar[frozenset[str]] = ReaderProcess.allowed | {
        "grunnmur.kernel.quantities",
        "grunnmur.knowledge.model",
    }

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        super().__init__(limits, main="grunnmur.knowledge.extracting_main")

    def extract(self, document: Document, tick: Tick | None = None, seconds: float = EXTRACTION_SECONDS) -> Extraction:
        """What ``document`` says.

        Raises ``too-slow``, ``out-of-memory``, ``reader-died`` or, when a rule fails, ``reading-failed`` (``detail``);
        and what ``tick`` raises.
        """
        extraction = self._ask("extract", (document,), tick=tick, seconds=seconds)
        if not isinstance(extraction, Extraction):
            raise UnreadableFile("reader-died", signal=0, exit=0)
        return extraction
