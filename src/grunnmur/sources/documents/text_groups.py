"""Lines that belong together: which lines of a plain text file continue the one before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from grunnmur.sources.documents.text_lines import Marker, TextLine

LABEL = re.compile(r"[^\W\d][^.:;!?]{1,60}[:;](?:\s|$)")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
QUOTE_OPENS = '“«"'
FULL = 0.8
HALF = 0.55
SHORT = 24
OPEN_END = re.compile(
    r"(?:[(/&]|\b(?:og|eller|samt|i|på|av|for|til|frå|fra|med|om|som|en|et|ei|ein|eit|å|ved|over|under|mellom|enn|ca\.?"
    r"|den|det|de|dei|nr\.?|pr\.?|per|hos|mot|etter|at))$",
    re.IGNORECASE,
)
PRONOUN_END = re.compile(r"\b(?:vi|dere|dykk|gjør|gjer|er|om)\s+(?:det|den|de|dei)$", re.IGNORECASE)
FRAGMENT = 3
MIN_FRAGMENTS = 4


@dataclass(frozen=True, slots=True)
class Spacing:
    """How the lines of one page are set: their full length, and what stands between lines of one paragraph.

    ``double`` is true when one blank line separates lines of the same paragraph; ``wrap_space`` when wrapped
    lines end in a space and finished lines do not, as slide exports write them.
    """

    width: int
    double: bool
    wrap_space: bool


@dataclass(slots=True)
class Group:
    """Lines that make one paragraph or list item."""

    lines: list[TextLine] = field(default_factory=list)
    scattered: bool = False

    @property
    def first(self) -> TextLine:
        """The line it begins with."""
        return self.lines[0]

    @property
    def marker(self) -> Marker | None:
        """The list marker of its first line."""
        return self.first.marker

    @property
    def start(self) -> int:
        """Where its words begin, after any list marker; a marker may stand on a line of its own."""
        return self.first.body if self.first.words or len(self.lines) == 1 else self.lines[1].start

    @property
    def end(self) -> int:
        """Where its last line ends."""
        return self.lines[-1].end

    @property
    def words(self) -> str:
        """All its lines on one line, without the list marker."""
        return " ".join(" ".join([self.first.words, *(line.text for line in self.lines[1:])]).split())


def spacing_of(lines: Sequence[TextLine], double: bool) -> dict[int, Spacing]:
    """Spacing of every page; ``double`` says that the whole file is double-spaced."""
    wrap_space = _wrap_space(lines)
    pages = {page: list(group) for page, group in groupby(lines, key=lambda line: line.page)}
    everywhere = _width(lines)
    return {
        page: Spacing(everywhere if double else _width(group), double or _mostly_double(group), wrap_space)
        for page, group in pages.items()
    }


def group_lines(lines: Sequence[TextLine], spacing: dict[int, Spacing], alone: Iterable[int] = ()) -> list[Group]:
    """Join lines to paragraphs and list items; lines that begin at an offset in ``alone`` take no continuation."""
    apart = set(alone)
    groups: list[Group] = []
    scattered = scattered_lines(lines)
    for previous, line, after in zip([None, *lines[:-1]], lines, [*lines[1:], None], strict=True):
        if previous is not None and line.start in scattered and previous.start in scattered:
            groups[-1].lines.append(line)
        elif line.start in apart or previous is None or _leads_in(previous, line, after, spacing[line.page]):
            groups.append(Group([line], scattered=line.start in scattered))
        elif previous.page != line.page and groups[-1].first.start in apart:
            groups.append(Group([line]))
        elif _continues(previous, line, groups[-1], spacing):
            groups[-1].lines.append(line)
        else:
            groups.append(Group([line], scattered=line.start in scattered))
    return groups


def wraps(previous: TextLine, line: TextLine, spacing: Spacing) -> bool:
    """Whether the export shows that ``line`` is the rest of a short ``previous``, as in a title on two lines."""
    if line.gap or line.marker or line.text[0] in QUOTE_OPENS or LABEL.match(line.text):
        return False
    return line.starts_small or (spacing.wrap_space and previous.trailing == 1 and not previous.ends_sentence)


def _continues(previous: TextLine, line: TextLine, group: Group, spacing: dict[int, Spacing]) -> bool:
    set_as = spacing[line.page]
    if line.marker or group.scattered or ADDRESS.match(line.text) or ADDRESS.match(previous.text):
        return False
    if line.page != previous.page:
        return line.starts_small and not previous.ends_sentence and not line.gap and set_as.double
    if not previous.words:
        return line.gap == 0
    if line.gap > (
        2 if line.starts_small and previous.trailing and not previous.ends_sentence and set_as.double else 1
    ):
        return False
    if line.starts_small:
        return _small_continues(previous, line, set_as)
    return _capital_continues(previous, line, group, set_as)


def _small_continues(previous: TextLine, line: TextLine, set_as: Spacing) -> bool:
    if line.gap == 0:
        return True
    if previous.text.endswith((*".!?:;",)):
        return False
    if set_as.wrap_space and not previous.trailing and not OPEN_END.search(previous.text):
        return previous.text.endswith(("-", ","))
    return set_as.double or previous.trailing > 0 or previous.length >= HALF * set_as.width


def _capital_continues(previous: TextLine, line: TextLine, group: Group, set_as: Spacing) -> bool:
    full = previous.length >= FULL * set_as.width
    if LABEL.match(line.text) and not (line.gap == 0 and full and not LABEL.match(previous.text)):
        return False
    if previous.text.endswith("-") and line.gap == 0:
        return True
    if previous.text.isupper() and not line.text.isupper():
        return False
    if _open_end(previous) or previous.text.count("(") > previous.text.count(")"):
        return True
    if set_as.wrap_space and previous.trailing == 1 and line.gap == 0:
        return full or not previous.text.endswith((*".:!?",))
    if (line.gap and not set_as.double) or (set_as.wrap_space and not previous.trailing) or previous.text.endswith(":"):
        return False
    if previous.ends_sentence:
        return full and previous.trailing < 2
    return set_as.width > SHORT and (full or (line.gap == 0 and previous.length >= HALF * set_as.width))


def _open_end(line: TextLine) -> bool:
    """A last word that needs another; «det» may also close a title («Slik gjør vi det»)."""
    return OPEN_END.search(line.text) is not None and not PRONOUN_END.search(line.text)


def _leads_in(previous: TextLine, line: TextLine, after: TextLine | None, set_as: Spacing) -> bool:
    """A short line of its own right above a list introduces the list; it ends no paragraph."""
    if line.marker or line.starts_small or not line.gap or after is None or after.page != line.page:
        return False
    if OPEN_END.search(previous.text) and line.gap == 1:
        return False
    return after.marker is not None and line.length < HALF * set_as.width and not line.ends_sentence


def _width(lines: Sequence[TextLine]) -> int:
    lengths = sorted(line.length for line in lines)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _mostly_double(lines: Sequence[TextLine]) -> bool:
    """One blank line inside sentences counts: the next line begins with a small letter."""
    inner = [line.gap for previous, line in pairwise(lines) if line.starts_small and not line.marker]
    return len(inner) >= 2 and sum(gap == 1 for gap in inner) > len(inner) / 2


def _wrap_space(lines: Sequence[TextLine]) -> bool:
    wrapped = Counter(
        previous.trailing > 0
        for previous, line in pairwise(lines)
        if line.starts_small and not line.marker and line.gap == 0 and previous.page == line.page
    )
    final = Counter(previous.trailing > 0 for previous, line in pairwise(lines) if line.marker and line.gap == 0)
    mostly = wrapped[True] > 4 * wrapped[False] and wrapped.total() >= 3
    return mostly and final[True] <= final[False]


def scattered_lines(lines: Sequence[TextLine]) -> set[int]:
    """Starts of lines in runs of letter fragments: text that was set one letter, or two, a line."""
    found: set[int] = set()
    for short, run in groupby(lines, key=lambda line: line.length <= FRAGMENT and not line.marker):
        fragments = list(run)
        words = [line for line in fragments if re.search(r"[^\W\d]", line.text)]
        if short and len(words) >= MIN_FRAGMENTS:
            found.update(line.start for line in fragments)
    return found
