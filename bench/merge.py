"""How well items of plans that want the same are found, and how the time grows with the number of plans.

``python bench/merge.py`` needs ../shared/gold/goal_pairs.json for the goal pairs (or ``--pairs FILE`` of the same
shape: ``statements`` by id with ``text``, and ``pairs`` of two ids and 1 for the same aim, 0 for not). All else is
measured on the demo's own plans: the near-duplicates and tensions in demo/plans/planted.yaml and sentences joined anew.
Background for the word vectors is the demo's plans, and ../shared/seeds when they are there.

BERTopic is measured when it can be imported; it is too heavy for the lock. To have it, in a folder apart:
``uv pip install --target DIR --no-deps bertopic plotly narwhals pandas tqdm`` and ``PYTHONPATH=DIR``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score

from grunnmur.choices.citations import Citation, NumberedPassage, Sentence, check
from grunnmur.choices.merging.likeness import SAME_AIM, space
from grunnmur.choices.merging.merge import merge
from grunnmur.choices.merging.model import Item, Merge, Pair, PairKind, SourcePlan
from grunnmur.choices.merging.pairs import pairs
from grunnmur.kernel import Passage
from grunnmur.knowledge.language.sentences import find_sentences

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PLANS = ROOT / "demo" / "plans"
TODAY = date(2025, 1, 1)
SIZES = [(9, 170), (25, 300), (50, 300), (100, 300)]
Labelled = list[tuple[int, int, int]]
Place = tuple[str, str]  # a file and the words in it


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table, and one JSON object as the last line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, default=SHARED / "gold" / "goal_pairs.json", help="labelled goal pairs")
    parser.add_argument("--quick", action="store_true", help="without the measurement of speed")
    parser.add_argument("--one", type=int, nargs=2, metavar=("PLANS", "ITEMS"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(measure_one(*options.one)))
        return 0
    figures = goal_figures(options.pairs) | planted_figures() | citation_figures()
    if not options.quick:
        figures |= speed_figures()
    for name, value in figures.items():
        print(f"{name:34}{value}")
    machine = {"python": platform.python_version(), "cpus": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}
    print(json.dumps({"bench": "merge", "figures": figures, "machine": machine}, ensure_ascii=False))
    return 0


def background() -> list[str]:
    """Sentences of the demo's plans, and of the real documents when they are here."""
    files = [*sorted(PLANS.glob("*-*.md")), PLANS / "bolig.md", *sorted((SHARED / "seeds").glob("*.txt"))]
    return [sentence for file in files for sentence in sentences(file.read_text("utf-8"))]


def sentences(text: str) -> list[str]:
    """The sentences of a text without the marks of its format."""
    return [text[start:end].strip("#>-*|: \n") for start, end in find_sentences(text)]


# ---- goal pairs -----------------------------------------------------------------------------------------------------


def goal_figures(path: Path) -> dict[str, Any]:
    """Whether two goals have the same aim, at the one fixed threshold; the baseline at its own best."""
    if not path.is_file():
        print(f"Goal pairs not measured: {path.name} is not here.")
        return {}
    data = json.loads(path.read_text("utf-8"))
    place = {name: index for index, name in enumerate(data["statements"])}
    texts = [statement["text"] for statement in data["statements"].values()]
    labelled = [(place[first], place[second], int(same)) for first, second, same in data["pairs"]]
    other = background()
    return {
        **_prefixed("pair", scored(labelled, likeness(texts, labelled, other), SAME_AIM)),
        **_prefixed("pair_alone", scored(labelled, likeness(texts, labelled, []), SAME_AIM)),
        **_prefixed("pair", scored(labelled, word_likeness(texts, labelled, other), None), "_word_tfidf"),
        **theme_figures(data["statements"], other),
    }


def likeness(texts: list[str], labelled: Labelled, other: list[str]) -> np.ndarray[Any, Any]:
    """Ours."""
    where = space(texts, other)
    return np.array([where.score(first, second) for first, second, _ in labelled])


def word_likeness(texts: list[str], labelled: Labelled, other: list[str]) -> np.ndarray[Any, Any]:
    """Cosine of word TF-IDF."""
    rows = TfidfVectorizer(sublinear_tf=True).fit([*texts, *other]).transform(texts)
    return np.array([(rows[[first]] @ rows[[second]].T).sum() for first, second, _ in labelled])


def scored(labelled: Labelled, scores: np.ndarray[Any, Any], threshold: float | None) -> dict[str, float]:
    """F1 and accuracy at a threshold (None: the one that gives the highest F1), and the area under the curve."""
    same = np.array([label for _, _, label in labelled])
    choices = [threshold] if threshold is not None else sorted(set(scores.tolist()))
    best = max((_f1(same, scores >= bar), float(np.mean((scores >= bar) == same))) for bar in choices)
    return {
        "f1": round(best[0], 3),
        "accuracy": round(best[1], 3),
        "auc": round(float(roc_auc_score(same, scores)), 3),
    }


def _f1(same: np.ndarray[Any, Any], found: np.ndarray[Any, Any]) -> float:
    both = float(np.sum(found & (same == 1)))
    return 2 * both / max(float(np.sum(found) + np.sum(same)), 1)


def _prefixed(prefix: str, figures: dict[str, float], suffix: str = "") -> dict[str, float]:
    return {f"{prefix}_{name}{suffix}": value for name, value in figures.items()}


# ---- themes ---------------------------------------------------------------------------------------------------------


def theme_figures(statements: dict[str, Any], other: list[str]) -> dict[str, Any]:
    """Purity and coverage of themes against the labels of the statements, where they have labels."""
    labels = [statement.get("theme") for statement in statements.values()]
    if None in labels:
        return {}
    texts = [statement["text"] for statement in statements.values()]
    count = len(set(labels))
    plain = TfidfVectorizer(sublinear_tf=True).fit([*texts, *other]).transform(texts)
    groups = {
        "theme": own_themes(texts),
        "theme_word_tfidf": KMeans(count, random_state=0, n_init=10).fit_predict(plain),
    }
    found = bertopic_themes(texts, plain, count)
    if found is not None:
        groups["theme_bertopic"] = found
    return {
        f"{name}_{figure}": value
        for name, group in groups.items()
        for figure, value in quality(labels, np.asarray(group)).items()
    }


def own_themes(texts: list[str]) -> list[int]:
    """The theme of each text, by the engine as a user meets it."""
    plan, items = plan_of("p", texts, ["goal"] * len(texts))
    themes = merge([plan], items, today=TODAY).proposal.themes
    theme_of = {item: index for index, theme in enumerate(themes) for item in theme.items}
    return [theme_of.get(item.id, -1) for item in items]


def bertopic_themes(texts: list[str], vectors: Any, count: int) -> Any:
    """BERTopic with TF-IDF reduced by singular values as embeddings, and k-means; None when it is not installed."""
    try:
        from bertopic import BERTopic
        from bertopic.dimensionality import BaseDimensionalityReduction
    except ImportError:
        print("BERTopic not measured: it is not installed (see --help of this file's top).")
        return None
    from sklearn.decomposition import TruncatedSVD

    reduced = TruncatedSVD(min(30, len(texts) - 1), random_state=0).fit_transform(vectors)
    model = BERTopic(
        umap_model=BaseDimensionalityReduction(), hdbscan_model=KMeans(count, random_state=0, n_init=10),
        embedding_model=None, min_topic_size=2,
    )  # fmt: skip
    return model.fit_transform(texts, reduced)[0]


def quality(labels: Sequence[str], groups: np.ndarray[Any, Any]) -> dict[str, float]:
    """Share of texts in a theme with others (coverage), of these the share with their theme's most common label."""
    members = [[labels[row] for row in np.flatnonzero(groups == group)] for group in set(groups.tolist()) - {-1}]
    shared = [names for names in members if len(names) > 1]
    covered = sum(map(len, shared))
    agreeing = sum(Counter(names).most_common(1)[0][1] for names in shared)
    return {
        "purity": round(agreeing / max(covered, 1), 3),
        "coverage": round(covered / len(labels), 3),
        "count": len(shared),
    }


# ---- what was laid out in the demo's plans --------------------------------------------------------------------------


def planted_figures() -> dict[str, Any]:
    """Near-duplicates among the goals of the nine plans, and tensions among all their items."""
    truth = yaml.safe_load((PLANS / "planted.yaml").read_text("utf-8"))
    elements = yaml.safe_load((PLANS / "elements.yaml").read_text("utf-8"))["elements"]
    items = [Item(row["id"], row["file"], row["level"], row["text"], 0, len(row["text"])) for row in elements]
    found = pairs(items, background())
    return duplicate_figures(truth, found, {item.id: item.plan for item in items}) | tension_figures(truth)


def duplicate_figures(truth: dict[str, Any], found: Iterable[Pair], plan: dict[str, str]) -> dict[str, Any]:
    """Recall of near-duplicates; precision across plans, where partial overlaps are neither right nor wrong."""
    same, partial, different = (
        {frozenset(item["id"] for item in row["items"]) for row in truth[kind]}
        for kind in ("near_duplicates", "partial_overlaps", "not_duplicates")
    )
    shown = list(found)
    duplicates = [frozenset((p.first, p.second)) for p in shown if p.kind is PairKind.DUPLICATE]
    across = [pair for pair in duplicates if len({plan[one] for one in pair}) == 2 and pair not in partial]
    true = closed(same)
    recall = sum(pair in duplicates for pair in same) / len(same)
    seen = {frozenset((pair.first, pair.second)) for pair in shown}
    return {
        "duplicate_recall": round(recall, 3),
        "duplicate_precision": round(sum(pair in true for pair in across) / max(len(across), 1), 3),
        "duplicates_found": len(across),
        "duplicate_or_overlap_recall": round(sum(pair in seen for pair in same) / len(same), 3),
        "partial_overlaps_seen": round(sum(pair in seen for pair in partial) / len(partial), 3),
        "not_duplicates_taken": sum(pair in duplicates for pair in different),
    }


def closed(same: set[frozenset[str]]) -> set[frozenset[str]]:
    """With the pairs that follow: what is the same as the same is the same."""
    groups: list[set[str]] = []
    for pair in same:
        joined = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair] + [set(pair).union(*joined)]
    return {frozenset((a, b)) for group in groups for a in group for b in group if a != b}


def tension_figures(truth: dict[str, Any]) -> dict[str, Any]:
    """Tensions that the whole engine finds in the nine files."""
    result = merged_demo()
    place: dict[str, Place] = {item.id: (item.plan, " ".join(item.text.split())) for item in result.items}
    wanted = [[(row["file"], row["text"]) for row in entry["items"]] for entry in truth["tensions"]]
    found = [[place[item] for item in tension.items] for tension in result.tensions]
    hits = sum(any(_same_places(one, other) for other in found) for one in wanted)
    right = sum(any(_same_places(one, other) for one in wanted) for other in found)
    return {
        "tension_recall": round(hits / len(wanted), 3),
        "tension_precision": round(right / max(len(found), 1), 3),
        "demo_items": len(result.items),
        "demo_themes": len(result.proposal.themes),
    }


def _same_places(one: Sequence[Place], other: Sequence[Place]) -> bool:
    """Each side says the words of the other in the same file."""
    if len(other) != 2:
        return False
    ways = (other, other[::-1])
    return any(
        all(a[0] == b[0] and (a[1] in b[1] or b[1] in a[1]) for a, b in zip(one, way, strict=True)) for way in ways
    )


def merged_demo() -> Merge:
    """The nine files as a user would merge them."""
    from grunnmur.choices.merging.items import source_plan
    from grunnmur.knowledge.extract import extract
    from grunnmur.sources.documents.reading import read

    names = yaml.safe_load((PLANS / "planted.yaml").read_text("utf-8"))["counts"]["by_plan"]
    documents = {name: read(PLANS / name) for name in names}
    made = [source_plan(document, extract(document), name) for name, document in documents.items()]
    return merge([plan for plan, _ in made], [item for _, items in made for item in items], today=TODAY)


# ---- citations ------------------------------------------------------------------------------------------------------


def citation_figures() -> dict[str, Any]:
    """How many corrupted sentences pass the check of citations, and how many faithful ones do not."""
    cases = yaml.safe_load((ROOT / "tests" / "cases" / "citations.yaml").read_text("utf-8"))
    passages = {
        number: NumberedPassage(number, row["plan"], row["text"], Passage("0" * 64, 0, len(row["text"])))
        for number, row in cases["passages"].items()
    }

    def holds(case: dict[str, Any]) -> bool:
        cited = tuple(Citation(number, case.get("quotes", {}).get(number)) for number in case["cites"])
        return check(Sentence(case["text"], cited), passages, cases["plans"]).holds

    return {
        "corrupted_accepted": sum(map(holds, cases["corrupted"])),
        "corrupted": len(cases["corrupted"]),
        "faithful_rejected": sum(not holds(case) for case in cases["faithful"]),
        "faithful": len(cases["faithful"]),
    }


# ---- speed ----------------------------------------------------------------------------------------------------------


def speed_figures() -> dict[str, Any]:
    """Seconds for the pairs and for the whole merge, each size in a process of its own; and how the time grows."""
    runs = []
    print(f"{'plans':>6}{'items':>8}{'pairs s':>9}{'merge s':>9}{'GB':>7}")
    for plans, items in SIZES:
        command = [sys.executable, __file__, "--one", str(plans), str(items)]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        run = json.loads(out.splitlines()[-1])
        runs.append(run | {"items": plans * items})
        print(f"{plans:>6}{plans * items:>8}{run['pairs_s']:>9.1f}{run['merge_s']:>9.1f}{run['peak_gb']:>7.2f}")
    small, large = runs[1], runs[-1]
    growth = np.log(large["merge_s"] / small["merge_s"]) / np.log(large["items"] / small["items"])
    return {
        "seconds_9": runs[0]["merge_s"],
        "seconds_100": large["merge_s"],
        "pairs_seconds_9": runs[0]["pairs_s"],
        "pairs_seconds_100": large["pairs_s"],
        "peak_gb": large["peak_gb"],
        "growth_exponent": round(float(growth), 2),
    }


def measure_one(plans: int, items: int) -> dict[str, float]:
    """One size: plans made of the demo's sentences, halves joined anew."""
    made = synthetic(plans, items)
    every = [item for _, own in made for item in own]
    began = time.perf_counter()
    pairs(every)
    between = time.perf_counter()
    merge([plan for plan, _ in made], every, today=TODAY)
    ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {"pairs_s": round(between - began, 2), "merge_s": round(ended - between, 2), "peak_gb": round(peak, 2)}


def synthetic(plans: int, items: int) -> list[tuple[SourcePlan, list[Item]]]:
    """Plans whose items begin like one sentence of the demo and end like another; the same ones each time."""
    chance = random.Random(20250101)
    known = [s.split() for s in sentences("\n".join(f.read_text("utf-8") for f in sorted(PLANS.glob("*.md"))))]
    known = [words for words in known if 6 <= len(words) <= 40]
    levels = ["goal", "subgoal", "subgoal", "action"]
    made = []
    for number in range(plans):
        texts = [_joined(chance.choice(known), chance.choice(known)) for _ in range(items)]
        made.append(plan_of(f"p{number}", texts, [levels[index % 4] for index in range(items)]))
    return made


def _joined(first: list[str], second: list[str]) -> str:
    return " ".join([*first[: len(first) // 2], *second[len(second) // 2 :]])


def plan_of(name: str, texts: list[str], types: list[str]) -> tuple[SourcePlan, list[Item]]:
    """A plan that says the texts and nothing else."""
    text, items = "", []
    for index, (said, type) in enumerate(zip(texts, types, strict=True)):
        items.append(Item(f"{name}-{index}", name, type, said, len(text), len(text) + len(said)))
        text += said + "\n\n"
    return SourcePlan(name, name, f"{abs(hash_of(text)):064x}", text), items


def hash_of(text: str) -> int:
    """A number for a text, the same each time."""
    return int.from_bytes(text.encode()[:24].ljust(24, b"\0")) ^ len(text)


if __name__ == "__main__":
    raise SystemExit(main())
