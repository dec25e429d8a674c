"""What makes the same plan the same bytes: fixed dates, in the properties and in the archive."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

from .plan import Plan

FIXED_DATE = dt.datetime(2025, 1, 2, 12, 0, tzinfo=dt.UTC)


def stamp(properties: Any, plan: Plan) -> None:
    """Say what the file is, and that it was made on the fixed date."""
    properties.title, properties.author, properties.last_modified_by = plan.title, "Grunnmur", "Grunnmur"
    properties.created = properties.modified = FIXED_DATE.replace(tzinfo=None)
    properties.language, properties.subject = f"{plan.language}-NO", plan.notice
    properties.comments, properties.revision = "", 1


def freeze(path: Path) -> None:
    """Rewrite a zip file with fixed dates, so that the same plan gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2025, 1, 2, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
