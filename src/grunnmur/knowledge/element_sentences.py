"""Goals, visions and target groups that are stated in a sentence («Hovedmålet er å …»)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grunnmur.knowledge.cues import ANY_CUE, LAW
from grunnmur.knowledge.model import ElementType
from grunnmur.knowledge.passages import Stretch

_GOAL = (
    r"(?:(?:hove?d|hovud|overordna\s|overordnede\s)?mål(?:setting(?:en|a)?|setjing(?:a)?|et|a)?"
    r"|(?:for|føre)mål(?:et)?|ambisjonen)"
)
_ABOUT = r"(?:\s+(?:vår|vårt|(?:med|for|i|til)\s+[^.,:;]{1,60}?))?(?:,\s[^,.:;]{1,60},)?"
_IS = r"\s+(?:er|skal\s+være|skal\s+vere)"
LABELLED = re.compile(r"(?:hoved|hovud)?mål(?:et|setting|setjing)?\s*:\s+(?P<text>\S.{8,})$", re.IGNORECASE)
STATED_GOAL = re.compile(rf"^(?:Det\s+overordnede\s+)?{_GOAL}{_ABOUT}{_IS}\s+(?:å|at|derfor\s+å)\s+\S.*", re.IGNORECASE)
WANTED = re.compile(
    r"(?:vi|kommunen|[A-ZÆØÅ]\S+\s+kommune)\s+(?:(?:vil|ønsker|ønskjer)(?:\s+derfor|\s+difor)?,?\s+at"
    r"|har\s+(?:som|et|eit)\s+mål(?:setting|setjing)?(?:\s+om)?\s+(?:å|at))\s+\S|det\s+er\s+(?:et|eit)\s+mål\s+(?:å|at)\s+\S",
    re.IGNORECASE,
)
GOAL_ABOUT = re.compile(rf"\b{_GOAL}\s+om\s+(?:(?:å|at)\s+)?(?P<text>\S.{{15,}})", re.IGNORECASE)
VISION = re.compile(
    rf"\bvisjon(?:en)?{_ABOUT}{_IS}[^:«“\"]{{0,30}}?(?::\s*|\s+(?=[«“\"]))(?P<text>\S.+)", re.IGNORECASE
)
VISION_QUOTED = re.compile(
    r"\bvisjon(?:en|a)?(?:\s+(?:om|er|vår|til\s+\S+|for\s+\S+)){0,2}\s*[:,–-]?\s*(?=[«“\"])(?P<text>\S.+)",
    re.IGNORECASE,
)
PURPOSE = re.compile(
    r"(?:planen|programmet|strategien|prosjektet|temaplanen|\w+planen|arbeidet|satsingen|satsinga)\s+(?:skal|har\s+som\s+(?:mål|formål|føremål|hensikt)\s+å)\s+"
    r"(?P<text>(?:sikre|bidra|legge\s+til\s+rette|leggje\s+til\s+rette|sørge|syte|gi|gje|gjøre|gjere|skape|fremme|styrke|forebygge|førebyggje|øke|auke"
    r"|redusere|hjelpe|hjelpa|medvirke|medverke|være\s+(?:et|ein|en|eit)|vere\s+(?:ein|eit))\b.+)",
    re.IGNORECASE,
)
VISION_PLAIN = re.compile(rf"\bvisjon(?:en)?{_ABOUT}{_IS}\s+(?:å|at)\s+(?P<text>\S.+)", re.IGNORECASE)
TARGET = re.compile(rf"^(?:primær\s?)?målgruppe?(?:n|ne|a|ene|r)?{_ABOUT}{_IS}\s+(?P<text>\S.+)", re.IGNORECASE)
OTHERS = re.compile(
    r"\b(?:nasjonal\w*|statlig\w*|regjering\w*|loven|departement\w*|sykehus\w*|sjukehus\w*)\b", re.IGNORECASE
)
# «Arbeidet følger tre prinsipp: a, b og c».
SEVERAL_NAMED = re.compile(
    r"\b(?:to|tre|fire|fem|seks|sju|åtte|følgende|følgjande|disse|desse)\s+(?:\w+e\s+)?"
    rf"(?:{ANY_CUE.pattern})(?:\s+for\s+\w+)?\s*:\s+(?P<text>\S.+)",
    re.IGNORECASE,
)
NAMED_KINDS = (ElementType.PRINCIPLE, ElementType.AREA, ElementType.THEME)
LONGEST_NAME = 8
QUOTED = re.compile(r"[«“\"](?P<text>[^»”\"]{4,})[»”\"]")
FEWEST_WORDS = 4


def stated(whole: Stretch) -> Iterator[tuple[ElementType, Stretch]]:
    """Elements stated in the sentences of a block, with what is said of them."""
    for sentence in whole.sentences():
        flat = sentence.flat
        if LAW.search(flat.split(":")[0][:80]):
            continue
        yield from list(_several(sentence, flat)) or _of_sentence(sentence, flat, whole.start)


def _several(sentence: Stretch, flat: str) -> Iterator[tuple[ElementType, Stretch]]:
    """The members of «tre prinsipp: a, b og c», each short."""
    match = SEVERAL_NAMED.search(flat)
    kind = next((kind for kind in NAMED_KINDS if match and match[kind.value]), None)
    if match is None or kind is None:
        return
    names = list(sentence.part(match.start("text"), len(flat.rstrip("."))).enumerated())
    if len(names) > 1 and all(0 < len(name.words.split()) <= LONGEST_NAME for name in names):
        yield from ((kind, name) for name in names)


def _of_sentence(sentence: Stretch, flat: str, begin: int) -> Iterator[tuple[ElementType, Stretch]]:
    if (match := LABELLED.match(flat)) and sentence.start > begin:
        yield ElementType.GOAL, sentence.part(match.start("text"), len(flat.rstrip("."))).lines()[0]
    elif match := VISION.search(flat) or VISION_QUOTED.search(flat) or VISION_PLAIN.search(flat):
        yield ElementType.VISION, _inside_quotes(sentence, flat, match.start("text"))
    elif match := TARGET.search(flat):
        if not flat.endswith(":"):
            yield ElementType.TARGET_GROUP, sentence.part(match.start("text"), len(flat))
    elif (match := PURPOSE.match(flat)) and not flat.endswith(":"):
        yield ElementType.GOAL, sentence.part(match.start("text"), len(flat.rstrip(".")))
    elif (STATED_GOAL.search(flat) or WANTED.match(flat)) and not OTHERS.search(flat):
        yield ElementType.GOAL, sentence
    elif (match := GOAL_ABOUT.search(flat)) and not OTHERS.search(flat[: match.end()][: -len(match["text"])]):
        goal = _inside_quotes(sentence, flat, match.start("text"))
        if len(goal.words.split()) >= FEWEST_WORDS:
            yield ElementType.GOAL, goal


def _inside_quotes(sentence: Stretch, flat: str, start: int) -> Stretch:
    """The quotation that begins at ``start``, or all the rest of the sentence."""
    quoted = QUOTED.match(flat, start)
    if quoted:
        return sentence.part(quoted.start("text"), quoted.end("text"))
    return sentence.part(start, len(flat.rstrip(".")))
