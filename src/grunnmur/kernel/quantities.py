"""A number with its unit, its period and the reason it may be absent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from grunnmur.kernel.provenance import Source


class Status(StrEnum):
    """Why a value is, or is not, a number. Suppressed is not missing, and neither is zero."""

    OBSERVED = "observed"
    APPROXIMATE = "approximate"
    ESTIMATED = "estimated"
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class Unit(StrEnum):
    """The units of DESIGN §7."""

    NOK = "NOK"
    PERCENT = "percent"
    FTE = "FTE"
    PERSONS = "persons"
    CASES = "cases"
    PLACES = "places"
    DAYS = "days"
    HOURS = "hours"
    RATIO = "ratio"
    OTHER = "other"


WITHOUT_VALUE = frozenset({Status.SUPPRESSED, Status.MISSING, Status.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure: a value or the reason there is none, with unit, period, unit of organisation and source.

    ``value`` is in whole units (NOK in full, percent as 12.5 for 12.5 %). ``period`` is ISO 8601:
    ``2024``, ``2024-06``, ``2024-06-05``, or two of them joined by ``/``.
    """

    value: float | None
    unit: Unit
    status: Status = Status.OBSERVED
    period: str | None = None
    org: str | None = None
    place: str | None = None
    source: Source | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.status in WITHOUT_VALUE):
            raise ValueError(f"value {self.value!r} does not go with status {self.status.value!r}")
