"""Where the pages or slides of a plain text file begin."""

from __future__ import annotations

import re

from grunnmur.sources.documents.model import PageKind

# Three blank lines; two are enough after the link addresses that end an exported slide.
SLIDE_BREAK = re.compile(r"\n{4,}|(?<=\n)https?://\S+[^\S\n]*\n{3,}")
# A page of a PDF saved as text begins with one space, straight under the last line of the page before.
PAGE_START = re.compile(r"(?<=[^\n])\n(?= [^\s\ue000-\uf8ff•●○■▪–*-])")
FEWEST_SLIDE_BREAKS = 2
DOUBLE_SPACED = 0.4
FEWEST_LINES = 40
WRAPPED = 0.1


def pages_of(text: str) -> tuple[PageKind, list[tuple[int, int]]]:
    """Kind and bounds of the parts of the file; together they cover the text.

    Form feeds make pages; else runs of three blank lines make slides; else, in double-spaced text,
    lines that begin with one space make pages; else the file is one page.
    """
    if "\f" in text.strip("\f"):
        return PageKind.PAGE, _spans(text, [match.end() for match in re.finditer("\f", text)])
    slides = [match.end() for match in SLIDE_BREAK.finditer(text) if text[: match.start()].strip()]
    if len(slides) >= FEWEST_SLIDE_BREAKS:
        return PageKind.SLIDE, _spans(text, slides)
    if double_spaced(text):
        return PageKind.PAGE, _spans(text, [match.end() for match in PAGE_START.finditer(text)])
    return PageKind.PAGE, [(0, len(text))]


def double_spaced(text: str) -> bool:
    """Whether most lines with words are followed by one blank line, as PDF text with wide lines is.

    Some of them must go on in the middle of a sentence; else the blank lines part short paragraphs.
    """
    lines = [line.strip() for line in text.split("\n")]
    singles = [
        more for words, gap, more in zip(lines, lines[1:], lines[2:], strict=False) if words and more and not gap
    ]
    wrapped = sum(line[0].islower() for line in singles)
    filled = sum(map(bool, lines))
    return filled > FEWEST_LINES and len(singles) > DOUBLE_SPACED * filled and wrapped > WRAPPED * len(singles)


def _spans(text: str, starts: list[int]) -> list[tuple[int, int]]:
    inner = [start for start in starts if start < len(text.rstrip())]
    return list(zip([0, *inner], [*inner, len(text)], strict=True))
