"""Turn the illustrative plans (Markdown) into the Word, PDF and slide files a municipality works in.

``build_plans(out_dir)`` writes one file per plan and returns their paths; ``python -m demo.build OUT`` does the same.
The files are the same bytes from run to run: dates are fixed and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .pdf import write_pdf
from .plan import Plan, plain
from .reading import read_plan
from .slides import split_slides, write_pptx
from .word import write_docx

__all__ = ["PLANS", "WRITERS", "build_plans", "plain", "plan_files", "read_plan", "split_slides"]

PLANS = Path(__file__).resolve().parents[1] / "plans"
WRITERS: dict[str, Callable[[Plan, Path], None]] = {"docx": write_docx, "pdf": write_pdf, "pptx": write_pptx}


def plan_files() -> list[Path]:
    """Return the Markdown files of the plans, in name order."""
    return sorted(PLANS.glob("*.md"))


def build_plans(out_dir: Path) -> list[Path]:
    """Write every plan in its own format into ``out_dir`` and return the files."""
    out_dir.mkdir(parents=True, exist_ok=True)
    made = []
    for source in plan_files():
        if source.name == "README.md":
            continue
        plan = read_plan(source)
        target = out_dir / f"{plan.name}.{plan.meta['render']}"
        WRITERS[plan.meta["render"]](plan, target)
        made.append(target)
    return made
