"""Requests per second and 95th percentile of the front page, a document page and a search, beside an empty view.

Fills a database of its own in a temporary folder with the demo's plans, read and extracted by the real code and
published, serves it with gunicorn as ``grunnmur serve`` does, and asks it over the loopback as a resident.
``ratio_to_empty_view`` is the page's requests per second as a share of those of a Django view that answers
nothing, behind the same middleware, in the same run.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
COPIES = 5  # of each of the demo's plans
WORKERS, THREADS = 2, 2
CLIENTS = 4
SECONDS = 12  # for each page, after warming up
MOST_REQUESTS = 4_000
EMPTY = "/tom/"


def main() -> None:
    """Fill, serve, ask, print; with ``--serve`` be the server."""
    if sys.argv[1:2] == ["--serve"]:
        serve(int(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory(prefix="grunnmur-bench-") as folder:
        os.environ["GRUNNMUR_DATA"] = folder
        os.environ.setdefault("GRUNNMUR_SECRET_KEY", "only-for-this-run")
        documents, figures, document = fill()
        print(
            f"{documents} documents, {figures} figures, {WORKERS} workers with {THREADS} threads, {CLIENTS} clients\n"
        )
        with running() as port:
            results = measure(port, document)
    print(json.dumps({"bench": "site", "figures": results, "machine": machine()}, ensure_ascii=False))


def setup() -> None:
    """Django with the site's own settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "grunnmur_web.settings"
    import django

    django.setup()


def fill() -> tuple[int, int, int]:
    """Published documents whose findings people have accepted; how many, their figures, and the longest of them."""
    setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from grunnmur_web.models import Document, Finding

    for path in sorted((ROOT / "demo" / "plans").glob("*.md")):
        add_plan(path)
    longest = Document.objects.order_by("-current__page_count", "pk").values_list("pk", flat=True).first()
    assert longest is not None
    return Document.objects.count(), Finding.objects.filter(kind="figure").count(), longest


def add_plan(path: Path) -> None:
    """Read and extract a file once, and publish it some times over."""
    from django.utils import timezone

    from grunnmur.knowledge.extract import extract
    from grunnmur.sources.documents.reading import read
    from grunnmur_web.models import Document, DocumentVersion, Finding
    from grunnmur_web.store import documents, findings, search

    document = read(path)
    extraction = extract(document)
    for copy in range(COPIES):
        row = Document.objects.create(
            title=f"{document.title} {copy + 1}", status="published", published_at=timezone.now(), kind="plan"
        )
        version = DocumentVersion(document=row, number=1, sha256=document.sha256, size=1, state="read")
        version.filename, version.file = path.name, path.name
        version.save()
        documents.save(version, document)
        row.current = version
        row.save()
        found = findings.rows_from(version, document, extraction)
        for finding in found:
            finding.state, finding.decided_at = "accepted", timezone.now()
        Finding.objects.bulk_create(found, batch_size=500)
        search.index_version(version)


@contextlib.contextmanager
def running() -> Iterator[int]:
    """The server as a process of its own, on a free port of the loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen([sys.executable, __file__, "--serve", str(port)])
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def serve(port: int) -> None:
    """Gunicorn with the site and one view more."""
    setup()
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpRequest, HttpResponse
    from django.urls import include, path
    from gunicorn.app.base import BaseApplication

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    urls = types.ModuleType("bench_urls")
    urls.urlpatterns = [path(EMPTY[1:], empty), path("", include(settings.ROOT_URLCONF))]  # type: ignore[attr-defined]
    sys.modules["bench_urls"] = urls
    settings.ROOT_URLCONF = "bench_urls"

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in {"bind": f"127.0.0.1:{port}", "workers": WORKERS, "threads": THREADS}.items():
                self.cfg.set(name, value)
            self.cfg.set("loglevel", "warning")

        def load(self) -> WSGIHandler:
            from grunnmur_web.wsgi import application

            return application

    Server().run()


def wait_for(port: int) -> None:
    """Until the server answers, at most half a minute."""
    for _ in range(150):
        try:
            if fetch(http.client.HTTPConnection("127.0.0.1", port, timeout=5), EMPTY) == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def measure(port: int, document: int) -> dict[str, dict[str, float]]:
    """Each page in turn, the empty view first."""
    pages = {
        "empty": EMPTY,
        "front": "/",
        "document": f"/kunnskap/kilder/{document}/?side=2",
        "search": f"/sok/?q={quote('barn unge')}",
        "figures": "/kunnskap/tall/",
    }
    results: dict[str, dict[str, float]] = {}
    print(f"{'page':14}{'requests/s':>12}{'median ms':>11}{'p95 ms':>9}{'of empty view':>15}")
    for name, address in pages.items():
        load(port, address, seconds=2)
        taken, seconds = load(port, address, seconds=SECONDS)
        results[name] = figures = summary(taken, seconds, results.get("empty"))
        print(
            f"{name:14}{figures['rps']:>12.1f}{figures['median_ms']:>11.1f}{figures['p95_ms']:>9.1f}"
            f"{figures['ratio_to_empty_view']:>14.1%}"
        )
    print()
    return results


def summary(taken: list[float], seconds: float, empty: dict[str, float] | None) -> dict[str, float]:
    """Requests per second, middle and slow end, and the share of what the empty view manages."""
    rps = len(taken) / seconds
    return {
        "rps": round(rps, 1),
        "median_ms": round(statistics.median(taken), 1),
        "p95_ms": round(statistics.quantiles(taken, n=20)[-1], 1),
        "ratio_to_empty_view": round(rps / empty["rps"], 3) if empty else 1.0,
    }


def load(port: int, address: str, *, seconds: float) -> tuple[list[float], float]:
    """Ask with a few clients at once, for a bounded time and number; milliseconds of each answer."""
    taken: list[float] = []
    failures: list[int] = []
    started = time.perf_counter()
    clients = [
        threading.Thread(target=client, args=(port, address, started + seconds, taken, failures))
        for _ in range(CLIENTS)
    ]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    if failures:
        raise SystemExit(f"{address} answered {failures[0]}")
    return taken, time.perf_counter() - started


def client(port: int, address: str, until: float, taken: list[float], failures: list[int]) -> None:
    """One client with one connection, asking again as soon as it is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.perf_counter() < until and len(taken) < MOST_REQUESTS and not failures:
        started = time.perf_counter()
        status = fetch(connection, address)
        taken.append((time.perf_counter() - started) * 1000)
        if status != 200:
            failures.append(status)
    connection.close()


def fetch(connection: http.client.HTTPConnection, address: str) -> int:
    """The status, after reading everything."""
    connection.request("GET", address)
    response = connection.getresponse()
    response.read()
    return response.status


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "python": platform.python_version(), "cpus": os.cpu_count(), "system": platform.platform(),
        "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


if __name__ == "__main__":
    main()
