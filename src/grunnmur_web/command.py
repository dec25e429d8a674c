"""Run the site: web server and worker together, the demo, and backup of the one folder that matters."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

WEB_WORKERS = max(2, min(4, os.cpu_count() or 2))
THREADS = 4
PORT_TAKEN = 16


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grunnmur_web.settings")
    if arguments[:1] == ["manage"]:
        return _manage(arguments[1:])
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="grunnmur", description="Nettstedet")
    commands = parser.add_subparsers(required=True, metavar="KOMMANDO")
    serve = commands.add_parser("serve", help="start nettstedet")
    _add_address(serve)
    serve.set_defaults(run=_serve)
    demo = commands.add_parser("demo", help="bygg demoen (Larvik) i ./grunnmur-demo og start den")
    _add_address(demo)
    demo.add_argument("--dir", type=Path, default=Path("grunnmur-demo"), help="mappe for demoen")
    demo.add_argument("--build-only", action="store_true", help="bygg demoen uten å starte nettstedet")
    demo.set_defaults(run=_demo)
    for name, run, text in (
        ("backup", _backup, "ta sikkerhetskopi av database og filer"),
        ("restore", _restore, "legg tilbake en sikkerhetskopi"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("file", type=Path, metavar="FIL")
        command.set_defaults(run=run)
    commands.add_parser("manage", help="Djangos egne kommandoer")
    return parser


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="adresse å lytte på")
    parser.add_argument("--port", type=int, default=8000, help="port å lytte på")


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


def _serve(options: argparse.Namespace) -> int:
    prepare()
    return run_site(options.host, options.port)


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


def _demo(options: argparse.Namespace) -> int:
    os.environ["GRUNNMUR_DATA"] = str(options.dir.resolve())
    os.environ.setdefault("GRUNNMUR_MUNICIPALITY", "Larvik kommune")
    os.environ.setdefault("GRUNNMUR_MUNICIPALITY_CODE", "3909")
    prepare()
    from grunnmur_web import demo

    demo.build(options.dir)
    return 0 if options.build_only else run_site(options.host, options.port)


def _backup(options: argparse.Namespace) -> int:
    import django

    django.setup()
    from grunnmur_web import backup

    return backup.run(backup.save, options.file)


def _restore(options: argparse.Namespace) -> int:
    prepare()
    from grunnmur_web import backup

    return backup.run(backup.load, options.file)
