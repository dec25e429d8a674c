"""Find where words that a person copied stand in a document."""

from __future__ import annotations

import re

from grunnmur.kernel import BadInput
from grunnmur_web.models import Document, DocumentVersion
from grunnmur_web.store.documents import is_internal

LONGEST = 4_000


def find_passage(document: Document, quote: str) -> tuple[int, int, int]:
    """Version, start and end of the first place where the quote stands, white space apart.

    Raises BadInput ``no-such-passage`` when it does not stand in the text, or only where it is not meant for others.
    """
    words = quote[:LONGEST].split()
    version = DocumentVersion.objects.filter(current_of=document).first()
    if version is None or not words:
        raise BadInput("no-such-passage")
    for match in re.finditer(r"\s+".join(map(re.escape, words)), version.text):
        if not is_internal(version, match.start(), match.end()):
            return version.pk, match.start(), match.end()
    raise BadInput("no-such-passage")
