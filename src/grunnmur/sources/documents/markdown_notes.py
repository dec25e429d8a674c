"""Footnotes in Markdown: ``[^1]`` in the text, ``[^1]: …`` at the start of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*(.*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,100})\]")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")


@dataclass(slots=True)
class Footnotes:
    """The notes of a text by label, and the order in which the text refers to them."""

    texts: dict[str, str]
    order: list[str] = field(default_factory=list)

    def without_marks(self, text: str) -> str:
        """The text with references to known notes taken out and remembered."""

        def take(match: re.Match[str]) -> str:
            label = match[1]
            if label not in self.texts:
                return match[0]
            if label not in self.order:
                self.order.append(label)
            return ""

        return _REFERENCE.sub(take, text)

    def used(self) -> list[tuple[str, str]]:
        """Number and text of every note, those the text refers to first."""
        labels = [*self.order, *(label for label in self.texts if label not in self.order)]
        return [(str(number), self.texts[label]) for number, label in enumerate(labels, start=1)]


def take_notes(text: str) -> tuple[str, Footnotes]:
    """The text without its definitions of notes, and the notes. Code between fences is left alone."""
    kept: list[str] = []
    texts: dict[str, str] = {}
    fence = label = ""
    for line in text.split("\n"):
        fence = _fence_after(line, fence)
        definition = None if fence else _DEFINITION.match(line)
        if definition:
            label = definition[1]
            texts[label] = definition[2]
            kept.append("")
        elif label and line.startswith(("    ", "\t")) and not fence:
            texts[label] += " " + line.strip()
        else:
            label = label if not line.strip() else ""
            kept.append(line)
    return "\n".join(kept), Footnotes(texts)


def _fence_after(line: str, fence: str) -> str:
    """The code fence that is open after a line."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) and not line.strip().strip(fence[0]) else fence
