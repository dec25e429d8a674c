"""Take personal data out of a text before it leaves the machine.

National identity numbers are known by their check digits (python-stdnum; Skatteetaten's rules, D numbers included),
so that a case number of eleven digits is left alone. Names are those the caller knows stand in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grunnmur.kernel import MissingExtra


class PersonalData(StrEnum):
    """What was taken out; the value stands in its place, between brackets."""

    IDENTITY_NUMBER = "fødselsnummer"
    E_MAIL = "e-postadresse"
    PHONE = "telefonnummer"
    NAME = "navn"


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without the personal data that was found, and how many of each kind were taken out."""

    text: str
    removed: Mapping[PersonalData, int]


_ELEVEN = re.compile(r"(?<!\d)\d{6}[ .-]?\d{5}(?!\d)")
_E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# Eight digits as Norwegians group telephone numbers; amounts are grouped by three from the right.
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)47[ ]?)?"
    r"(?:[2-9]\d{7}|[2-9]\d(?: \d\d){3}|[4589]\d\d \d\d \d\d\d)"
    r"(?![\d.,]*\d)(?! ?(?:kr|mill|%))"
)


def redact(text: str, names: Sequence[str] = ()) -> Redacted:
    """The text with identity numbers, e-mail addresses, telephone numbers and ``names`` replaced by what they were.

    Names are found as they are written: «Bo» is a name, «bo» is not.

    Raises MissingExtra when the ``ki`` part is not installed.
    """
    removed: Counter[PersonalData] = Counter()
    for kind, pattern, is_one in _rules(names):
        text = pattern.sub(_replacing(kind, is_one, removed), text)
    return Redacted(text, dict(removed))


def _rules(names: Sequence[str]) -> list[tuple[PersonalData, re.Pattern[str], Callable[[str], bool]]]:
    rules = [
        (PersonalData.E_MAIL, _E_MAIL, _always),
        (PersonalData.IDENTITY_NUMBER, _ELEVEN, _identity_check()),
        (PersonalData.PHONE, _PHONE, _always),
    ]
    known = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True)
    if known:
        words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in known)
        rules.append((PersonalData.NAME, re.compile(rf"(?<!\w)(?:{words})(?:s|'s|’s)?(?!\w)"), _always))
    return rules


def _replacing(
    kind: PersonalData, is_one: Callable[[str], bool], removed: Counter[PersonalData]
) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        if not is_one(match[0]):
            return match[0]
        removed[kind] += 1
        return f"[{kind.value}]"

    return replace


def _always(_: str) -> bool:
    return True


def _identity_check() -> Callable[[str], bool]:
    try:
        from stdnum.no import fodselsnummer
    except ImportError as error:
        raise MissingExtra("missing-extra", extra="ki") from error
    # Test numbers from Skatteetaten have 40 or 80 added to the month; they are treated as real ones.
    return lambda written: _is_identity_number(re.sub(r"\D", "", written), fodselsnummer.is_valid)


def _is_identity_number(digits: str, is_valid: Callable[[str], bool]) -> bool:
    month = int(digits[2])
    plain = digits if month < 4 else digits[:2] + str(month % 4) + digits[3:]
    return bool(is_valid(digits)) or (plain != digits and _has_check_digits(digits))


def _has_check_digits(digits: str) -> bool:
    """Modulus 11 with the weights of Skatteetaten's identity numbers."""
    first = sum(int(d) * w for d, w in zip(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), strict=False)) % 11
    second = sum(int(d) * w for d, w in zip(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), strict=False)) % 11
    return first == 0 and second == 0
