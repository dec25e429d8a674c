"""JSON on standard output: one object, or a list when several files were given."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any


def print_json(found: Sequence[Mapping[str, Any]], *, as_list: bool) -> None:
    """Print the objects; nothing at all when the only file failed."""
    if as_list:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    elif found:
        sys.stdout.write(json.dumps(found[0], ensure_ascii=False, indent=1) + "\n")
