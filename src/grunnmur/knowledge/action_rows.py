"""Actions as lines or sentences right under a heading for them: «Slik gjør vi det», «Iverksatte tiltak»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grunnmur.knowledge.action_sentences import is_done, is_going_to, planned_in
from grunnmur.knowledge.cues import ACTION, CATEGORY_WORDS, announces_actions, cue_in
from grunnmur.knowledge.passages import ITEM_LABEL, Stretch

OTHER_TALK = re.compile(
    r"\b(?:utfordring\w*|bakgrunn|status\w*|risiko\w*|konsekvens\w*|avdelinger|avdelingar|definisjon\w*|begrep\w*|omgrep|kilder|kjelder"
    r"|vedlegg|medvirkning\w*|medverknad\w*|innspill|innspel|særtrekk|ansvar|hovedsats\w*|måltall|måltal|milepæl\w*"
    r"|fr[ae]mdrift\w*|forutsetning\w*|føresetnad\w*|frister|fristar|lovgrunnlag\w*|lover|føringer|føringar)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"tiltak|innspar|spare|kutt|omstilling|effektivisering|nedtrekk|handlings|aktivitet|forslag", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:\d{1,2}[.)]?|[a-h]\))\s+(?=[A-ZÆØÅ«])")
_DETAIL = re.compile(r"(?:effekt|innsparing|ansvar\w*|kostnad\w*|frist|status|økonomi|årsverk)\s*:", re.IGNORECASE)
_NO_ROW = re.compile(
    r"[^\W\d][^:]{1,24}:\s*\S|\W*\d|[«“\"(]|NB\b|(?:forslag|tiltak)\s*\d*$|.*\bmen\b|.*\bpotensial", re.IGNORECASE
)
_TELLS = re.compile(
    r"\b(?:er|har|var|hadde|ble|vart|kan|må|bør|får|viser|syner|betyr|gir|gjelder|gjeld|omfatter)\b", re.IGNORECASE
)
_OFFERS = re.compile(r"tilbud|tilbod|tjenest|tenest", re.IGNORECASE)
_FEWEST = 3
_LONGEST_TITLE = 6
_LONGEST_ROW = 14


def in_rows(heading: str, whole: Stretch) -> Iterator[Stretch]:
    """The actions that stand on lines of their own, or in sentences, of a paragraph under ``heading``."""
    if not announces_actions(heading) or cue_in(heading) or OTHER_TALK.search(heading):
        return
    asks_us = re.search(r"\bvi\b|kommunen", heading, re.IGNORECASE) is not None
    rows = whole.lines()
    named = [row for row in rows if not _DETAIL.match(row.words)]
    if named and _titles_rows(heading) and all(_is_row(row.words) for row in named):
        yield from (_without_number(row) for row in _with_details(rows))
        return
    alone = len(rows) > 1 or len(whole.sentences()) == 1
    for part in rows if len(rows) > 1 else whole.sentences():
        done = asks_us and len(part.words.split()) >= _FEWEST and is_done(part.flat, anyone=alone)
        yield from list(planned_in(part)) or ([part] if done or is_going_to(part.flat) else [])


def _titles_rows(heading: str) -> bool:
    """A short heading with the word for actions, as opposed to «Veien videre», under which anything may stand."""
    match = ACTION.search(heading)
    if _OFFERS.search(heading):
        return False
    return match is not None and _TITLE.search(match[0]) is not None and len(heading.split()) <= _LONGEST_TITLE


def _is_row(words: str) -> bool:
    """A short line that names something to do: no sentence, no label with a value, no bare number or date."""
    words = _NUMBER.sub("", words)
    short = len(words.split()) <= _LONGEST_ROW and not words.endswith((".", ":", "?", "!"))
    kinds = any(pattern.search(words) for pattern in CATEGORY_WORDS.values())
    return (
        short
        and not kinds
        and not _NO_ROW.match(words)
        and not _TELLS.search(words)
        and re.search(r"[^\W\d_]{6}|\s[^\W\d_]{4}", words) is not None
    )


def _with_details(rows: list[Stretch]) -> Iterator[Stretch]:
    """Each row with the lines after it that give its money, owner or deadline."""
    waiting: Stretch | None = None
    for row in rows:
        if waiting is not None and _DETAIL.match(row.words):
            waiting = Stretch(row.text, waiting.start, row.end)
        elif not _DETAIL.match(row.words):
            if waiting is not None:
                yield waiting
            waiting = row
    if waiting is not None:
        yield waiting


def _without_number(row: Stretch) -> Stretch:
    label = ITEM_LABEL.match(row.flat) or _NUMBER.match(row.flat)
    return row.part(label.end() if label else 0, len(row.flat))
