"""Code and date together name a municipality: 0709 → 0712 (2018) → 3805 (2020) → 3909 (2024)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality as its four-digit code was valid on a date (SSB KLASS 131)."""

    code: str
    valid_on: date
    name: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{4}", self.code):
            raise ValueError(f"a municipality code has four digits, not {self.code!r}")
