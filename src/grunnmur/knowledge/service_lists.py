"""Services side by side in one item or on one line: «Hjemmesykepleie, praktisk bistand, trygghetsalarm»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grunnmur.knowledge.passages import COMMA, Stretch
from grunnmur.knowledge.service_sentences import DATA, STATES
from grunnmur.knowledge.service_words import names_service

# Headings under which everything listed is what the unit does for people.
FIRM_HEAD = re.compile(
    r"(?:(?:våre|kommunens|sentrale|viktigste|lovpålagte)\s+)?(?:(?:kjerne|hoved|hovud)?(?:oppgaver|oppgåver)|tjenester|tenester"
    r"|(?:tjeneste|teneste)?(?:tilbud|tilbod))(?:\s+våre)?\s*[:?]?"
    r"|(?:dette|det|hva|kva)\s+(?:driver|driv|leverer|leverar|yter|ytar|tilbyr|tilbyd)\s+(?:vi|eininga|enheten)(?:\s+med)?\s*[:?]?",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?:kart\s+og\s+oppmåling|va(?:nn|tn)\s+og\s+avløp|brann\s+og\s+(?:feiing|redning)|park\s+og\s+idrett|drift\s+og\s+vedlikehald"
    r"|drift\s+og\s+vedlikehold|plan\s+og\s+byggesak|kultur\s+og\s+fritid|pleie\s+og\s+omsorg|helse\s+og\s+(?:omsorg|velferd))$",
    re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(r"\([^()]*\)?")
_PART_OF = re.compile(r"(?:hvorav|herav|derav|inkl\w*\.?|eks|f\.\s?eks)\.?\s", re.IGNORECASE)
_LONGEST = 4
_FEWEST_OF_LINE = 3
_HALF = 0.5
_SHARE = 0.6


def members(whole: Stretch) -> list[Stretch]:
    """The services that commas set apart in an item, counts left out; the item itself when it names but one."""
    parts = list(_cut(whole))
    named = [part for part in parts if not DATA.search(_bare(part.words)) and not _PART_OF.match(part.words)]
    short = all(len(_bare(part.words).split()) <= _LONGEST for part in named)
    if len(parts) < 2 or not named or not short or any(STATES.search(part.words) for part in named):
        return [whole]
    services = sum(names_service(part.words) for part in named)
    return named if services >= _HALF * len(named) else [whole]


def line(whole: Stretch) -> list[Stretch]:
    """The members of a line that is nothing but an enumeration of at least three, most of which name a service."""
    if re.search(r"[.:;?!]", whole.flat):
        return []
    parts = members(whole)
    named = sum(names_service(part.words) for part in parts)
    whole_line = len(parts) == len(list(_cut(whole)))
    return parts if len(parts) >= _FEWEST_OF_LINE and whole_line and named >= _SHARE * len(parts) else []


def _cut(whole: Stretch) -> Iterator[Stretch]:
    """Its members; «kart og oppmåling» stays together, and so does what has a single comma and «og» after it."""
    last = max((comma.end() for comma in COMMA.finditer(whole.flat)), default=0)
    if last and _PAIR.match(whole.flat[last:].strip()):
        yield from whole.part(0, last).trimmed().enumerated()
        yield whole.part(last, len(whole.flat))
        return
    yield from whole.enumerated()


def _bare(words: str) -> str:
    return _IN_PARENTHESES.sub("", words).strip()
