"""``python -m demo.build OUT``: the plans as files in a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from . import build_plans

if len(sys.argv) != 2:
    sys.exit("Usage: python -m demo.build OUT")
for built in build_plans(Path(sys.argv[1])):
    print(built)
