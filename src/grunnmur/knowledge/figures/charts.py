"""Numbers of a chart whose values and names were exported as two separate lists."""

from __future__ import annotations

from itertools import groupby, pairwise

from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import BlockKind

_FEWEST = 3
_LONGEST_NAME = 60


def chart_labels(reading: Reading) -> dict[int, str]:
    """Start of a number → its name, where at least three bare numbers stand next to as many bare names.

    Charts lose their shape in text: first all the values, then all the names in the same order, or the reverse.
    """
    runs = [(kind, list(group)) for kind, group in groupby(reading.segments, key=_kind)]
    found: dict[int, str] = {}
    for (kind, run), (next_kind, following) in pairwise(runs):
        if kind == "value" and next_kind == "name" and len(run) >= _FEWEST:
            found |= _paired(run, following[: len(run)])
        elif kind == "name" and next_kind == "value" and len(following) >= _FEWEST:
            found |= _paired(following, run[-len(following) :])
    return found


def _kind(segment: Segment) -> str:
    words = segment.text[segment.start : segment.end].strip()
    if len(segment.dates) == 1 and segment.dates[0].end - segment.dates[0].start == len(words):
        return "other"
    if segment.block.kind is not BlockKind.PARAGRAPH:
        return "other"
    if len(segment.numbers) == 1 and segment.numbers[0].end - segment.numbers[0].start == len(words):
        return "value"
    return (
        "name"
        if not segment.numbers and len(words) <= _LONGEST_NAME and not words.endswith((".", ":", ";"))
        else "other"
    )


def _paired(values: list[Segment], names: list[Segment]) -> dict[int, str]:
    if len(values) != len(names):
        return {}
    pairs = zip(values, names, strict=True)
    return {value.numbers[0].start: " ".join(name.text[name.start : name.end].split()) for value, name in pairs}
