"""The main areas of the new plan, and which of them a theme belongs in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from grunnmur.choices.merging.model import Area, Frame
from grunnmur.choices.merging.terms import words_of
from grunnmur.kernel import BadInput

# Larvik's frame for its plan of services to residents (titles and short descriptions as published); the words are what
# plans write about arenas for everyone, early support at a low threshold, and large or compound needs.
DEFAULT_FRAME = Frame(
    (
        Area(
            "Et godt lokalsamfunn skaper vi sammen",
            "universelle arenaer og forebygging",
            (
                "universell", "åpne", "felles", "fellesskap", "møteplass", "nærmiljø", "lokalsamfunn", "innbyggere",
                "medvirkning", "samskaping", "frivillighet", "lag", "foreninger", "kultur", "kunst", "bibliotek",
                "idrett", "fysisk aktivitet", "anlegg", "folkehelse", "oppvekst", "skole", "elever", "bygg",
                "boligområde", "mangfold", "kulturarv",
            ),
        ),
        Area(
            "Når vi trenger å gi hverandre litt ekstra støtte",
            "tidlig innsats og lavterskel sammen med frivillige og næringsliv",
            (
                "tidlig innsats", "lavterskel", "henvisning", "ventetid", "råd", "veiledning", "foreldreveiledning",
                "kurs", "støtte", "mestring", "lav inntekt", "levekår", "friplass", "gratis", "redusert betaling",
                "startlån", "sommerjobb", "norskopplæring", "arbeidspraksis", "introduksjonsprogram", "fravær",
                "ensomhet", "avlastning", "helsestasjon", "gravide", "sårbare", "jobb",
            ),
        ),
        Area(
            "Når noen trenger mye støtte fra oss alle",
            "koordinert innsats ved store og sammensatte behov",
            (
                "sammensatte behov", "omfattende", "alvorlig", "demens", "sykehjem", "heldøgns", "institusjon", "rus",
                "avhengighet", "psykisk lidelse", "vold", "overgrep", "krisesenter", "barnevern", "innleggelse",
                "sykehus", "pasienter", "lindrende", "utviklingshemming", "nedsatt funksjonsevne", "koordinator",
                "tilrettelagt bolig", "hjemmetjenester", "sykdom",
            ),
        ),
    )
)  # fmt: skip
REASONS_SHOWN = 6


def frame_of(written: object) -> Frame:
    """A frame from a list of areas with ``title`` and, when given, ``description`` and a list of ``words``.

    Raises BadInput ``bad-frame`` for anything else, ``no-areas`` for an empty list.
    """
    areas = written.get("areas") if isinstance(written, dict) else written
    if not isinstance(areas, list):
        raise BadInput("bad-frame")
    if not areas:
        raise BadInput("no-areas")
    return Frame(tuple(_area(area) for area in areas))


def _area(written: object) -> Area:
    if isinstance(written, str):
        written = {"title": written}
    if not isinstance(written, dict) or not written.keys() <= {"title", "description", "words"}:
        raise BadInput("bad-frame")
    title, description, said = written.get("title"), written.get("description", ""), written.get("words", [])
    texts = [title, description, *(said if isinstance(said, list) else [None])]
    if not title or not all(isinstance(text, str) for text in texts):
        raise BadInput("bad-frame")
    return Area(str(title), str(description), tuple(map(str, said)))


class Placer:
    """Counts an area's words in the items of a theme, each area against how often its words occur at all."""

    def __init__(self, frame: Frame, texts: Sequence[str]) -> None:
        self._areas = [_roots(area) for area in frame.areas]
        self._said = [{word.root: text[word.start : word.end] for word in words_of(text)} for text in texts]
        self._mean = [
            sum(len(area.keys() & said.keys()) for said in self._said) / max(len(self._said), 1) for area in self._areas
        ]

    def place(self, items: Sequence[int]) -> tuple[int, tuple[tuple[str, str], ...]]:
        """The area of a theme with these items, and the words that speak for it; the first area when none does."""
        scores = []
        for area, mean in zip(self._areas, self._mean, strict=True):
            hits = sum(len(area.keys() & self._said[item].keys()) for item in items)
            scores.append(hits / len(items) / mean if mean else 0.0)
        best = max(range(len(scores)), key=lambda place: (scores[place], -place))
        return best, self._reasons(self._areas[best], items)

    def _reasons(self, area: Mapping[str, str], items: Sequence[int]) -> tuple[tuple[str, str], ...]:
        hits = Counter(root for item in items for root in area.keys() & self._said[item].keys())
        first = {
            root: said[root].casefold() for item in reversed(items) for said in [self._said[item]] for root in said
        }
        often = sorted(hits, key=lambda root: (-hits[root], root))[:REASONS_SHOWN]
        return tuple((first[root], area[root]) for root in often)


def _roots(area: Area) -> dict[str, str]:
    """Root → the area's own word."""
    words = area.words or (area.title, area.description)
    return {word.root: text[word.start : word.end] for text in reversed(words) for word in words_of(text)}
