"""The vocabulary of municipal services."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import yaml

INFLECTION = r"(?:e|en|et|a|er|ene|ane|ar|r|n|ne|s|t)?"


def names_service(words: str) -> bool:
    """Whether the phrase contains a word of the service vocabulary (services.yaml)."""
    return _vocabulary().search(words) is not None


@cache
def _vocabulary() -> re.Pattern[str]:
    data = yaml.safe_load(resources.files("grunnmur.knowledge").joinpath("services.yaml").read_text("utf-8"))
    ends = "|".join(map(re.escape, sorted(data["ends"], key=len, reverse=True)))
    words = "|".join(map(re.escape, sorted(data["words"], key=len, reverse=True)))
    return re.compile(rf"\b(?:[\w/-]*(?:{ends})|{words}){INFLECTION}(?![^\W\d_])", re.IGNORECASE)
