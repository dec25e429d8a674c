from __future__ import annotations

from grunnmur.knowledge import extract
from tests.unit.knowledge.reading_cases import document

TEXT = (
    "Virksomhet park\n\nMål: Alle har kort vei til en benk\n\nTiltak - effektivisering\n\n"
    "● Selge to traktorer, effekt kr 200 000 i 2026\n\n"
    "Sykefravær: 2,10 % korttid, 3,20 % langtid, samlet fravær 6,40 %\n\n"
    "Planen behandles 12. juni 2026 etter plan- og bygningsloven.\n\n"
    "\n\nTjenester:\n● Badeplass\n● Utlån av kajakk\n● Fritidsklubb\n\n\n\nTakk\n\nSpørsmål?"
)


def test_everything_is_found_in_one_reading() -> None:
    found = extract(document(TEXT))
    assert [heading.text for heading in found.headings][:1] == ["Virksomhet park"]
    assert [element.text for element in found.elements] == ["Alle har kort vei til en benk"]
    assert [action.text for action in found.actions] == ["Selge to traktorer, effekt kr 200 000 i 2026"]
    assert {figure.number for figure in found.figures} >= {200_000, 2.1, 3.2, 6.4}
    assert [milestone.date for milestone in found.milestones] == ["2026-06-12"]
    assert [law.text for law in found.laws] == ["plan- og bygningsloven"]
    assert "Fritidsklubb" in [service.text for service in found.services]
    assert "sum-differs" in [warning.code for warning in found.warnings]


def test_the_same_file_gives_the_same_result() -> None:
    assert extract(document(TEXT)) == extract(document(TEXT))


def test_an_empty_document_says_nothing() -> None:
    found = extract(document(" \n\n"))
    assert not any((found.headings, found.elements, found.figures, found.actions, found.services, found.warnings))
