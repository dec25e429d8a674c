"""The sentence behind each code of the core: what happened, what is safe, what to do.

The core raises and returns codes with parameters; nothing in it is written for people. A code that is not known
here is shown as it is, inside a sentence that still tells what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from grunnmur_web.words import numbers

# Why a file could not be read. The other files of the same upload are never affected.
ERRORS = {
    "empty-file": _("Filen er tom. Legg den inn på nytt fra der du hentet den."),
    "not-a-file": _("Filen finnes ikke lenger. Legg den inn på nytt."),
    "not-text": _("Filen skal være ren tekst, men inneholder noe annet. Åpne den og lagre den i et annet format."),
    "mislabelled": _(
        "Filen heter noe med «%(named)s», men innholdet er %(found)s. Gi den riktig endelse eller lagre den på nytt."
    ),
    "no-reader": _(
        "Grunnmur kan ikke lese denne typen fil. Lagre den som PDF, Word, PowerPoint, Excel, CSV, ODT, HTML eller tekst."
    ),
    "encrypted": _("Filen er låst med passord. Lagre en kopi uten passord og legg den inn på nytt."),
    "broken": _(
        "Filen er skadet og kan ikke leses. Åpne den i programmet den kom fra, lagre den på nytt og prøv igjen."
    ),
    "hostile": _("Filen inneholder noe som kan skade andre, og ble stoppet. Ingenting er lagret fra den."),
    "too-large": _("Filen er for stor. Grensen er %(limit_size)s. Del den i flere filer."),
    "too-many-pages": _("Dokumentet har %(found)s sider, og grensen er %(limit)s. Del det i flere filer."),
    "too-many-files": _("Mappen eller zip-filen har for mange filer. Legg inn noen om gangen."),
    "unpacked-too-large": _("Filen blir for stor når den pakkes ut, og ble stoppet. Del den i flere filer."),
    "zip-bomb": _("Filen blir urimelig stor når den pakkes ut, og ble stoppet. Ingenting er lagret fra den."),
    "entity-bomb": _("Filen er laget slik at den vokser uten grense, og ble stoppet. Ingenting er lagret fra den."),
    "too-deep": _("Innholdet ligger i for mange lag inni hverandre. Lagre filen på nytt som PDF og prøv igjen."),
    "too-slow": _("Det tok for lang tid å lese filen, og lesingen ble stoppet. Del den i flere filer og prøv igjen."),
    "out-of-memory": _("Filen krever for mye minne. Del den i flere filer og prøv igjen."),
    "reader-died": _(
        "Lesingen stoppet brått. Filen er tatt vare på. Prøv å lese den på nytt, eller lagre den som PDF."
    ),
    "unsafe-path": _("Zip-filen prøver å skrive utenfor sin egen mappe, og ble stoppet. Ingenting er lagret fra den."),
    "cancelled": _("Lesingen ble avbrutt. Filen er tatt vare på, og du kan lese den på nytt når du vil."),
}

# What a person asked for that can't be done as it stands. Nothing has been changed.
REFUSALS = {
    "no-files": _("Du har ikke valgt noen fil. Velg én eller flere filer og prøv igjen."),
    "too-many-uploads": _("Du kan legge inn %(limit)s filer i timen. Vent litt og legg inn resten da."),
    "already-here": _("Filen finnes allerede, i et dokument du ikke har tilgang til. Ingenting er lagt inn."),
    "same-content": _("Filen er den samme som i en versjon som alt er her. Velg den nye filen."),
    "reading-failed": _("Noe gikk galt hos oss under lesingen. Filen er tatt vare på. Prøv igjen."),
    "already-read": _("Dokumentet er lest. Slett det på dokumentets egen side, der du ser hva som forsvinner."),
    "published-document": _("Dokumentet er publisert. Trekk det tilbake før du sletter det."),
    "nothing-to-publish": _("Dokumentet er ikke lest ferdig. Vent til lesingen er ferdig, og publiser da."),
    "version-not-read": _("Versjonen er ikke lest ferdig. Vent til lesingen er ferdig."),
    "not-correctable": _("Dette funnet kan bare godtas eller avvises. Feilen må rettes i selve kilden."),
    "bad-passage": _("Marker teksten du vil bruke. Den kan være fra ett ord til noen avsnitt."),
    "already-found": _("Det er allerede et slikt funn på samme sted."),
    "nothing-to-undo": _("Det er ikke noe å angre her."),
    "passage-not-found": _("Teksten står ikke på denne siden. Skriv den akkurat slik den står, eller marker den."),
    "passage-many": _("Teksten står %(found)s steder på siden. Ta med noen ord til, så det bare er ett."),
}

# What a person should know about a file that was read.
NOTICES = {
    "scanned": _("Dokumentet er skannet: sidene er bilder uten tekst. Søk og funn mangler for disse sidene."),
    "ocr": _("Teksten er lest av bilder av sidene. Se over tall og navn før du godtar dem."),
    "macros": _("Filen inneholder makroer. De er ikke kjørt og ikke lagret i teksten."),
}

# What does not add up inside a document, or between two of them.
WARNINGS: dict[str, Any] = {}

UNKNOWN = _("Noe gikk galt («%(code)s»). Ingenting er endret. Prøv igjen, og meld fra hvis det skjer på nytt.")


class _Params(dict[str, Any]):
    """A parameter that is missing leaves its name, never an error on top of an error."""

    def __missing__(self, key: str) -> str:
        return f"«{key}»"


def known(code: str) -> bool:
    """Whether the code has words of its own."""
    return code in ERRORS or code in REFUSALS or code in NOTICES or code in WARNINGS


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The sentence for ``code`` in the active language."""
    text = ERRORS.get(code) or REFUSALS.get(code) or NOTICES.get(code) or WARNINGS.get(code)
    if text is None:
        return str(UNKNOWN) % {"code": code}
    return str(text) % _shown(params)


def _shown(params: Mapping[str, Any]) -> _Params:
    """Parameters as people read them: numbers with spaces, sizes in MB."""
    shown = _Params({name: numbers.number(value) if _is_number(value) else value for name, value in params.items()})
    for name, value in params.items():
        if _is_number(value):
            shown[f"{name}_size"] = numbers.file_size(value)
    return shown


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
