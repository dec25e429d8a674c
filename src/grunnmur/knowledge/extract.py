"""Everything a document says, found by rules: the same file gives the same result."""

from __future__ import annotations

from grunnmur.knowledge.actions import find_actions
from grunnmur.knowledge.elements import find_elements
from grunnmur.knowledge.figures import find_figures
from grunnmur.knowledge.headings import find_headings
from grunnmur.knowledge.model import Extraction
from grunnmur.knowledge.services import find_services
from grunnmur.sources.documents.model import Document


def extract(document: Document) -> Extraction:
    """Headings, plan elements, figures, actions, milestones, laws, services and warnings of one document."""
    return Extraction(
        headings=find_headings(document),
        elements=find_elements(document),
        figures=find_figures(document),
        actions=find_actions(document),
        services=find_services(document),
    )
