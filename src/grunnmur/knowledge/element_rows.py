"""Plan elements as short lines under a heading that announces several, as the text boxes of slides come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from grunnmur.knowledge.cues import ANY_CUE, Cue, cue_in, titles_section
from grunnmur.knowledge.model import ElementType
from grunnmur.knowledge.outline import Item, without_number
from grunnmur.knowledge.passages import Stretch
from grunnmur.sources.documents.model import BlockKind

# The word announces more than one: a plural form, or a count before it.
SEVERAL = re.compile(
    r"(?:målene|måla|delmål|(?:vei|veg)valg?(?:ene|a)|prinsipp(?:er|a|ene)|verdi(?:er|ar|ene|ane)|sats\w*(?:er|ar|ene|ane)"
    r"|strategi(?:er|ar|ene|ane)|områder|områda|områdene|målgrupper|temaer|tema(?:ene)?|grupper|grep(?:ene|a)?)\b",
    re.IGNORECASE,
)
STATEMENT = re.compile(r"\b(?:skal|vil|må|bør|får|har|er|kan|ønsker|brukes|åpnes|blir)\b", re.IGNORECASE)
KICKER = r"(?:(?:vår|vårt|våre|overordna|overordnet|felles|kommunens|planens|lokale?|prioriterte?|nasjonale?)\s+)?"
LONGEST_CUE = 10
LONGEST_PART = 3
LONGEST_ABOUT = 4
FEWEST_OF_GOAL = 3
LONGEST_BOX = 18
MOST_BOXES = 40

Labelled = Callable[[str], "re.Match[str] | None"]


def row_kind(items: Sequence[Item], index: int, whole: Stretch, labelled: Labelled) -> ElementType | None:
    """What the lines of the paragraph are, when its heading announces several and all lines of the row are short.

    ``labelled`` tells whether a heading is an element with its own label («Veivalg 3 …»).
    """
    heading = without_number(items[index].heading)
    cue = cue_in(heading)
    if cue is None or not _announces_rows(heading, cue, labelled):
        return None
    row, first = row_of(items, index)
    if first == 0 or items[first - 1].kind is not BlockKind.HEADING:
        return None
    lines = [line for one in row for line in Stretch(whole.text, one.block.start, one.block.end).lines()]
    if cue.type is ElementType.GOAL and not all(map(_says_enough, lines)):
        return None
    several = len([one for one in lines if re.search(r"[^\W\d_]{3}", one.words)]) >= 2
    return cue.type if several and all(map(_is_row, lines)) else None


def row_parts(kind: ElementType, whole: Stretch) -> Iterator[Stretch]:
    """Each line, or the members of a line that names several strategies."""
    for line in whole.lines():
        if line.words.startswith(("...", "…")):
            continue
        parts = list(_side_by_side(line)) if kind is ElementType.STRATEGY else [line]
        named = (
            len(parts) > 2
            and " og " not in line.flat
            and all(len(part.words.split()) <= LONGEST_PART for part in parts)
        )
        yield from parts if named else [line]


def _side_by_side(line: Stretch) -> Iterator[Stretch]:
    """The members of «A, B og C» or «A / B / C»."""
    marks = list(re.finditer(r"\s+/\s+", line.flat))
    if not marks:
        yield from line.enumerated()
        return
    ends = [0, *(mark.end() for mark in marks)]
    yield from (
        line.part(start, end)
        for start, end in zip(ends, [*(mark.start() for mark in marks), len(line.flat)], strict=True)
    )


def _says_enough(line: Stretch) -> bool:
    """A goal is more than a name, a date or a label."""
    return len(line.words.split()) >= FEWEST_OF_GOAL and not re.match(r"[^:]{1,20}:\s", line.words)


def _announces_rows(heading: str, cue: Cue, labelled: Labelled) -> bool:
    """«Veivalgene våre:», «Delmål», «Hvem er dette for?»: nothing but the announcement."""
    headed = re.match(r"\s+[-–—]\s", heading[cue.end :]) is not None and cue.start == 0 and SEVERAL.search(heading)
    if headed:
        return True
    if len(heading.split()) > LONGEST_CUE or labelled(heading) or joined(heading, cue):
        return False
    whole = cue.start == 0 and cue.end == len(heading)
    bare = titles_section(heading) and cue.type is not ElementType.VISION
    opening = re.match(KICKER, heading, re.IGNORECASE)
    about = (
        opening is not None
        and cue.start == opening.end()
        and len(heading.split()) <= LONGEST_ABOUT
        and not STATEMENT.search(heading)
    )
    return about or SEVERAL.search(heading) is not None or heading.endswith((":", ")")) or whole or bare


def joined(words: str, cue: Cue) -> bool:
    """«Møteplan og tema»: the word comes second to something else."""
    return re.search(r"(?:\bog|/|,)\s*$", words[: cue.start]) is not None and not ANY_CUE.search(words[: cue.start])


def row_of(items: Sequence[Item], index: int) -> tuple[list[Item], int]:
    """The paragraphs around ``index`` on its page under its heading, and the place of the first."""
    first, last = index, index
    while first and index - first < MOST_BOXES and _alike(items[first - 1], items[index]):
        first -= 1
    while last + 1 < len(items) and last - index < MOST_BOXES and _alike(items[last + 1], items[index]):
        last += 1
    return list(items[first : last + 1]), first


def _alike(one: Item, other: Item) -> bool:
    return (one.kind, one.headings, one.block.page) == (other.kind, other.headings, other.block.page)


def _is_row(line: Stretch) -> bool:
    return len(line.words.split()) <= LONGEST_BOX and not line.words.endswith((":", "?"))
