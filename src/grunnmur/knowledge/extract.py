"""Everything a document says, found by rules: the same file gives the same result."""

from __future__ import annotations

from grunnmur.knowledge.actions import find_actions
from grunnmur.knowledge.consistency import find_warnings
from grunnmur.knowledge.elements import find_elements
from grunnmur.knowledge.figures import find_figures
from grunnmur.knowledge.headings import find_headings
from grunnmur.knowledge.laws import find_laws
from grunnmur.knowledge.lost_headings import with_lost_headings
from grunnmur.knowledge.milestones import find_milestones
from grunnmur.knowledge.model import Extraction
from grunnmur.knowledge.reading import Reading
from grunnmur.knowledge.services import find_services
from grunnmur.sources.documents.model import Document


def extract(document: Document) -> Extraction:
    """Headings, plan elements, figures, actions, milestones, laws, services and warnings of one document."""
    document = with_lost_headings(document)
    reading = Reading(document)
    elements = find_elements(document)
    figures = find_figures(document, reading)
    return Extraction(
        headings=find_headings(document),
        elements=elements,
        figures=figures,
        actions=find_actions(document, elements),
        milestones=find_milestones(document, reading),
        laws=find_laws(document, reading),
        services=find_services(document),
        warnings=find_warnings(document, figures, reading),
    )
