"""A merge as files: each format is a function from the core's merge to a file's content."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from grunnmur.choices.merging.model import Merge
from grunnmur.choices.merging.serialise import merge_json
from grunnmur_web.models import Merging
from grunnmur_web.store.merging.back import merge_of


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format people can download: how it is made, and what the browser is told that it is."""

    name: str
    icon: str
    content_type: str
    write: Callable[[Merge], bytes]


def _json(merge: Merge) -> bytes:
    return json.dumps(merge_json(merge), ensure_ascii=False, indent=1).encode()


FORMATS: Mapping[str, ExportFormat] = {
    "json": ExportFormat("JSON", "FileJson", "application/json", _json),
}


def export(merging: Merging, format_: str) -> tuple[bytes, str, str]:
    """Content, content type and file name. Raises KeyError for a format there is none of."""
    chosen = FORMATS[format_]
    return chosen.write(merge_of(merging)), chosen.content_type, f"{slugify(merging.title) or 'plan'}.{format_}"
