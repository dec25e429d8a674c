"""The list of contents that Word makes as a field over several paragraphs (ECMA-376 part 1, 17.16.5.68)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from grunnmur.sources.documents.office import Element
from grunnmur.sources.documents.word_styles import W

CONTENTS_FIELD = re.compile(r"\s*TOC\b")


@dataclass(slots=True)
class OpenFields:
    """The complex fields that are open where the reading has come, outermost first."""

    _is_contents: list[bool] = field(default_factory=list)

    def holds(self, paragraph: Element) -> bool:
        """Whether the paragraph belongs to a list of contents; follows the fields that begin and end in it."""
        belongs = any(self._is_contents)
        for element in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
            self._follow(element)
            belongs = belongs or any(self._is_contents)
        return belongs

    def _follow(self, element: Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._is_contents.append(False)
        elif kind == "end" and self._is_contents:
            self._is_contents.pop()
        elif kind is None and self._is_contents and CONTENTS_FIELD.match(element.text or ""):
            self._is_contents[-1] = True
