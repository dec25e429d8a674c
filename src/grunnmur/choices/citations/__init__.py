"""Prove what is written about the plans: every quote, number, date and count word stands in a cited passage."""

from grunnmur.choices.citations.check import check
from grunnmur.choices.citations.model import (
    CheckedSentence,
    Citation,
    Fault,
    FaultCode,
    NumberedPassage,
    Sentence,
)

__all__ = ["CheckedSentence", "Citation", "Fault", "FaultCode", "NumberedPassage", "Sentence", "check"]
