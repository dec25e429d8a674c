from __future__ import annotations

import pytest

from grunnmur.knowledge.laws import find_laws
from tests.unit.knowledge.plain import plain


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lov om sosiale tjenester i NAV, med lovens formål.", ["Lov om sosiale tjenester i NAV"]),
        ("Etter plan- og bygningsloven § 11-2 skal planen sendes ut.", ["plan- og bygningsloven § 11-2"]),
        ("Opplæringslova § 12-4 og kap. VIII i barnehageloven gjelder.",
         ["Opplæringslova § 12-4", "kap. VIII i barnehageloven"]),
        ("Kommunen følger forskrift om kvalitet i pleie- og omsorgstjenestene.",
         ["forskrift om kvalitet i pleie- og omsorgstjenestene"]),
        ("FNs barnekonvensjon og Grunnloven ligger til grunn.", ["FNs barnekonvensjon", "Grunnloven"]),
        ("Folkehelseloven gjelder. Etter folkehelseloven skal vi følge med.", ["Folkehelseloven"]),
        ("Lov om barnevern (barnevernsloven) gjelder.", ["Lov om barnevern"]),
        ("Barnehageloven gjelder.\n\nLovverk: Barnehageloven og rammeplan for barnehager.\n\nBarnehageloven igjen.",
         ["Barnehageloven", "Barnehageloven", "rammeplan for barnehager"]),
        ("Lovverk: Forvaltningsloven\n\nUtfordringer\n\nRegelverk: Forvaltningsloven, Hovedavtalen",
         ["Forvaltningsloven", "Forvaltningsloven", "Hovedavtalen"]),
        ("Loven sier at tilsynet fant to lovbrudd, og lovverket er uklart.", []),
    ],
)  # fmt: skip
def test_laws(text: str, names: list[str]) -> None:
    assert [law.text for law in find_laws(plain(text))] == names


def test_the_passage_is_the_name() -> None:
    document = plain("Vi viser til Lov om\nfolkehelsearbeid.")
    (law,) = find_laws(document)
    assert " ".join(document.text[law.start : law.end].split()) == law.text == "Lov om folkehelsearbeid"
