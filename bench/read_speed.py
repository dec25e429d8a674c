"""How fast and how well files are read, beside markitdown (and pypdf for PDF) on the same files.

``python bench/read_speed.py`` makes its own files. Each measurement runs in a process of its own, which
reads the file once to load its libraries and then again for at least half a second of processor time (which, unlike
wall time, a busy machine leaves as it is). A page is a PDF page, a slide,
50 table rows, or 3 000 characters of text. Found: share of headings, list items with their level, table rows and
footnotes that come out exactly as written.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from read_samples import Sample, Truth, samples

SECONDS = 0.5
MOST_SECONDS = 60
PEERS = {"pdf": ["markitdown", "pypdf"], "pdf_two_columns": ["markitdown", "pypdf"], "odt": []}
KINDS = ("headings", "list_levels", "table_rows", "footnotes")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"(\s*)(?:[-*+•‣–]|\d+[.)])\s+(.*)")
_FOOTNOTE = re.compile(r"(?:\[\^?\w+\]:?|\d{1,3}\.?)\s*(.*)")


def ours(path: Path) -> Truth:
    """What Grunnmur finds."""
    from grunnmur.sources.documents.model import Block, BlockKind
    from grunnmur.sources.documents.reading import read

    document = read(path)

    def words(block: Block) -> str:
        return " ".join(document.text[block.start : block.end].split())

    found = Truth()
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            found.headings.append(words(block))
        elif block.kind is BlockKind.LIST_ITEM:
            found.items.append((words(block), block.level))
        elif block.kind is BlockKind.FOOTNOTE:
            found.footnotes.append(words(block))
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
        found.rows += [tuple(row) for row in rows.values()]
    return found


def markitdown(path: Path) -> Truth:
    """What markitdown's Markdown says."""
    from markitdown import MarkItDown

    return from_markdown(MarkItDown(enable_plugins=False).convert(str(path)).text_content)


def pypdf(path: Path) -> Truth:
    """What pypdf's plain text says."""
    from pypdf import PdfReader

    return from_markdown("\n".join(page.extract_text() for page in PdfReader(path).pages))


def from_markdown(text: str) -> Truth:
    """Headings, list items, table rows and footnotes of Markdown text; lists nest by two or four blanks."""
    found = Truth()
    edges: list[int] = []
    for line in text.replace("\\-", "-").splitlines():
        if heading := _HEADING.match(line):
            found.headings.append(_plain(heading[1]))
        elif line.lstrip().startswith("|"):
            found.rows.append(tuple(_plain(cell) for cell in line.strip().strip("|").split("|")))
        elif item := _ITEM.match(line):
            edge = len(item[1])
            edges = [*[other for other in edges if other < edge], edge]
            found.items.append((_plain(item[2]), len(edges)))
        elif line.strip():
            note = _FOOTNOTE.match(line.strip())
            found.footnotes.append(_plain(note[1] if note else line).removesuffix(" ↑").removesuffix("[↑]").strip())
    return found


def _plain(text: str) -> str:
    text = re.sub(r"\[\[?[\d↑]+\]?\]\([^)]*\)", "", text)
    return " ".join(text.replace("**", "").split())


TOOLS: dict[str, Callable[[Path], Truth]] = {"ours": ours, "markitdown": markitdown, "pypdf": pypdf}


def measure(tool: str, path: Path) -> dict[str, Any]:
    """Seconds per reading, peak memory and what was found, in this process."""
    found = TOOLS[tool](path)
    times: list[float] = []
    while sum(times) < SECONDS:
        start = time.process_time()
        TOOLS[tool](path)
        times.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lists = {
        "headings": found.headings,
        "list_levels": found.items,
        "table_rows": found.rows,
        "footnotes": found.footnotes,
    }
    return {"seconds": min(times), "peak_mb": peak, "found": lists}


def measured_apart(tool: str, sample: Sample) -> dict[str, Any]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--measure", tool, str(sample.path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=True)
    except subprocess.TimeoutExpired:
        return {"failed": f"not done in {MOST_SECONDS} s"}
    except subprocess.CalledProcessError as error:
        return {"failed": error.stderr.strip().splitlines()[-1]}
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {
        "pages_per_s": round(sample.pages / result["seconds"], 1),
        "peak_mb": round(result["peak_mb"]),
        **_shares(result["found"], sample.truth),
    }


def _shares(found: dict[str, list[Any]], truth: Truth) -> dict[str, float | None]:
    wanted = {
        "headings": truth.headings,
        "list_levels": truth.items,
        "table_rows": truth.rows,
        "footnotes": truth.footnotes,
    }
    return {kind: _share(found[kind], wanted[kind]) for kind in KINDS}


def _share(found: Iterable[Any], wanted: Iterable[Any]) -> float | None:
    """Share of what is wanted that was found exactly, ``None`` when nothing is."""
    have, want = Counter(map(_key, found)), Counter(map(_key, wanted))
    return round((have & want).total() / want.total(), 3) if want else None


def _key(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def figures(sample: Sample) -> dict[str, Any]:
    """One format's figures: ours, the first peer in the agreed names, all peers in full."""
    peers = PEERS.get(sample.format, ["markitdown"])
    results = {tool: measured_apart(tool, sample) for tool in ["ours", *peers]}
    mine, first = results["ours"], results[peers[0]] if peers else {}
    return {
        "pages": round(sample.pages, 1),
        "ours_pages_per_s": mine.get("pages_per_s"),
        "ours_peak_mb": mine.get("peak_mb"),
        "peer": peers[0] if peers else None,
        "peer_pages_per_s": first.get("pages_per_s"),
        "peer_peak_mb": first.get("peak_mb"),
        "tools": results,
    }


def show(name: str, result: dict[str, Any]) -> None:
    """One format's lines of the table."""
    for tool, row in result["tools"].items():
        cells = [row.get("pages_per_s"), row.get("peak_mb"), *(row.get(kind) for kind in KINDS)]
        shown = "".join(f"{'–' if cell is None else cell:>13}" for cell in cells)
        print(f"{name:<17}{tool:<12}{shown}  {row.get('failed', '')}", flush=True)


def main() -> None:
    """Measure every format, print the table and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", nargs=2, metavar=("TOOL", "FILE"), help="one measurement, as JSON")
    chosen = parser.parse_args().measure
    if chosen:
        print(json.dumps(measure(chosen[0], Path(chosen[1]))))
        return
    print(f"{'format':<17}{'tool':<12}" + "".join(f"{head:>13}" for head in ("pages/s", "peak MB", *KINDS)), flush=True)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples(Path(folder)):
            found[sample.format] = figures(sample)
            show(sample.format, found[sample.format])
    machine = {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    print(json.dumps({"bench": "read_speed", "figures": found, "machine": machine}))


if __name__ == "__main__":
    main()
