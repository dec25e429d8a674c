"""Paths of plans. A plan's own address is short, since people write it down: «/planer/<plan>/2.1.3»."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from grunnmur_web.views import plan_editor, plan_hearing, plan_reading, plans


class ElementNumber(StringConverter):
    """The number of an element."""

    regex = r"[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3}){0,9}"


class ElementAct(StringConverter):
    """What one does to an element where it stands."""

    regex = "opp|ned|inn|ut|flytt|sla-sammen|fjern|nytt"


class PlanWholeAct(StringConverter):
    """What one does to the outline as a whole."""

    regex = "angre|hent|nytt"


class CommentAct(StringConverter):
    """What one does with a comment."""

    regex = "vis|skjul|svar"


register_converter(ElementNumber, "element_number")
register_converter(ElementAct, "element_act")
register_converter(PlanWholeAct, "plan_act")
register_converter(CommentAct, "comment_act")

ONE = "<slug:slug>"
ITEM = f"{ONE}/punkt/<slug:element>"

urlpatterns: list[URLPattern] = [
    path("", plans.plan_list, name="plan-list"),
    path("planer.<str:format_>", plans.plan_list_export, name="plan-list-export"),
    path("ny/", plans.plan_new, name="plan-new"),
    path("ny/fra-sammenstilling/", plans.plan_from_merging, name="plan-from-merging"),
    path(f"{ONE}/", plan_reading.plan_detail, name="plan-detail"),
    path(f"{ONE}/<element_number:number>", plan_reading.plan_number, name="plan-number"),
    path(f"{ONE}/utgave/<int:number>/", plan_reading.plan_edition, name="plan-edition"),
    path(f"{ONE}/utgave/<int:number>/trekk-tilbake/", plan_reading.plan_withdraw, name="plan-withdraw"),
    path(f"{ONE}/publiser/", plan_reading.plan_publish, name="plan-publish"),
    path(f"{ONE}/last-ned/plan.<str:format_>", plan_reading.plan_export, name="plan-export"),
    path(f"{ONE}/opplysninger/", plans.plan_facts, name="plan-facts"),
    path(f"{ONE}/nivaer/", plans.plan_levels, name="plan-levels"),
    path(f"{ONE}/slett/", plans.plan_delete, name="plan-delete"),
    path(f"{ONE}/rediger/", plan_editor.plan_edit, name="plan-edit"),
    path(f"{ONE}/rediger/<plan_act:act>/", plan_editor.plan_act, name="plan-act"),
    path(f"{ITEM}/skriv/", plan_editor.plan_element_write, name="plan-element-write"),
    path(f"{ITEM}/innspill/", plan_hearing.plan_comment, name="plan-comment"),
    path(f"{ITEM}/<element_act:act>/", plan_editor.plan_element_act, name="plan-element-act"),
    path(f"{ONE}/historikk/", plan_editor.plan_history, name="plan-history"),
    path(f"{ONE}/historikk/<int:version>/", plan_editor.plan_version, name="plan-version"),
    path(f"{ONE}/innspill/", plan_hearing.plan_comments, name="plan-comments"),
    path(f"{ONE}/innspill/takk/", plan_hearing.plan_comment_thanks, name="plan-comment-thanks"),
    path(f"{ONE}/innspill/<int:comment>/<comment_act:act>/", plan_hearing.plan_comment_act, name="plan-comment-act"),
]
