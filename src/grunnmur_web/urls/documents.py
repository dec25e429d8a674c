"""Paths of sources and documents."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from grunnmur_web.views import documents, findings, sources, versions


class ItemAct(StringConverter):
    """What one does to a file of an upload."""

    regex = "prov-igjen|avbryt|fjern"


class Decision(StringConverter):
    """What one decides about a finding."""

    regex = "godta|avvis|angre"


class StatusAct(StringConverter):
    """Who shall see a document."""

    regex = "publiser|trekk-tilbake"


class ReadAct(StringConverter):
    """Reading again, or stopping."""

    regex = "les-pa-nytt|avbryt"


register_converter(ItemAct, "item_act")
register_converter(Decision, "decision")
register_converter(StatusAct, "status_act")
register_converter(ReadAct, "read_act")

ITEM = "kilder/innlegging/<uuid:upload_id>"
ONE = "kilder/<int:document_id>"

urlpatterns = [
    path("kilder/", sources.document_list, name="document-list"),
    path("kilder/legg-inn/", sources.document_upload, name="document-upload"),
    path(f"{ITEM}/", sources.upload_status, name="document-upload-status"),
    path(f"{ITEM}/<int:item_id>/<item_act:act>/", sources.upload_item_act, name="document-upload-act"),
    path(f"{ONE}/", documents.document_detail, name="document-detail"),
    path(f"{ONE}/original/", documents.document_original, name="document-original"),
    path(f"{ONE}/side/<int:page>.png", documents.document_page_image, name="document-page-image"),
    path(f"{ONE}/opplysninger/", documents.document_facts, name="document-facts"),
    path(f"{ONE}/status/<status_act:act>/", documents.document_status, name="document-status"),
    path(f"{ONE}/lesing/<read_act:act>/", documents.document_read_again, name="document-read-again"),
    path(f"{ONE}/slett/", documents.document_delete, name="document-delete"),
    path(f"{ONE}/versjoner/", versions.document_versions, name="document-versions"),
    path(f"{ONE}/versjoner/<int:old>/<int:new>/", versions.document_compare, name="document-compare"),
    path(f"{ONE}/versjoner/<int:number>/bruk/", versions.document_use_version, name="document-use-version"),
    path(f"{ONE}/funn/nytt/", findings.finding_add, name="document-finding-add"),
    path(f"{ONE}/funn/godta-alle/", findings.finding_accept_all, name="document-finding-accept-all"),
    path(f"{ONE}/funn/avvis-alle/", findings.finding_reject_all, name="document-finding-reject-all"),
    path(f"{ONE}/funn/angre-alle/", findings.finding_undo_all, name="document-finding-undo-all"),
    path(f"{ONE}/funn/<int:finding_id>/rett/", findings.finding_correct, name="document-finding-correct"),
    path(f"{ONE}/funn/<int:finding_id>/<decision:act>/", findings.finding_decide, name="document-finding-decide"),
]
