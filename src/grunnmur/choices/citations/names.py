"""Names and denials in a sentence must stand in a passage it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grunnmur.choices.citations.model import Fault, FaultCode

_CAPITAL = re.compile(r"(?<![.!?:]\s)(?<!^)(?<=\s)[«\"(]?(?P<name>[A-ZÆØÅ][\wæøå-]*)")
_ACRONYM = re.compile(r"\b[A-ZÆØÅ]{2,}\b")
_DENIAL = re.compile(
    r"\b(?:ikke|ikkje|ingen|inga|ingenting|inkje|aldri|uten|utan|verken|korkje|umulig|umogleg|slutte?r?|avvikle\w*)\b",
    re.IGNORECASE,
)


def name_faults(text: str, sources: Sequence[str], titles: Sequence[str]) -> Iterator[Fault]:
    """Names in ``text``, and acronyms anywhere, that neither a source nor a plan's title has."""
    known = " ".join([*sources, *titles]).casefold()
    places = {match.span("name") for match in _CAPITAL.finditer(text)} | {m.span() for m in _ACRONYM.finditer(text)}
    for start, end in sorted(places):
        name = re.sub(r"s$", "", text[start:end].casefold())
        if not re.search(rf"(?<!\w){re.escape(name)}", known):
            yield Fault(FaultCode.NAME, start, end, {"written": text[start:end]})


def denial_faults(text: str, sources: Sequence[str]) -> Iterator[Fault]:
    """A denial that no source makes, and the loss of one that every source makes."""
    match = _DENIAL.search(text)
    denied = [bool(_DENIAL.search(source)) for source in sources]
    if match and not any(denied):
        yield Fault(FaultCode.NEGATION, *match.span(), {"written": match[0]})
    elif not match and denied and all(denied) and all(_one_clause(source) for source in sources):
        yield Fault(FaultCode.NEGATION, 0, len(text), {"written": ""})


def _one_clause(source: str) -> bool:
    """Whether the passage says one thing only, so that its denial can't belong to something left out."""
    return not re.search(r"[,;:]|\bmen\b|\bog\b|[.!?]\s+\S", source)
