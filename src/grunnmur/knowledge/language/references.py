"""Numbers that name something instead of counting: paragraphs, cases, telephones, addresses, list marks, ages."""

from __future__ import annotations

import re

from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.language.words import word_list

_CITATIONS = (
    r"(?:https?://|www\.)\S{1,300}-\s{0,20}\n\s{0,20}\S{0,300}[/?=]\S*|(?:https?://|www\.)\S+",
    r"(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+",
    r"\b(?:LOV|FOR)-\d{4}-\d\d-\d\d(?:-\d+)?",
    r"\b(?:[Ll]ov|[Ff]orskrift)(?:\s+av)?\s+\d{1,2}\.\s?\w+\s+\d{4}\s+nr\.?\s*\d+",
    r"(?i:\b(?:meld\.?\s?st\.?|st\.?\s?meld\.?|prop\.?|innst\.?|ot\.?\s?prp\.?|NOU|rundskriv)\s*(?:nr\.?\s*)?[IVX]?-?\d+"
    r"(?:[:/]\s?\d+)?(?:\s?[LS]\b)?(?:\s*\(?\d{4}\s?[-–]\s?\d{2,4}\)?)?)",
    r"(?i:\brapport(?:nr\.?)?\s+(?:nr\.?\s*)?\d{1,4}[/:-]\d{1,4})",
    r"\b[A-ZÆØÅ]{2,5}[- ]?\d{1,4}/\d{2,4}\b",
    r"(?i:\b(?:arkiv)?sak(?:s?nr)?\.?:?\s*\d{1,4}/\d{2,6}(?:-\d+)?)",
    r"\b(?:19|20)\d\d/(?!(?:19|20)\d\d\b)\d{3,}(?:-\d+)?\b",
    r"(?i:\b(?:NS|ISO|EN)(?:-EN|-ISO)*[ -]?\d{3,5}(?::\d{4})?)",
)

_NAMES = word_list("""
kap kapittel punkt pkt avsnitt vedlegg side tabell figur fig tab fase trinn steg nr nummer artikkel art ledd versjon sak
saksnr ps sone veivalg delmål hovedmål mål strategi tiltak alternativ scenario spor vg gruppe kommunegruppe kostragruppe
nivå bilde lysbilde slide pulje hovedforløp forløp prinsipp innsatsområde satsingsområde klasse rom etappe del tema
spørsmål prioritet diabetes type vei rute postboks
""")

_NOT_COUNTS = (
    r"(?i:(?:tlf|telefon|mobil|mob|tel|faks)\.?\s*:?\s*\+?\d[\d ]{6,}\d|\+47[\d ]{8,}\d)",
    r"(?<!\d)\d{2} \d{2} \d{2} \d{2}(?!\d| ?\d)",
    r"(?i:\borg(?:anisasjons)?\.?\s?(?:nr|nummer)\.?:?\s*(?:NO\s?)?[\d ]{8,11}\d)|\bNO ?\d{3} ?\d{3} ?\d{3}\b",
    # service numbers and telephones without spaces: «116 117», «07490», «331 71 000», «33171234»
    r"\b116\s?(?:000|006|111|117|123)\b|(?<![\d.,])0\d{4}\b|(?<!\d)(?<!\d )\d{3} \d{2} \d{3}(?! ?\d)",
    r"(?<![\d.,])[2-9]\d{4}(?!000\b)\d{3}(?![\d.,]|\s?(?:kr|mill))\b",
    # street addresses, case numbers, pages
    r"\b[A-ZÆØÅ][a-zæøå]+(?:gat[ae]|gaten|vei(?:en)?|veg(?:en)?|allé(?:en)?)\s\d{1,3}(?:\s?[A-H])?\b(?!,\d|\s?%)",
    r"(?<![\d/.,])\d{2}/\d{3,6}(?:-\d+)?\b|(?i:(?<![\w.])s\.\s?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\b)",
    # opening hours, school years in one school, a planning period in two digits
    r"\b0\d\s?[-–]\s?[12]\d\b|\b1\s?[-–]\s?(?:4|7|10)\b(?=\s?-?(?:skole|skule|trinn))",
    r"(?<=skole )1\s?[-–]\s?(?:4|7|10)\b",
    r"(?m:(?<=[a-zæøå] )2\d\s?[-–]\s?[23]\d[ \t]*$)",
    r"§+\s*\d+\s?[A-Z]?(?:\s?[-–]\s?\d+)*\s?[a-z]?\b(?:\s*(?:,|og|til|jf\.?)\s*§*\s*\d+(?:\s?[-–]\s?\d+)+)*",
    r"(?i:(?<!\w)(?:"
    + "|".join(sorted(_NAMES))
    + r")\.?\s*\d++(?:\.\d++)*+\.?(?:\s*(?:-|–|og|av|til)\s*\d++(?:\.\d++)*+)?(?!,\d|\s?%"
    r"|\s+(?:lær|elev|plass|pers|årsv|ansa|bruk|delt|time|bol|mill|kr\b)))",
    r"(?i:\bkl(?:okken|okka|\.)?\s*\d{1,2}(?:[.:]\d\d)?(?:\s*[-–]\s*(?:kl\.?\s*)?\d{1,2}(?:[.:]\d\d)?)?)|\b\d{1,2}:\d\d\b",
    r"\b24/7\b|\b1:1\b",
    # clock times and enumerations: «16.00–17.30», «1,2,3,4»
    r"\b[0-2]?\d[.:][0-5]\d\s?[-–]\s?[0-2]?\d[.:][0-5]\d\b|(?<![\d,])\d{1,2}(?:,\d{1,2}){3,}(?![\d,])",
    # letters and digits in one word («E18», «covid-19», «vg2»), except «kr500» and «ca130»
    r"(?<![\w.])(?!(?i:kr|ca|nok)\d)(?:[A-ZÆØÅ][^\W\d_]*-?|[a-zæøå]{1,3}|[a-zæøå]+-)\d+(?:-\d+)?\b",
    # numbering at the start of a line
    r"(?m:^[ \t]*\(?\d{1,2}(?:\.\d{1,2}){0,4}(?:[.)][ \t]*|[ \t]+)(?=[A-ZÆØÅ«“\"]|https?:))",
    r"(?m:^[ \t]*\d{1,2}(?:\.\d{1,2})*[.)][ \t]*(?!mill|mrd|prosent)(?=[a-zæøå]))",
    # ordinals: «2. plass», «8.–10. trinn», «2. og 3. etg.»
    r"(?<![\d,.])\d{1,2}\.(?:\s?(?:-|–|og)\s?\d{1,2}\.)+(?=\s?[a-zæøå])",
    r"(?<![\d,.])\d{1,2}\.\s(?=(?:plass|klasse|trinn|etg|etasje|linje|avdeling|gang|time|dag|sone|ledd|generasjon|plan|steg|"
    r"behandling|gangs|juledag|linjetjeneste|linjetjenesten|kvartal|tertial|halvår)\b|klassing)",
    # part of a word: «3-årig», «24-timers», «100-dagers», «3 dagers kurs»
    r"(?<![\d,.])\d+\s?-\s?[a-zæøå]{2,}|(?<![\d,.])\d+(?=\s(?:dagers|timers|års|måneders|ukers|kroners|minutters)\b)",
    # classes beginning at nought («0–15 dager», «0-24»)
    r"(?<![\d,.])0\s?[-–]\s?\d+\b(?!\s?%)",
    # a denominator: «per 1000 innbyggere»
    r"(?i:(?<!\w)(?:pr\.?|per)\s*10{0,2}(?:[ .]?000)+\b|(?<!\w)(?:pr\.?|per)\s*100\b)",
    # postcodes
    r"(?<=, )\d{4}(?=\s[A-ZÆØÅ][a-zæøå]+)|(?m:^\d{4}(?= [A-ZÆØÅ][A-ZÆØÅa-zæøå]+$))",
)

# Footnote marks stuck to a word, a percent sign or a year, and a mark that opens its note.
_FOOTNOTE_MARKS = (
    r"(?<=[a-zæøå]{3})\d{1,2}(?=[\s.,;:)]|$)|(?<=%)\d{1,2}\b",
    r"(?<=\bår (?:19|20)\d\d)\d{1,2}\b|(?<=[a-zæøå])\d(?=(?:19|20)\d\d\b)",
    r"(?m:^[ \t]*\d{1,2}(?=[A-ZÆØÅ][a-zæøå]))",
)

_AGES = (
    r"(?<![\d,.])\d{1,3}\s?(?:[-–]|til|og|eller)\s?\d{1,3}\s?-?\s?år(?:s|inger|ingar|a|ene|ane)?(?!\w)",
    r"(?<![\d,.])\+?\d{1,3}\s?-?\s?år(?:a|s|ene|ane|ing\w*)?(?!\w|sverk)",
    r"(?<![\d,.])\d{1,3}\s?-\s?åring\w*|(?<![\d,.])\d{2}\+",
    r"(?i:\balders?(?:gruppen?e?|gruppa|en|spenn\w*|intervall\w*|klassen?e?)\s+(?:på\s+)?\d{1,3}\s?[-–]\s?\d{1,3})",
    r"(?i:(?<=\bover )|(?<=\beldre over ))(?:67|75|80|85|90)(?=[\s.,)]*(?:$|[.,)]|(?:og|er|som|i|mottar)\b))",
)

_CITATION = re.compile("|".join(_CITATIONS))
_FOOTNOTE_MARK = re.compile("|".join(_FOOTNOTE_MARKS))
_NOT_COUNT = re.compile("|".join(_NOT_COUNTS))
_AGE = re.compile("|".join(_AGES))


def find_citations(text: str) -> list[Span]:
    """Web addresses, law numbers, case numbers, white papers and standards: no date or count is read inside them."""
    return [match.span() for match in _CITATION.finditer(text) if match.group()]


def find_footnote_marks(text: str) -> list[Span]:
    """Footnote marks that text extraction has left stuck to a word or a year."""
    return [match.span() for match in _FOOTNOTE_MARK.finditer(text)]


def find_names(text: str) -> list[Span]:
    """Numbers used as names or marks: «§ 9», «fase 2», «tlf. …», list and footnote marks, ordinals, denominators."""
    return [match.span() for match in _NOT_COUNT.finditer(text) if match.group()]


def find_ages(text: str) -> list[Span]:
    """Whole numbers of years: ages, age groups and spans of time («67–79 år», «de neste 15 åra»)."""
    return [match.span() for match in _AGE.finditer(text) if match.group()]
