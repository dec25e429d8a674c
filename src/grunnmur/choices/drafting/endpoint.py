"""Ask a language model that speaks the OpenAI-compatible chat protocol, and trust nothing it answers.

The model has no tools and no memory; it sees one request. Its answer is read up to a size and a time, must be whole,
and must have the shape that was asked for. Redirects are not followed: the text goes to the configured host alone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from grunnmur.kernel import GrunnmurError, MissingExtra

MOST_BYTES = 1_000_000


class DraftingError(GrunnmurError):
    """The model could not be asked, or its answer can't be used.

    ``code`` is ``ki-address`` | ``ki-unreachable`` | ``ki-refused`` | ``ki-too-slow`` | ``ki-too-large`` |
    ``ki-cut-off`` | ``ki-wrong-shape``.
    """

    exit_code = 16


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model answers: ``url`` is the base address («https://ki.kommune.example/v1»)."""

    url: str
    model: str
    key: str = ""
    seconds: float = 60.0
    most_tokens: int = 2000

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
            raise DraftingError("ki-address", url=self.url)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the content, and the model that says it wrote it."""

    content: str
    model: str


def ask(endpoint: Endpoint, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Answer:
    """One question, one answer shaped by a JSON schema (best effort: the answer is checked by the caller)."""
    body = {
        "model": endpoint.model,
        "messages": list(messages),
        "temperature": 0,
        "seed": 0,
        "max_tokens": endpoint.most_tokens,
        "response_format": {"type": "json_schema", "json_schema": {"name": "svar", "strict": True, "schema": schema}},
    }
    return _read(_post(endpoint, body))


def _post(endpoint: Endpoint, body: Mapping[str, Any]) -> bytes:
    try:
        import httpx
    except ImportError as error:
        raise MissingExtra("missing-extra", extra="ki") from error
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    address = endpoint.url.rstrip("/") + "/chat/completions"
    try:
        # The environment's proxies are left out: the address that was set is the one that is asked.
        with (
            httpx.Client(timeout=endpoint.seconds, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", address, json=body, headers=headers) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise DraftingError("ki-refused", status=response.status_code)
            return _collect(response.iter_bytes(), time.monotonic() + endpoint.seconds)
    except httpx.TimeoutException as error:
        raise DraftingError("ki-too-slow", limit=round(endpoint.seconds)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DraftingError("ki-unreachable") from error


def _collect(chunks: Any, deadline: float) -> bytes:
    """The whole body; each chunk may be in time and the sum of them still too slow, or too large."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > MOST_BYTES:
            raise DraftingError("ki-too-large", limit=MOST_BYTES)
        if time.monotonic() > deadline:
            raise DraftingError("ki-too-slow", limit=0)
    return bytes(body)


def _read(body: bytes) -> Answer:
    try:
        answer = json.loads(body)
        choice = answer["choices"][0]
        content, reason, model = choice["message"]["content"], choice.get("finish_reason"), answer.get("model", "")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DraftingError("ki-wrong-shape") from error
    if reason == "length":
        raise DraftingError("ki-cut-off")
    if not isinstance(content, str) or not isinstance(model, str):
        raise DraftingError("ki-wrong-shape")
    return Answer(content, model[:200])
