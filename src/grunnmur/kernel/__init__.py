"""Values that every stage shares: places, quantities, provenance, errors."""

from grunnmur.kernel.errors import (
    BadInput,
    GrunnmurError,
    LimitExceeded,
    MissingExtra,
    NotFound,
    UnreadableFile,
)
from grunnmur.kernel.places import Municipality
from grunnmur.kernel.provenance import Passage, Source
from grunnmur.kernel.quantities import Quantity, Status, Unit

__all__ = [
    "BadInput",
    "GrunnmurError",
    "LimitExceeded",
    "MissingExtra",
    "Municipality",
    "NotFound",
    "Passage",
    "Quantity",
    "Source",
    "Status",
    "Unit",
    "UnreadableFile",
]
