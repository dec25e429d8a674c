"""The words that tell that something happens at a date, rather than that something was counted or written then."""

from __future__ import annotations

import re

# Verbs and nouns of change: something begins, ends, is decided, handed over or built.
_CHANGE = re.compile(
    r"\b(?:vedta(?!ks)|vedteke|vedtek|beslutt|behandl|handsam|fremm|framlagt|fremlagt|lagt? (?:fram|frem|ned|ut)|"
    r"legges? (?:fram|frem|ned|ut)|legg(?:ast|jast) (?:fram|ned|ut)|iverksett|sett(?:es)? i verk|igangs|"
    r"start(?!lån)|oppstart|byrj|begyn|åpn|opn|ferdig|fullfør|innfør|effektuer|avvikl|avslutt|opphør|oppretta?|"
    r"etabler|utvid|flytt|ta(?:tt|s|kast)? i bruk|tek(?:ne|e) i bruk|evaluer|ruller|revider|gjennomfør|"
    r"systematiser|tr(?:er|eng|å|ådte?) i kraft|i kraft|ansettes|tilsettes|overta|overført|rekrutter|tilta(?!k)|"
    r"inntog|innleie|takk(?:et|a) ja|sa (?:ja|nei)|tilført|send[te]s?|kunngjør|lans|signer|inngå|bygg|konkurranse|"
    r"anskaff|reforhandl|leveres?|overlever|slå(?:tt|s|ast) sam(?:men|an)|samanslå|sammenslå|omorganis|erstatt|"
    r"skifte[tr]|endre[ts]|styrke[ts]|reduseres|økes|varsl|pilot|prøve[sd]|utprøv|rapporteres?|oppgrader|rehabiliter|kjøp|"
    r"sel[gj]|lukke[st]|stenge[st]|kutte[st]|tas inn|slutt|rapport|sak i|varer ut|holdt|halde|klar\b|på plass|"
    r"i drift|innflytt|planlagt|planlegges|søkte|tilsagn|oppført|fredet|freda|forsink|utsatt|utsett|tiltr(?:er|å)|"
    r"arranger|tett bygg|lå ute|sluttfør|foreligge|ligge føre|gå(?:r)? live|produksjonssett|mottatt|åpent for)\w*",
    re.IGNORECASE,
)
_GATHERING = re.compile(
    r"\b\w*(?:samling|møte|seminar|kurs|konferanse|høring|høyring|bygging|åpning|opning|melding|start|plan|kommunestyre|"
    r"formannskap|bystyre|utvalg|utval|ettersyn|frist|tilsyn|verksted|verkstad|lansering|rapportering|vedtak|evaluering)"
    r"(?:r|er|ar|en|ne|ene|ane|a|t|et|s)?\b",
    re.IGNORECASE,
)
DEADLINE = re.compile(r"\b\w*frist(?:en|ar|er)?\b", re.IGNORECASE)
TIME_LINE = re.compile(
    r"tids?(?:linje|plan|løp|skjema)|fr[ae]mdrift|milepæl|milepel|veien\s+videre|vegen\s+vidare|møteplan|møtekalender|kalender|årshjul"
    r"|frister\b|fristar\b|viktige\s+dat|politisk(?:e)?\s+(?:behandling|handsaming|saker|prosess)|prosess(?:plan|en)?\b|neste\s+steg|hva\s+skjer|kva\s+skjer"
    r"|fr[ae]moverplan|plan\s+fr[ae]mover|datoer\b|datoar\b|saker\s+(?:til|fram|frem)",
    re.IGNORECASE,
)


def changes(words: str) -> bool:
    """Whether the words tell of something that begins, ends, is decided, handed over or built."""
    return _CHANGE.search(" ".join(words.split())) is not None


def gathers(words: str) -> bool:
    """Whether the words name a meeting, a hearing, a decision or a deadline."""
    return _GATHERING.search(" ".join(words.split())) is not None
