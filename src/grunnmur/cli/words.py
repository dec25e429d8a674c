"""What the command line says: one Norwegian sentence for each code of the core."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from grunnmur.kernel import GrunnmurError

ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "empty-file": "Filen er tom.",
        "not-a-file": "Fant ikke filen.",
        "not-text": "Filen skal være ren tekst, men inneholder noe annet. Lagre den i et annet format.",
        "mislabelled": "Filen heter noe med «{named}», men innholdet er {found}. Gi den riktig endelse.",
        "no-reader": "Denne typen fil kan ikke leses. "
        "Lagre den som PDF, Word, PowerPoint, Excel, CSV, ODT, HTML eller tekst.",
        "encrypted": "Filen er låst med passord. Lagre en kopi uten passord.",
        "broken": "Filen er skadet og kan ikke leses. Lagre den på nytt i programmet den kom fra.",
        "hostile": "Filen inneholder noe som kan skade andre, og ble stoppet.",
        "too-large": "Filen er for stor. Grensen er {limit} byte.",
        "too-many-pages": "Dokumentet har for mange sider. Grensen er {limit}.",
        "too-many-files": "Mappen eller zip-filen har for mange filer. Grensen er {limit}.",
        "unpacked-too-large": "Filen blir for stor når den pakkes ut, og ble stoppet.",
        "zip-bomb": "Filen blir urimelig stor når den pakkes ut, og ble stoppet.",
        "entity-bomb": "Filen er laget slik at den vokser uten grense, og ble stoppet.",
        "too-deep": "Innholdet ligger i for mange lag inni hverandre. Lagre filen på nytt som PDF.",
        "too-slow": "Det tok for lang tid å lese filen, og lesingen ble stoppet etter {limit} sekunder.",
        "out-of-memory": "Filen krever for mye minne. Del den i flere filer.",
        "reader-died": "Lesingen stoppet brått. Lagre filen på nytt, eller som PDF, og prøv igjen.",
        "reading-failed": "Noe gikk galt hos oss da filen ble lest ({detail}). Meld gjerne fra om det.",
        "unsafe-name": "Filen har et navn som peker ut av sin egen mappe, og ble stoppet.",
        "no-files": "Ingen av filene kunne leses.",
        "missing-extra": "Dette krever en tilleggsdel som ikke er installert. Kjør: pip install 'grunnmur[{extra}]'",
        "no-items": "Fant ingen mål eller tiltak i filene, så det er ingenting å slå sammen.",
        "no-areas": "Rammen har ingen hovedområder.",
        "same-plan": "Planen «{plan}» er med to ganger.",
        "bad-frame": "Rammen kan ikke leses. Den skal være en YAML-liste der hvert område har title, og gjerne "
        "description og words.",
        "bad-date": "«{written}» er ikke en dato. Skriv den som 2025-01-31.",
        "no-folder": "Kan ikke skrive i mappen «{folder}».",
        "unexpected": "Uventet feil ({detail}). Ingenting er endret. Meld gjerne fra om den.",
    }
)
NOTICES: Mapping[str, str] = MappingProxyType(
    {
        "needs-ocr": "Siden er et bilde uten tekst og er ikke lest. "
        "Installer tekstgjenkjenning: pip install 'grunnmur[ocr]'",
        "ocr-failed": "Tekstgjenkjenningen klarte ikke siden.",
        "read-with-ocr": "Teksten er lest av et bilde. Se over tall og navn.",
        "ocr-layer": "Teksten er lagt på et bilde av siden. Se over tall og navn.",
        "hidden-text": "Skjult tekst er ikke tatt med.",
        "off-slide-text": "Tekst utenfor lysbildet er ikke tatt med.",
        "hidden-slide": "Lysbildet er skjult i visningen.",
        "hidden-sheet": "Arket er skjult.",
        "hidden-cells": "Skjulte rader eller kolonner er ikke tatt med.",
        "only-pictures": "Her er bare bilder, ingen tekst.",
        "macros-ignored": "Filen har makroer. De er ikke kjørt.",
        "tracked-changes": "Filen har endringer som ikke er godtatt. Teksten er lest slik den blir når de godtas.",
        "comments": "Filen har kommentarer. De er holdt for seg.",
        "contents-left-out": "Innholdsfortegnelsen er ikke lest som tekst.",
        "formulas-not-computed": "Noen formler har ingen utregnet verdi i filen.",
        "ragged-rows": "Noen rader har et annet antall kolonner enn resten.",
        "embedded-ignored": "Innebygde filer er ikke lest.",
        "page-unreadable": "Siden kunne ikke leses.",
        "spread-text": "Tekst som er spredt ut bokstav for bokstav, er satt sammen.",
        "turned-text": "Tekst på høykant er lest.",
    }
)
WARNINGS: Mapping[str, str] = MappingProxyType(
    {
        "sum-differs": "Delene blir {computed}, men summen er oppgitt til {stated}.",
        "parts-exceed-total": "Delene blir {computed}, mer enn totalen på {stated}.",
        "shares-not-100": "Andelene blir {computed} prosent til sammen.",
        "share-differs": "Andelen er oppgitt til {stated}, men regnes ut til {computed}.",
        "change-differs": "Endringen er oppgitt til {stated}, men regnes ut til {computed}.",
        "change-years-differ": "Endringen på {stated} gjelder andre år; for årene i teksten er den {computed}.",
        "doubled-unit": "Beløpet har tusen eller millioner to ganger; det er lest som {read_as}.",
        "count-differs": "Det er varslet {stated} punkter, men listen har {listed}.",
        "abrupt-change": "Tallet for {label} går brått fra {old} til {new}.",
        "same-figure-differs": "Samme tall er oppgitt ulikt ({label}): {numbers}.",
        "periods-differ": "Enhetene oppgir {label} for ulike perioder: {periods}.",
        "loose-numbers": "{count} tall på siden har mistet navnene sine da filen ble gjort om til tekst.",
        "date-without-year": "Datoen mangler årstall og er lest som {read_as}.",
        "unfinished-sentence": "Setningen «{words}» er ikke fullført.",
        "name-varies": "Samme navn er skrevet på flere måter: {names}.",
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "headings": "Overskrifter",
        "elements": "Planelementer",
        "figures": "Tall",
        "actions": "Tiltak",
        "milestones": "Milepæler",
        "laws": "Lover",
        "services": "Tjenester",
        "warnings": "Går ikke opp",
    }
)
MERGE_COUNTS = (
    "Planer", "Punkter inn", "Punkter i utkastet", "Like par", "Overlapp", "Motstrid", "Mangler noe", "Utgått",
    "Bare i én plan",
)  # fmt: skip
MERGED = "Skrevet i {folder}. Alt er forslag: ingenting er bestemt."
ONLY_JSON = "Bare merged.json er skrevet. For Word, PDF og nettside: pip install 'grunnmur[web]'"
SAME_FILE = "Filen er med fra før og telles én gang."
UNKNOWN = "Noe gikk galt («{code}»)."
FAILED = "{failed} av {total} filer kunne ikke leses."
HELP_OPTION = "Vis denne hjelpen."
USAGE_PREFIX = "Bruk: "
ANY_OPTIONS, ANY_COMMAND = "[VALG]", "KOMMANDO …"
ARGUMENTS, OPTIONS, COMMANDS = "Argumenter", "Valg", "Kommandoer"
USUALLY = "(vanlig: {value})"
INTERRUPTED = "Avbrutt."
USAGE = "{message} Prøv «{command} --help»."
NOT_UNDERSTOOD = "Kommandoen er ikke forstått."
USAGE_ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "NoSuchOption": "Det finnes ikke noe valg som heter {name}.",
        "MissingParameter": "Det mangler noe: {name}.",
        "UsageError": "Det finnes ingen slik kommando eller slikt argument.",
    }
)


class _Params(dict[str, Any]):
    """A parameter that is missing leaves its name, never an error on top of an error."""

    def __missing__(self, key: str) -> str:
        return f"«{key}»"


def sentence(error: GrunnmurError) -> str:
    """What happened, in one sentence, perhaps with what to do after it."""
    return ERRORS.get(error.code, UNKNOWN.replace("{code}", error.code)).format_map(_Params(error.params))


def usage(kind: str, message: str, name: str, command: str) -> str:
    """What is wrong with how the command was written; ``kind`` is the parser's own name for it."""
    said = USAGE_ERRORS.get(kind, message if kind == "BadParameter" else NOT_UNDERSTOOD).format(name=safe(name))
    return USAGE.format(message=said, command=command)


def notice(code: str) -> str:
    """What a person should know about a file that was read."""
    return NOTICES.get(code, code)


def warning(code: str, params: Mapping[str, Any]) -> str:
    """What does not add up."""
    return WARNINGS.get(code, code).format_map(_Params(params))


def safe(text: str) -> str:
    """A name from outside as it may be shown in a terminal: without control characters."""
    return "".join(character if character.isprintable() else "�" for character in text)
