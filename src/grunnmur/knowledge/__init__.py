"""What documents say: plan elements, figures, actions, milestones, laws and services."""

from grunnmur.knowledge.extract import extract
from grunnmur.knowledge.model import (
    Action,
    ActionCategory,
    Effect,
    Element,
    ElementType,
    Extraction,
    Figure,
    Heading,
    Law,
    Milestone,
    Service,
    Warning,
)

__all__ = [
    "Action",
    "ActionCategory",
    "Effect",
    "Element",
    "ElementType",
    "Extraction",
    "Figure",
    "Heading",
    "Law",
    "Milestone",
    "Service",
    "Warning",
    "extract",
]
