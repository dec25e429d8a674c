"""How much of what people marked in real documents is found, and how many warnings people agree with.

``python bench/extract_quality.py`` reads the documents of ../shared/seeds through the real reader and ``extract``,
scores them with ../shared/gold/score.py where there are gold annotations, and holds the warnings against
../shared/facts/inconsistencies.yaml. A warning agrees with an entry when it speaks of the same document and of at least
two of its numbers, or, for an entry without numbers, of the same kind of thing within a few lines. Any other warning
counts as a false alarm.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

SHARED = Path(__file__).resolve().parents[2] / "shared"
NEAR = 5  # lines between a warning and the place that people noted
CODES = {
    "regnefeil/sum": {"sum-differs", "count-differs", "shares-not-100", "change-differs", "parts-exceed-total"},
    "ulike tall": {"same-figure-differs", "periods-differ", "abrupt-change"},
    "ulik navnebruk": {"name-varies"},
    "uklart i kilden": {"date-without-year", "doubled-unit", "change-years-differ"},
    "tap i teksteksporten": {"loose-numbers", "unfinished-sentence"},
}
KINDS = {"plan_element": "elements", "law": "laws"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold", help="folder with NNN.jsonl and score.py")
    options = parser.parse_args(arguments)
    if not (SHARED / "seeds").is_dir() or not (SHARED / "gold" / "score.py").is_file():
        print(f"Nothing measured: {SHARED} with seeds and gold annotations is not here.")
        return 0
    from grunnmur.knowledge.serialise import bad_offsets

    scorer = load_scorer(SHARED / "gold" / "score.py")
    read = {path.name[:3]: read_seed(path) for path in sorted((SHARED / "seeds").glob("[0-9][0-9][0-9]-*.txt"))}
    figures: dict[str, Any] = {}
    for name, (prediction, _, seconds) in read.items():
        gold = options.gold / f"{name}.jsonl"
        if gold.is_file():
            figures[name] = score(scorer, prediction, gold, name) | {"seconds": round(seconds, 2)}
    wrong = [problem for prediction, _, _ in read.values() for problem in bad_offsets(prediction)]
    figures["bad_offsets"] = len(wrong)
    figures["warnings"] = judge_warnings({name: pair for name, (_, pair, _) in read.items()})
    show(figures)
    print(json.dumps({"bench": "extract_quality", "figures": figures, "machine": machine()}, ensure_ascii=False))
    return 0


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module, from its place beside the gold."""
    os.environ.setdefault("SEEDS", str(SHARED / "seeds"))
    spec = importlib.util.spec_from_file_location("gold_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_seed(path: Path) -> tuple[dict[str, Any], Any, float]:
    """What ``grunnmur extract --json`` says of a file, the document, and the seconds it took."""
    from grunnmur.knowledge.extract import extract
    from grunnmur.knowledge.serialise import extraction_json
    from grunnmur.sources.documents.reading import read

    began = time.perf_counter()
    document = read(path)
    extraction = extract(document)
    seconds = time.perf_counter() - began
    return extraction_json(document, extraction, lambda warning: warning.code), (document, extraction), seconds


def score(scorer: ModuleType, prediction: dict[str, Any], gold_path: Path, name: str) -> dict[str, Any]:
    """F1 by kind, and how often period and unit are right among matched figures."""
    gold, optional = scorer.load_gold(str(gold_path))
    result = scorer.score(prediction, gold, optional, scorer.load_original(name))
    kinds = {kind: found for kind, found in result["kinds"].items() if found["gold"]}
    f1 = {KINDS.get(kind, f"{kind}s"): round(scorer.f1s(result)[kind][2], 3) for kind in kinds}
    extra = result["extra"]
    dated = extra["per_dated_ok"] + extra["per_undated_ok"], extra["per_dated_n"] + extra["per_undated_n"]
    wrong = sum(quotes["normalised"] + quotes["bad_span"] for quotes in result["quotes"].values())
    return f1 | {
        "period": share(*dated), "unit": share(extra["unit_ok"], extra["unit_n"]), "wrong_quotes": wrong,
    }  # fmt: skip


def share(part: int, whole: int) -> float | None:
    """A share with three decimals; None when there is nothing to judge."""
    return round(part / whole, 3) if whole else None


@dataclass(frozen=True)
class Listed:
    """Something people found: where, of what type, and the numbers they noted."""

    places: list[tuple[str, int]]
    type: str
    numbers: frozenset[float]


@dataclass(frozen=True)
class Raised:
    """A warning: its code, its passages as document and line, and the numbers it speaks of."""

    code: str
    places: list[tuple[str, int]]
    numbers: frozenset[float]


def judge_warnings(read: dict[str, Any]) -> dict[str, Any]:
    """Warnings, within documents and between them, against the list that people made."""
    listed = inconsistencies(set(read))
    raised = [*_within(read), *_between(read)]
    hits = [{identity for identity, entry in listed.items() if agree(warning, entry)} for warning in raised]
    false = [f"{warning.code} {warning.places[0][0]}:{warning.places[0][1]}"
             for warning, hit in zip(raised, hits, strict=True) if not hit]  # fmt: skip
    return {"raised": len(raised), "caught": sorted(set().union(*hits)), "listed": len(listed), "false": false}


def _within(read: dict[str, Any]) -> Iterator[Raised]:
    for name, (document, extraction) in read.items():
        for warning in extraction.warnings:
            spans = [(warning.start, warning.end), *warning.passages]
            places = [(name, line_of(document.text, start)) for start, _ in spans]
            words = [document.text[start:end] for start, end in spans]
            yield Raised(warning.code, places, numbers_in([*words, *warning.params.values()]))


def _between(read: dict[str, Any]) -> Iterator[Raised]:
    from grunnmur.knowledge.consistency import compare_documents

    names = {document.sha256: name for name, (document, _) in read.items()}
    texts = {document.sha256: document.text for document, _ in read.values()}
    for found in compare_documents(list(read.values())):
        places = [(names[place.document], line_of(texts[place.document], place.start)) for place in found.passages]
        words = [place.read(texts[place.document]) for place in found.passages]
        yield Raised(found.code, places, numbers_in([*words, *found.params.values()]))


def inconsistencies(present: set[str]) -> dict[str, Listed]:
    """What people listed that the documents at hand show: all its places lie in them, or at least two."""
    listed = {}
    entries = yaml.safe_load((SHARED / "facts" / "inconsistencies.yaml").read_text(encoding="utf-8"))["inconsistencies"]
    for entry in entries:
        sources = entry["source"] if isinstance(entry["source"], list) else [entry["source"]]
        here = [(source["doc"], source["line"]) for source in sources if source["doc"] in present]
        if len(here) == len(sources) or len(here) >= 2:
            numbers = numbers_in(list(entry.get("figures", {}).values()))
            listed[entry["id"]] = Listed(here, entry["type"], numbers)
    return listed


def numbers_in(values: Iterable[Any]) -> frozenset[float]:
    """Numbers among the values, or written in them."""
    from grunnmur.knowledge.language.numbers import find_numbers

    found: set[float] = set()
    for value in values:
        if isinstance(value, (int, float)):
            found.add(float(value))
        elif isinstance(value, str):
            found |= {number.value for number in find_numbers(value)}
            found |= {float(part) for part in re.findall(r"\d+", value)}
        elif isinstance(value, (list, tuple)):
            found |= numbers_in(value)
    return frozenset(found)


def agree(warning: Raised, entry: Listed) -> bool:
    """The same document and at least two of the same numbers; without numbers the same kind of thing, nearby."""
    if not {name for name, _ in warning.places} & {name for name, _ in entry.places}:
        return False
    if entry.numbers:
        return len(warning.numbers & entry.numbers) >= min(2, len(entry.numbers))
    near = any(a == b and abs(line - noted) <= NEAR for a, line in warning.places for b, noted in entry.places)
    return near and warning.code in CODES[entry.type]


def line_of(text: str, offset: int) -> int:
    """Line number from 1."""
    return text.count("\n", 0, offset) + 1


def show(figures: dict[str, Any]) -> None:
    """The table for people."""
    documents = [name for name in figures if name not in {"bad_offsets", "warnings"}]
    measures = list(dict.fromkeys(measure for name in documents for measure in figures[name]))
    print(f"{'':14}" + "".join(f"{name:>9}" for name in documents))
    for measure in measures:
        cells = (figures[name].get(measure) for name in documents)
        print(f"{measure:14}" + "".join(f"{'' if cell is None else cell:>9}" for cell in cells))
    warnings = figures["warnings"]
    print(f"passages whose offsets do not give their text: {figures['bad_offsets']}")
    caught, false = ", ".join(warnings["caught"]) or "none", ", ".join(warnings["false"]) or "none"
    print(f"warnings: {warnings['raised']} raised")
    print(f"listed: {len(warnings['caught'])} of {warnings['listed']} caught: {caught}")
    print(f"false alarms: {len(warnings['false'])}: {false}")


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {"python": platform.python_version(), "system": platform.platform(), "cpus": os.cpu_count()}


if __name__ == "__main__":
    sys.exit(main())
