"""The sentence behind each code of the core: what happened, what is safe, what to do.

The core raises and returns codes with parameters; nothing in it is written for people. A code that is not known
here is shown as it is, inside a sentence that still tells what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grunnmur_web.words import numbers, periods

# Why a file could not be read. The other files of the same upload are never affected.
UNREADABLE: dict[str, Any] = {
    "empty-file": _("Filen er tom. Hent den på nytt der du fant den, og legg den inn igjen."),
    "not-a-file": _("Filen finnes ikke lenger. Legg den inn på nytt."),
    "not-text": _("Filen skal være ren tekst, men inneholder noe annet. Åpne den og lagre den i et annet format."),
    "mislabelled": _("Filen er noe annet enn navnet sier. Lagre den på nytt fra programmet den kom fra."),
    "no-reader": _("Grunnmur kan ikke lese denne typen fil. Lagre den som PDF, Word, PowerPoint, Excel eller tekst."),
    "encrypted": _("Filen er låst med passord. Lagre en kopi uten passord og legg den inn på nytt."),
    "broken": _("Filen er skadet. Åpne den i programmet den kom fra, lagre den på nytt og legg den inn igjen."),
    "hostile": _("Filen inneholder noe som kan gjøre skade, og ble stoppet. Ingenting er hentet fra den."),
    "too-large": _("Filen er for stor. Del den opp og legg inn delene hver for seg."),
    "too-many-pages": _("Dokumentet har flere enn %(limit)s sider. Del det opp og legg inn delene hver for seg."),
    "too-many-files": _("Det er flere enn %(limit)s filer i mappen eller zip-filen. Legg inn noen om gangen."),
    "unpacked-too-large": _("Filen blir for stor når den pakkes ut, og ble stoppet. Legg inn noen filer om gangen."),
    "zip-bomb": _("Filen blir urimelig stor når den pakkes ut, og ble stoppet. Ingenting er hentet fra den."),
    "entity-bomb": _("Filen er laget slik at den vokser uten grense, og ble stoppet. Ingenting er hentet fra den."),
    "too-deep": _("Innholdet ligger i for mange lag inni hverandre. Lagre filen som PDF og legg den inn på nytt."),
    "too-slow": _("Det tok for lang tid å lese filen, og lesingen ble stoppet. Del filen opp og prøv igjen."),
    "out-of-memory": _("Filen krever for mye minne å lese. Del den opp og prøv igjen."),
    "reader-died": _("Lesingen stoppet brått. Filen er tatt vare på. Prøv igjen, eller lagre den som PDF."),
    "reading-failed": _("Noe gikk galt hos oss under lesingen. Filen er tatt vare på. Prøv å lese den på nytt."),
    "ki-hour": _("Du har bedt om mange utkast den siste timen. Vent litt før du ber om flere."),
    "sources-moved": _("Kildene utkastet bygger på, er flyttet eller avsluttet siden. Be om et nytt utkast."),
    "too-many-plans": _("Du kan slå sammen inntil %(limit)s planer om gangen."),
    "too-many-parts": _("Et punkt kan deles i høyst %(limit)s."),
    "ki-off": _("Det er ikke satt opp noen språkmodell her. Skriv teksten selv."),
    "ki-busy": _("Du venter alt på tre utkast. Se på dem først."),
    "no-such-task": _("Det kan ikke en språkmodell bli bedt om her."),
    "nothing-to-draft-from": _("Her er ingen kilder å skrive ut fra."),
    "draft-not-ready": _("Utkastet er ikke klart, eller noen har alt tatt stilling til det."),
    "not-proved": _("Ingen setning i utkastet er bevist, så det kan ikke tas i bruk."),
    "ki-address": _("Adressen til språkmodellen må begynne med https://. Be administrator rette innstillingen."),
    "ki-unreachable": _("Språkmodellen svarer ikke. Ingenting er endret. Prøv igjen, eller skriv teksten selv."),
    "ki-refused": _("Språkmodellen sa nei til å svare. Be administrator se på adresse og nøkkel."),
    "ki-too-slow": _("Språkmodellen brukte for lang tid, og forsøket ble stoppet. Prøv med færre kildesteder."),
    "ki-too-large": _("Svaret fra språkmodellen ble for langt og er ikke tatt med."),
    "ki-cut-off": _("Svaret fra språkmodellen ble kuttet før det var ferdig, og er ikke tatt med. Prøv igjen."),
    "ki-wrong-shape": _("Svaret fra språkmodellen kunne ikke brukes. Prøv igjen, eller skriv teksten selv."),
    "nested-archive": _("En zip-fil inni en zip-fil leses ikke. Pakk den ut og legg inn filene."),
    "unsafe-name": _("Filen har et navn som peker ut av sin egen mappe, og ble stoppet. Resten er lest."),
    "link": _("Filen er bare en lenke til en annen fil, og ble hoppet over. Legg inn selve filen."),
    "cancelled": _("Lesingen ble avbrutt. Filen er tatt vare på, og du kan lese den på nytt når du vil."),
}

# Why something a person asked for was not done.
REFUSED: dict[str, Any] = {
    "no-files": _("Ingen filer er valgt. Velg minst én fil, en mappe eller en zip-fil."),
    "too-many-uploads": _("Du kan legge inn %(limit)s filer i timen. Ingenting ble lagret nå. Prøv igjen om en stund."),
    "already-here": _("Den samme filen ligger her fra før, i et dokument du ikke har tilgang til."),
    "same-content": _("Filen er helt lik en tidligere versjon. Ingenting er endret."),
    "already-read": _("Dokumentet er lest ferdig. Ingenting er endret."),
    "published-document": _("Dokumentet er publisert. Trekk det tilbake før du sletter det."),
    "nothing-to-publish": _("Dokumentet har ingen lest versjon ennå. Vent til det er lest, og publiser da."),
    "version-not-read": _("Versjonen er ikke lest ferdig. Vent litt og prøv igjen."),
    "figure-not-reviewed": _("Et tall må være godtatt eller rettet før det kan vises på forsiden."),
    "not-correctable": _("Dette funnet kan ikke rettes, bare godtas eller avvises."),
    "bad-passage": _("Marker litt tekst i dokumentet først."),
    "already-found": _("Dette stedet er allerede et funn av samme slag."),
    "nothing-to-undo": _("Det er ingen avgjørelse å angre."),
    "passage-not-found": _("Teksten finnes ikke i dokumentet. Kopier den nøyaktig slik den står."),
    "passage-many": _("Teksten står %(found)s steder. Ta med noen ord til, så den bare passer ett sted."),
    "no-such-page": _("Dokumentet har ingen side %(page)s."),
    "bad-width": _("Bildet kan ikke lages i den bredden."),
    "backup-exists": _("Det ligger en fil på «%(file)s» fra før. Velg et annet navn, så ingenting blir overskrevet."),
    "restore-needs-empty": _("Det ligger data her fra før. Gjenopprett i en tom mappe, så ingenting blir overskrevet."),
    "not-a-backup": _("«%(file)s» er ikke en sikkerhetskopi fra Grunnmur. Ingenting er endret."),
    "merging-not-open": _("Sammenstillingen er ferdig og frosset. Åpne den igjen før du endrer noe."),
    "merging-undecided": _("%(count)s punkter er ikke avgjort. Avgjør dem før du gjør sammenstillingen ferdig."),
    "merging-rests-on-drafts": _("Den bygger på dokumenter som ikke er publisert: %(titles)s. Publiser dem først."),
    "no-items": _("Fant ingen mål eller tiltak i planene, så det er ingenting å slå sammen."),
    "merging-failed": _("Noe gikk galt da planene ble sammenlignet. Ingenting er tapt. Prøv igjen."),
    "needs-name": _("Skriv et navn. Ingenting er endret."),
    "needs-plans": _("Velg minst to planer som er lest ferdig."),
    "needs-areas": _("Skriv minst ett hovedområde."),
    "needs-text": _("Skriv noe først. Ingenting er endret."),
    "needs-reason": _("Skriv hvorfor punktet avsluttes."),
    "needs-resolution": _("Skriv hva som gjelder, så alle ser hva dere kom fram til."),
    "needs-place": _("Velg hvilket punkt i den nye planen det skal inn i."),
    "no-such-area": _("Det hovedområdet finnes ikke. Ingenting er endret."),
    "no-such-level": _("Det nivået finnes ikke. Ingenting er endret."),
    "no-such-fate": _("Velg hva som skal skje med punktet."),
    "same-place": _("Det står der allerede. Ingenting er endret."),
    "nothing-chosen": _("Velg noen av dem, men ikke alle. Ingenting er endret."),
    "has-sources": _("Punktet bygger på kilder. Avgjør dem først."),
    "wording-changed": _("Noen andre har endret ordlyden mens du skrev. Ingen av tekstene er tapt."),
    "changed-since": _("Noen har endret dette siden. Avgjørelsen kan ikke angres, men du kan avgjøre på nytt."),
    "merging-not-finished": _("Sammenstillingen er ikke ferdig. Gjør den ferdig før den blir til en plan."),
    "plan-element-gone": _("Punktet finnes ikke lenger. Noen andre har tatt det ut."),
    "plan-nothing-above": _("Det er ikke noe punkt over på samme nivå, så det er ingenting å rykke inn under."),
    "plan-at-the-top": _("Punktet står øverst i planen fra før."),
    "plan-no-such-place": _("Punktet kan ikke stå der. Ingenting er endret."),
    "plan-changed-since": _("Noen andre har endret det samme siden, så det kan ikke angres. Ingenting er endret."),
    "plan-published": _("Planen har vært publisert, og kan ikke slettes. Gi den heller status utgått."),
    "plan-empty": _("Planen har ingen punkter ennå, så det er ingenting å publisere."),
    "plan-unchanged": _("Ingenting er endret siden forrige utgave."),
    "nothing-to-split": _("Sett en tom linje der punktet skal deles."),
    "no-elements": _("Fant ingen mål eller tiltak i dokumentet som ikke er i planen fra før."),
    "level-in-use": _("Et nivå som punkter har, kan ikke tas bort. Gi punktene et annet nivå først."),
    "level-names": _("Hvert nivå må ha et eget navn."),
    "not-on-hearing": _("Planen er ikke på høring nå."),
    "no-such-passage": _("Fant ikke sitatet i dokumentet. Kopier det nøyaktig slik det står der."),
    "document-in-plan": _("Punkter i en plan bygger på dokumentet, og det kan ikke slettes så lenge de gjør det."),
    "document-in-merging": _("Dokumentet er med i en sammenstilling, og kan ikke slettes så lenge den finnes."),
    "no-areas": _("Skriv minst ett hovedområde."),
    "bad-frame": _("Hovedområdene kan ikke leses. Hvert av dem skal ha title, og gjerne description og words."),
    "same-plan": _("Planen «%(plan)s» er med to ganger. Ta bort den ene."),
    "unknown-item": _("Et av punktene finnes ikke i planene. Ingenting er endret."),
    "two-outcomes": _("Et av punktene har fått to svar. Ingenting er endret."),
    "bad-date": _("«%(written)s» er ikke en dato. Skriv den som 2025-01-31."),
    "no-folder": _("Det går ikke an å skrive i mappen «%(folder)s»."),
    "missing-extra": _("Denne delen av Grunnmur er ikke installert. Installer «grunnmur[%(extra)s]»."),
}

# What a person should know about a file that was read.
NOTICES: dict[str, Any] = {
    "needs-ocr": _("Siden er et bilde uten tekst, og er ikke lest. Installer tekstgjenkjenning for å lese den."),
    "read-with-ocr": _("Teksten er lest av et bilde av siden. Se over tall og navn før du godtar dem."),
    "ocr-failed": _("Siden er et bilde, og teksten lot seg ikke lese. Se på bildet av siden."),
    "ocr-layer": _("Siden er skannet, og teksten er lagt på av et annet program. Se over tall og navn."),
    "page-unreadable": _("Siden kunne ikke leses. Resten av dokumentet er lest."),
    "hidden-text": _("Dokumentet har skjult tekst. Den er ikke tatt med."),
    "turned-text": _("Noe tekst står på tvers av siden («%(text)s»). Se at den er lest riktig."),
    "spread-text": _("Noe tekst er skrevet med mellomrom mellom bokstavene («%(text)s»). Se at den er lest riktig."),
    "tracked-changes": _("Dokumentet har forslag til endringer. Det er lest som om alle er godtatt."),
    "comments": _("Dokumentet har kommentarer i margen. Bare de som arbeider med dokumentet, ser dem."),
    "contents-left-out": _("Innholdsfortegnelsen er ikke tatt med, for alt i den står i teksten."),
    "macros-ignored": _("Filen inneholder makroer. De er ikke kjørt og ikke tatt med."),
    "embedded-ignored": _("Det ligger andre filer inni denne. De er ikke lest. Legg dem inn for seg."),
    "only-pictures": _("Siden har bare bilder. Teksten i bildene er ikke lest."),
    "hidden-sheet": _("Arket er skjult i filen. Bare de som arbeider med dokumentet, ser det."),
    "hidden-slide": _("Lysbildet er skjult i presentasjonen. Bare de som arbeider med dokumentet, ser det."),
    "hidden-cells": _("Arket har skjulte rader eller kolonner. De er ikke tatt med."),
    "off-slide-text": _("Noe tekst ligger utenfor lysbildet. Den er ikke tatt med."),
    "formulas-not-computed": _("%(formulas)s formler mangler et lagret svar. Åpne filen i Excel og lagre den."),
    "ragged-rows": _("%(rows)s rader har et annet antall kolonner enn resten. Se at de er lest riktig."),
}

# What does not add up inside a document, or between two of them.
WARNINGS: dict[str, Any] = {
    "sum-differs": _("Delene blir %(computed)s til sammen, men det står %(stated)s."),
    "shares-not-100": _("Andelene blir %(computed)s til sammen, ikke 100 %%."),
    "share-differs": _("Andelen regnes ut til %(computed)s, men det står %(stated)s."),
    "change-differs": _("Endringen regnes ut til %(computed)s, men det står %(stated)s."),
    "change-years-differ": _("Endringen på %(number)s stemmer for %(computed)s, men det står %(stated)s."),
    "parts-exceed-total": _("Delene blir %(computed)s til sammen, mer enn summen på %(stated)s."),
    "count-differs": _("Det står %(stated)s, men listen har %(listed)s."),
    "same-figure-differs": _("«%(label)s» er oppgitt med ulike tall: %(numbers)s."),
    "periods-differ": _("«%(label)s» er oppgitt for ulike perioder: %(periods)s. Da kan de ikke sammenlignes."),
    "unfinished-sentence": _("Setningen «%(words)s» er ikke fullført."),
    "name-varies": _("Det samme navnet er skrevet på flere måter: %(names)s."),
    "doubled-unit": _("Det står «%(written)s». Enheten er trolig skrevet to ganger. Lest som %(read_as)s."),
    "abrupt-change": _("«%(label)s» går fra %(old)s til %(new)s på ett år. Se om tallet er riktig."),
    "loose-numbers": _("%(count)s tall står uten forklaring på side %(page)s, trolig fra en figur."),
    "date-without-year": _("Datoen mangler år. Den er lest som %(read_as)s."),
}

UNKNOWN = _("Noe gikk galt («%(code)s»). Ingenting er endret. Prøv igjen, og meld fra hvis det skjer på nytt.")
IN_UNIT = ("stated", "computed", "numbers", "read_as", "number")


class _Params(dict[str, Any]):
    """A parameter that is missing leaves an ellipsis, never an error on top of an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def known(code: str) -> bool:
    """Whether the code has words of its own."""
    return _text(code) is not None


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The sentence for ``code`` in the active language."""
    text = _text(code)
    if text is None:
        return str(UNKNOWN) % {"code": code}
    unit = str(params.get("unit") or "")
    return str(text) % _Params(
        {name: _shown(value, unit if name in IN_UNIT else "", code in WARNINGS) for name, value in params.items()}
    )


def _text(code: str) -> Any:
    return next((words[code] for words in (UNREADABLE, REFUSED, NOTICES, WARNINGS) if code in words), None)


def _shown(value: Any, unit: str, is_warning: bool) -> str:
    """A parameter as people read it: numbers with their unit, periods in words, lists joined."""
    if isinstance(value, list | tuple):
        parts = [_shown(part, unit, is_warning) for part in value]
        return gettext("%(first)s og %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]} if parts else ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return numbers.quantity(value, unit) if unit else numbers.number(value)
    return periods.period(str(value)) if is_warning else str(value)
