"""Run the site: web server and worker together, the demo, and backup of the one folder that matters."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from grunnmur.cli.help import Command, new_application
from grunnmur.cli.running import run_application

WEB_WORKERS = max(2, min(4, os.cpu_count() or 2))
THREADS = 4
PORT_TAKEN = 16
PORTS = 65_536


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grunnmur_web.settings")
    if arguments[:1] == ["manage"]:  # Django reads what follows, also «--help»
        return _manage(arguments[1:])
    return run_application(application, arguments)


def application() -> typer.Typer:
    """The commands of the site."""
    app = new_application("Nettstedet.")
    for run in (serve, demo, backup, restore, manage):
        app.command(cls=Command)(run)
    return app


def _port(written: str | int) -> int:
    text = str(written)
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < PORTS:
        raise typer.BadParameter(f"Porten må være et tall mellom 1 og {PORTS - 1}.")
    return int(text)


Host = Annotated[str, typer.Option(metavar="ADRESSE", help="Adresse å lytte på.")]
Port = Annotated[int, typer.Option(metavar="PORT", help="Port å lytte på.", parser=_port)]
File = Annotated[Path, typer.Argument(metavar="FIL", help="Zip-filen.")]


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Start nettstedet."""
    prepare()
    raise typer.Exit(run_site(host, port))


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    folder: Annotated[Path, typer.Option("--dir", metavar="MAPPE", help="Mappe for demoen.")] = Path("grunnmur-demo"),
    build_only: Annotated[bool, typer.Option("--build-only", help="Bygg demoen uten å starte nettstedet.")] = False,
) -> None:
    """Bygg demoen (Larvik) i ./grunnmur-demo og start den."""
    os.environ["GRUNNMUR_DATA"] = str(folder.resolve())
    os.environ.setdefault("GRUNNMUR_MUNICIPALITY", "Larvik kommune")
    os.environ.setdefault("GRUNNMUR_MUNICIPALITY_CODE", "3909")
    prepare()
    from grunnmur_web import demo

    demo.build(folder)
    raise typer.Exit(0 if build_only else run_site(host, port))


def backup(file: File) -> None:
    """Ta sikkerhetskopi av database og filer."""
    import django

    django.setup()
    from grunnmur_web import backup

    raise typer.Exit(backup.run(backup.save, file))


def restore(file: File) -> None:
    """Legg tilbake en sikkerhetskopi."""
    prepare()
    from grunnmur_web import backup

    raise typer.Exit(backup.run(backup.load, file))


def manage() -> None:
    """Djangos egne kommandoer."""
    raise typer.Exit(_manage([]))


def _manage(arguments: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["grunnmur manage", *arguments])
    return 0


def prepare() -> None:
    """Bring tables and cache up to date; safe to run at every start."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def run_site(host: str, port: int) -> int:
    """Web server and one worker until either is told to stop; a worker that dies is the server's end too."""
    if not _is_free(host, port):
        print(f"{host}:{port} er opptatt. Velg en annen port med --port.", file=sys.stderr)  # noqa: T201
        return PORT_TAKEN
    worker = subprocess.Popen([sys.executable, "-m", "grunnmur_web", "manage", "work"])
    server = subprocess.Popen(_gunicorn(host, port))  # noqa: S603 - our own server, address from the command line
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        if _answers(host, port, server):
            print(f"Grunnmur svarer på http://{host}:{port} (stopp med Ctrl+C)", flush=True)  # noqa: T201
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        return server.wait()
    finally:
        worker.terminate()
        worker.wait()


def _gunicorn(host: str, port: int) -> list[str]:
    options = {
        "--bind": f"{host}:{port}",
        "--workers": str(WEB_WORKERS),
        "--threads": str(THREADS),
        "--timeout": "120",
        "--log-level": "warning",
        "--max-requests": "5000",
        "--max-requests-jitter": "500",
    }
    pairs = [part for pair in options.items() for part in pair]
    # Loaded once and shared: the word lists of the search are large.
    return [sys.executable, "-m", "gunicorn", "--preload", *pairs, "grunnmur_web.wsgi:application"]


def _answers(host: str, port: int, server: subprocess.Popen[bytes]) -> bool:
    """Wait until the server takes calls; False when it stopped instead."""
    while server.poll() is None:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
