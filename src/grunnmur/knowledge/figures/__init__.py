"""Figures: numbers with what they count, when, and for which organisational unit."""

from __future__ import annotations

from grunnmur.knowledge.figures.prose import prose_figures
from grunnmur.knowledge.figures.tables import table_figures
from grunnmur.knowledge.model import Figure
from grunnmur.knowledge.reading import Reading
from grunnmur.sources.documents.model import Document


def find_figures(document: Document, reading: Reading | None = None) -> tuple[Figure, ...]:
    """Every figure in the order of the text. ``reading`` saves work when several finders read the same document."""
    reading = reading or Reading(document)
    found = [*prose_figures(reading), *table_figures(reading)]
    return tuple(sorted(found, key=lambda figure: figure.start))
