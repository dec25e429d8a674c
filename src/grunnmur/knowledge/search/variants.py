"""Nynorsk words beside their bokmål ones, so that either finds the other. Keys and values are dictionary forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BOKMAL_OF: Final[Mapping[str, str]] = {
    "auke": "øke",
    "born": "barn",
    "brukar": "bruker",
    "bustad": "bolig",
    "deltakar": "deltaker",
    "einskild": "enkelt",
    "eining": "enhet",
    "fleire": "flere",
    "framskriving": "framskrivning",
    "føremål": "formål",
    "heim": "hjem",
    "heimeteneste": "hjemmetjeneste",
    "innbyggjar": "innbygger",
    "kyrkje": "kirke",
    "leiar": "leder",
    "leiing": "ledelse",
    "likskap": "likhet",
    "lærar": "lærer",
    "løysing": "løsning",
    "løyving": "bevilgning",
    "moglegheit": "mulighet",
    "motteken": "mottatt",
    "målsetjing": "målsetting",
    "sjuk": "syk",
    "sjuke": "syke",
    "sjukefråvær": "sykefravær",
    "sjukeheim": "sykehjem",
    "sjukepleiar": "sykepleier",
    "skule": "skole",
    "teneste": "tjeneste",
    "tilsett": "ansatt",
    "tryggleik": "trygghet",
    "vaksen": "voksen",
    "vanskar": "vansker",
    "veg": "vei",
    "vegval": "veivalg",
    "verdigheit": "verdighet",
    "verksemd": "virksomhet",
    "veke": "uke",
    "årleg": "årlig",
}
