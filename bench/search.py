"""How quickly a search is answered among 100 000 passages, with the counts and the hits that the page shows.

Builds a database of its own in a temporary folder (or in an empty one named in DATABASE_URL), out of the words and
sentences of the demo's plans, and asks it forty kinds of question as a resident. Needs three to four minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PASSAGES = 100_000
PER_DOCUMENT = 250
ROUNDS = 3
LIMIT_MS = 50
QUERIES = [
    ("one common word", ["kommunen", "barn", "tiltak", "innbyggere"]),
    ("one word", ["sykehjem", "frivillighet", "bolig", "levekår", "integrering"]),
    ("one rare word", ["velferdsteknologi", "frisklivssentral", "tomannsbolig"]),
    ("compound by its parts", ["sykehjemsplasser", "barnehageplasser", "helsetjenester", "ungdomsskole"]),
    ("two words", ["barn unge", "eldre hjem", "plan bolig", "kultur frivillige"]),
    ("three words", ["tiltak barn kommunen", "mål helse omsorg"]),
    ("word and year", ["sykehjemsplasser 2032", "plasser 2030", "årsverk 2027"]),
    ("phrase", ['"i kommunen"', '"barn og unge"', '"helse og omsorg"']),
    ("beginning of a word", ["frivillig*", "syke*", "kult*"]),
    ("without a word", ["plasser -barnehage", "barn -unge"]),
    ("nynorsk", ["sjukeheim", "tenester", "bustader"]),
    ("nothing found", ["kvikksølvbarometer", "sykhejmsplas"]),
]
FILTERED = [("narrowed to figures", "plasser", "slag=figure"), ("narrowed to a year", "plasser", "aar=2030")]


def main() -> None:
    """Build, ask, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--passages", type=int, default=PASSAGES)
    passages = options.parse_args().passages
    with tempfile.TemporaryDirectory(prefix="grunnmur-bench-") as folder:
        prepare(folder)
        rows, seconds = build(passages)
        print(f"{rows} rows in {seconds:.0f} s ({rows / seconds:.0f} a second)\n")
        figures = {"passages": passages, "rows": rows, "rows_indexed_per_s": round(rows / seconds), **measure()}
        print(json.dumps({"bench": "search", "figures": figures, "machine": machine()}, ensure_ascii=False))


def prepare(folder: str) -> None:
    """Settings and tables in a folder of our own."""
    os.environ["GRUNNMUR_DATA"] = folder
    os.environ.setdefault("GRUNNMUR_SECRET_KEY", "only-for-this-run")
    os.environ["DJANGO_SETTINGS_MODULE"] = "grunnmur_web.settings"
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    import_module("grunnmur_web.wsgi")  # loads what the server has loaded before it answers


def build(passages: int) -> tuple[int, float]:
    """Published documents with ``passages`` passages, and a figure for each tenth; rows and seconds."""
    from grunnmur_web.models import SearchEntry
    from grunnmur_web.store.search import indexing

    started, texts, made = time.perf_counter(), Sentences(), 0
    while made < passages:
        count = min(PER_DOCUMENT, passages - made)
        document = add_document(texts, made // PER_DOCUMENT)
        entries = list(rows_of(document, texts, count))
        for entry in entries:
            entry.document, entry.version = document, document.current
        indexing._write(entries)
        made += count
    settle()
    return SearchEntry.objects.count(), time.perf_counter() - started


class Sentences:
    """Sentences of the demo's plans, and beside them the same words in another order."""

    def __init__(self) -> None:
        text = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "demo" / "plans").glob("*.md")))
        plain = re.sub(r"[#*|_>`-]+", " ", text)
        self.words = re.findall(r"[^\W\d_]{1,40}", plain)
        self.sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n\n", plain) if 20 < len(part) < 300]
        self.random = random.Random(20260514)

    def passage(self) -> str:
        """Forty words or so."""
        words = " ".join(self.random.choices(self.words, k=self.random.randint(10, 40)))
        number = self.random.choice(["", f" {self.random.randint(2, 900)} plasser i {self.random.randint(2020, 2040)}"])
        return f"{self.random.choice(self.sentences)} {words.capitalize()}{number}."

    def heading(self) -> str:
        """Two to five words."""
        return " ".join(self.random.choices(self.words, k=self.random.randint(2, 5))).capitalize()


def add_document(texts: Sentences, number: int) -> Any:
    """A published document with an empty version; only the index is asked."""
    from django.utils import timezone

    from grunnmur_web.models import Document, DocumentKind, DocumentVersion

    document = Document.objects.create(
        title=f"{texts.heading()} {2020 + number % 10}", kind=texts.random.choice(DocumentKind.values),
        status="published", published_at=timezone.now(),
    )  # fmt: skip
    document.current = DocumentVersion.objects.create(document=document, number=1, sha256=f"{number:064}", size=1)
    document.save()
    return document


def rows_of(document: Any, texts: Sentences, count: int) -> Iterator[Any]:
    """Passages under headings, and figures."""
    from grunnmur_web.models import SearchEntry
    from grunnmur_web.store.search import indexing

    kinds, heading = SearchEntry.Kind, document.title
    for place in range(count):
        heading = texts.heading() if place % 12 == 0 else heading
        body = texts.passage()
        passage = indexing._entry(kinds.PASSAGE, heading, body, end=len(body), page=1 + place // 10)
        passage.heading_terms, passage.title_terms = passage.title_terms, ""
        yield passage
        if place % 10 == 0:
            figure = indexing._entry(kinds.FIGURE, texts.heading(), body, end=len(body), page=1 + place // 10)
            figure.year = texts.random.randint(2020, 2040)
            yield figure
    yield indexing._entry(kinds.DOCUMENT, document.title, "", page=1)


def settle() -> None:
    """Let the database gather what it knows of its tables, as it does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure() -> dict[str, Any]:
    """Times of every question, through the function behind the page; the first round warms up."""
    from django.contrib.auth.models import AnonymousUser
    from django.http import QueryDict

    from grunnmur_web.pages.search import search_page

    times: list[float] = []
    print(f"{'question':24}{'hits':>9}{'median ms':>11}{'slowest ms':>12}")
    for name, text, more in questions():
        data = QueryDict(f"{more}", mutable=True)
        data["q"] = text
        taken = [timed(lambda asked=data: search_page(AnonymousUser(), asked)) for _ in range(ROUNDS + 1)][1:]
        times += taken
        hits = search_page(AnonymousUser(), data).summary
        print(f"{name:24}{hits.split(' treff')[0][:8]:>9}{statistics.median(taken):>11.1f}{max(taken):>12.1f}  {text}")
    p95 = statistics.quantiles(times, n=20)[-1]
    over = sum(taken > LIMIT_MS for taken in times) / len(times)
    print(f"\nmedian {statistics.median(times):.1f} ms, 95th percentile {p95:.1f} ms, over {LIMIT_MS} ms: {over:.0%}\n")
    busy = os.getloadavg()[0]
    return {
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(p95, 1),
        "questions": len(times),
        "load": busy,
    }


def questions() -> Iterator[tuple[str, str, str]]:
    """Name, text and filters."""
    for name, texts in QUERIES:
        yield from ((name, text, "") for text in texts)
    yield from FILTERED


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    from django.db import connection

    version = connection.cursor().execute("SELECT sqlite_version()") if connection.vendor == "sqlite" else None
    name = f"SQLite {version.fetchone()[0]}" if version else "PostgreSQL"
    return {
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "database": name,
        "system": platform.platform(),
    }


if __name__ == "__main__":
    main()
