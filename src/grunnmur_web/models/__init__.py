"""Tables and constraints; rules live in the core, writes in ``actions``."""

from grunnmur_web.models.audit import AuditEvent
from grunnmur_web.models.documents import (
    Document,
    DocumentKind,
    DocumentPage,
    DocumentVersion,
    ReadState,
    Upload,
    UploadItem,
)
from grunnmur_web.models.drafts import MergingDraft
from grunnmur_web.models.feedback import Feedback
from grunnmur_web.models.findings import Finding, FindingKind, FindingState, Origin
from grunnmur_web.models.key_figures import KeyFigure
from grunnmur_web.models.merging import (
    MergedItem,
    MergedTheme,
    Merging,
    MergingComment,
    MergingPlan,
    MergingStep,
    SourceItem,
    Suggestion,
)
from grunnmur_web.models.organisation import OrgUnit, ServiceZone
from grunnmur_web.models.plan_elements import PlanComment, PlanElement, PlanSource, PlanVersion
from grunnmur_web.models.plans import Plan, PlanLevel
from grunnmur_web.models.search import SearchEntry, SearchWord

__all__ = [
    "AuditEvent",
    "Document",
    "DocumentKind",
    "DocumentPage",
    "DocumentVersion",
    "Feedback",
    "Finding",
    "FindingKind",
    "FindingState",
    "KeyFigure",
    "MergedItem",
    "MergedTheme",
    "Merging",
    "MergingComment",
    "MergingDraft",
    "MergingPlan",
    "MergingStep",
    "OrgUnit",
    "Origin",
    "Plan",
    "PlanComment",
    "PlanElement",
    "PlanLevel",
    "PlanSource",
    "PlanVersion",
    "ReadState",
    "SearchEntry",
    "SearchWord",
    "ServiceZone",
    "SourceItem",
    "Suggestion",
    "Upload",
    "UploadItem",
]
