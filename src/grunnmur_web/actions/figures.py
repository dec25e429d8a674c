"""Choose which figures the front page shows."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from grunnmur.kernel import BadInput, Status
from grunnmur_web import audit
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Finding, FindingKind, FindingState, KeyFigure
from grunnmur_web.permissions import Act, require, visible_findings
from grunnmur_web.store.figures import front_label


@transaction.atomic
def choose_key_figure(finding: Finding, *, by: User) -> KeyFigure:
    """Show a figure on the front page, before the others, which has room for a few; choosing it again changes nothing.

    Raises PermissionDenied for those who may not choose or may not see it, and BadInput «figure-not-reviewed»
    for one that no person has accepted.
    """
    require(by, Act.CHOOSE_KEY_FIGURES)
    finding = visible_findings(by).select_related("version__document").get(pk=finding.pk)
    if finding.kind != FindingKind.FIGURE or finding.state == FindingState.SUGGESTED:
        raise BadInput("figure-not-reviewed")
    chosen, made = KeyFigure.objects.get_or_create(finding=finding, defaults=_values(finding))
    if made:
        KeyFigure.objects.exclude(pk=chosen.pk).update(order=F("order") + 1)
        audit.record("key_figure.chosen", chosen, by=by, new={"finding": finding.pk, "value": finding.number})
    return chosen


@transaction.atomic
def remove_key_figure(key_figure: KeyFigure, *, by: User) -> None:
    """Take a figure off the front page; the figure itself stays in its document."""
    require(by, Act.CHOOSE_KEY_FIGURES)
    audit.record("key_figure.removed", key_figure, by=by, old={"finding": key_figure.finding_id})
    key_figure.delete()


def _values(finding: Finding) -> dict[str, object]:
    return {
        "label": front_label(finding.text),
        "value": finding.number,
        "unit": finding.unit,
        "status": Status.APPROXIMATE if finding.approx else Status.OBSERVED,
        "period": finding.period,
        "source_title": finding.version.document.title,
        "source_locator": _("side %(page)s") % {"page": finding.page},
        "order": 0,
    }
