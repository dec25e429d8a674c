"""Drafts by a language model, off unless an endpoint is set; code proves every sentence before anyone sees it."""

from grunnmur.choices.drafting.drafting import Draft, DraftRecord, draft
from grunnmur.choices.drafting.endpoint import Answer, DraftingError, Endpoint
from grunnmur.choices.drafting.questions import Task
from grunnmur.choices.drafting.redaction import PersonalData, Redacted, redact

__all__ = [
    "Answer",
    "Draft",
    "DraftRecord",
    "DraftingError",
    "Endpoint",
    "PersonalData",
    "Redacted",
    "Task",
    "draft",
    "redact",
]
