"""The United Nations' sustainable development goals and their targets, by number.

Source: resolution A/RES/70/1 of 25 September 2015, 17 goals and 169 targets.
"""

from __future__ import annotations

import re

# For each goal: how many targets have a number, and the letters of the rest.
_TARGETS = {
    1: (5, "ab"), 2: (5, "abc"), 3: (9, "abcd"), 4: (7, "abc"), 5: (6, "abc"), 6: (6, "ab"), 7: (3, "ab"),
    8: (10, "ab"), 9: (5, "abc"), 10: (7, "abc"), 11: (7, "abc"), 12: (8, "abc"), 13: (3, "ab"), 14: (7, "abc"),
    15: (9, "abc"), 16: (10, "ab"), 17: (19, ""),
}  # fmt: skip
GOALS = tuple(_TARGETS)
_SEPARATORS = re.compile(r"[\s,;]+")


def targets(goal: int) -> tuple[str, ...]:
    """The targets of a goal: «3.1» … «3.9», «3.a» … «3.d». Raises KeyError for a goal there is none of."""
    count, letters = _TARGETS[goal]
    return tuple(f"{goal}.{part}" for part in (*map(str, range(1, count + 1)), *letters))


KNOWN = frozenset({str(goal) for goal in GOALS} | {target for goal in GOALS for target in targets(goal)})


class UnknownGoalError(ValueError):
    """Numbers that are neither a goal nor a target; ``numbers`` as they were written."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = numbers


def read_goals(text: str) -> tuple[str, ...]:
    """Goals and targets from «3, 3.4 og 11.a», in order and once each. Raises UnknownGoalError.

    >>> read_goals("11; 3.4, 3 og 3.D")
    ('3', '3.4', '3.d', '11')
    """
    written = [part for part in _SEPARATORS.split(text.lower()) if part and part not in {"og", "and"}]
    unknown = tuple(part for part in written if part not in KNOWN)
    if unknown:
        raise UnknownGoalError(unknown)
    return tuple(sorted(set(written), key=_order))


def _order(number: str) -> tuple[int, int, int, str]:
    goal, _dot, target = number.partition(".")
    return int(goal), bool(target), int(target) if target.isdigit() else 99, target
