"""A local server that speaks the chat protocol, and answers as it is told to, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler", dict[str, Any]], None]


@dataclass
class ModelServer:
    """Its address, what it was sent, and how it answers: one behaviour for each request, the last one for the rest."""

    url: str = ""
    behaviours: list[Behaviour] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    model: ModelServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model.requests.append(body)
        self.model.headers.append(dict(self.headers))
        place = min(len(self.model.requests), len(self.model.behaviours)) - 1
        try:
            self.model.behaviours[place](self, body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""

    def answer(self, body: bytes, status: int = 200) -> None:
        """A whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running(*behaviours: Behaviour) -> Iterator[ModelServer]:
    """A server on a free port of this machine."""
    model = ModelServer(behaviours=list(behaviours))
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"model": model}))
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


def says(content: Any, *, finish: str = "stop") -> Behaviour:
    """Answer with ``content``: a text as it is, anything else as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": finish}
    body = json.dumps({"model": "prøvemodell-1", "choices": [choice]}).encode()
    return lambda handler, _: handler.answer(body)


def sends(body: bytes, status: int = 200) -> Behaviour:
    """Answer with these bytes."""
    return lambda handler, _: handler.answer(body, status)


def cut_off(handler: Handler, _: dict[str, Any]) -> None:
    """Promise more than is sent, and hang up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"mess')
    handler.close_connection = True


def silent(handler: Handler, _: dict[str, Any]) -> None:
    """Take the question and say nothing for longer than anyone waits."""
    time.sleep(1.5)


def dripping(handler: Handler, _: dict[str, Any]) -> None:
    """Send a byte at a time, each of them in time."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler: Handler, _: dict[str, Any]) -> None:
    """Send more than anyone asked for."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(64):
        handler.wfile.write(b"x" * 65536)


def elsewhere(handler: Handler, _: dict[str, Any]) -> None:
    """Ask the caller to send the text to somebody else."""
    handler.send_response(307)
    handler.send_header("Location", "http://127.0.0.1:9/v1/chat/completions")
    handler.send_header("Content-Length", "0")
    handler.end_headers()
