"""Things that do not add up, within a document and between documents.

The codes and their parameters:

==================== ==========================================================================================
sum-differs          stated, computed, unit: parts do not make the stated total
parts-exceed-total   stated, computed, unit: named parts are more than the stated total
shares-not-100       computed: shares of a whole do not make 100
share-differs        stated, computed: a share is not the part over the whole
change-differs       stated, computed: a change does not follow from the two numbers
change-years-differ  number, stated, computed: a change is the table's, but between other years
doubled-unit         written, read_as: «24 000 000 mill.»
count-differs        stated, listed: a list is longer or shorter than announced
abrupt-change        label, old, new: a count jumps from one year to the next
same-figure-differs  label, numbers, unit, period, org
periods-differ       label, periods: units report the same share for different spans of time
loose-numbers        count, page: numbers that lost their names on the way to text
date-without-year    read_as
unfinished-sentence  words: a sentence that stops at a word something must follow
name-varies          names
==================== ==========================================================================================
"""

from __future__ import annotations

from collections.abc import Sequence

from grunnmur.knowledge.consistency.age_groups import age_group_warnings
from grunnmur.knowledge.consistency.estimates import estimate_warnings
from grunnmur.knowledge.consistency.gaps import gap_warnings
from grunnmur.knowledge.consistency.repeats import (
    Contradiction,
    compare_documents,
    name_warnings,
    place_warnings,
    repeat_warnings,
)
from grunnmur.knowledge.consistency.series import series_warnings
from grunnmur.knowledge.consistency.sums import sum_warnings
from grunnmur.knowledge.consistency.tables import table_warnings
from grunnmur.knowledge.model import Figure, Warning
from grunnmur.knowledge.reading import Reading
from grunnmur.sources.documents.model import Document

__all__ = ["Contradiction", "compare_documents", "find_warnings"]


def find_warnings(document: Document, figures: Sequence[Figure], reading: Reading | None = None) -> tuple[Warning, ...]:
    """Everything in one document that does not add up, in the order of the text."""
    reading = reading or Reading(document)
    found = [
        *sum_warnings(reading),
        *table_warnings(reading),
        *series_warnings(reading),
        *age_group_warnings(reading),
        *gap_warnings(reading),
        *repeat_warnings([(grid.block.start, grid.block.end) for grid in reading.grids], figures),
        *estimate_warnings(document.text, figures),
        *name_warnings(document),
        *place_warnings(document),
    ]
    return tuple(sorted(found, key=lambda warning: (warning.start, warning.code)))
