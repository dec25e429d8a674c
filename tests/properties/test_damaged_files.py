"""Whatever happens to a file on the way, its reader gives a document or one clear error."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grunnmur.cli.words import ERRORS
from grunnmur.kernel import GrunnmurError
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.reading import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "documents"))
from office_samples import zipped
from pdf_samples import sound
from plan_files import FILES

PACKAGES = ["plan.docx", "plan.pptx", "plan.xlsx", "plan.odt"]
WRITTEN = ["plan.html", "plan.md", "plan.csv"]
CSV = "Enhet;Beløp\nSkole;1 250\n".encode()
fewer = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def original(filename: str) -> bytes:
    return CSV if filename == "plan.csv" else FILES[filename]()


@cache
def parts(filename: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(original(filename))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def outcome(data: bytes, filename: str) -> Document | GrunnmurError:
    """The document, whose pages, blocks and offsets agree, or the one error; anything else that is raised fails."""
    try:
        return sound(read_bytes(data, filename))
    except GrunnmurError as error:
        return error


def is_clear(result: Document | GrunnmurError) -> bool:
    """Whether there is a text, or a code with a sentence in the words of the command line."""
    return isinstance(result.text, str) if isinstance(result, Document) else result.code in ERRORS


def damaged(data: bytes, flips: list[tuple[float, int]], cut: float) -> bytes:
    """Some bytes changed, and the end cut off."""
    changed = bytearray(data)
    for place, value in flips:
        changed[int(place * (len(changed) - 1))] = value
    return bytes(changed[: int(cut * len(changed))])


places = st.floats(0, 1)
flips = st.lists(st.tuples(places, st.integers(0, 255)), max_size=8)
cuts = st.one_of(st.just(1.0), places)


@pytest.mark.parametrize("filename", [*PACKAGES, *WRITTEN])
@given(flips=flips, cut=cuts)
@fewer
def test_damaged_bytes(filename: str, flips: list[tuple[float, int]], cut: float) -> None:
    assert is_clear(outcome(damaged(original(filename), flips, cut), filename))


@pytest.mark.parametrize("filename", PACKAGES)
@given(data=st.data(), flips=flips, cut=cuts)
@fewer
def test_damaged_part_inside_a_sound_package(
    filename: str, data: st.DataObject, flips: list[tuple[float, int]], cut: float
) -> None:
    name = data.draw(st.sampled_from(sorted(parts(filename))))
    inside = {**parts(filename), name: damaged(parts(filename)[name], flips, cut)}
    assert is_clear(outcome(zipped(inside), filename))


@pytest.mark.parametrize("filename", PACKAGES)
@given(data=st.data(), value=st.sampled_from([b"", b"-1", b"99999999999", b"x", "é".encode(), b"../../etc/passwd"]))
@fewer
def test_damaged_attribute_in_a_part(filename: str, data: st.DataObject, value: bytes) -> None:
    name = data.draw(st.sampled_from([name for name in sorted(parts(filename)) if name.endswith((".xml", ".rels"))]))
    part = parts(filename)[name]
    attributes = list(re.finditer(rb'(?<==")[^"]*(?=")', part))
    match = data.draw(st.sampled_from(attributes)) if attributes else None
    changed = part[: match.start()] + value + part[match.end() :] if match else part
    assert is_clear(outcome(zipped({**parts(filename), name: changed}), filename))


@pytest.mark.parametrize("filename", PACKAGES)
@given(missing=st.data())
@fewer
def test_damaged_package_without_a_part(filename: str, missing: st.DataObject) -> None:
    name = missing.draw(st.sampled_from(sorted(parts(filename))))
    rest = {key: value for key, value in parts(filename).items() if key != name}
    assert is_clear(outcome(zipped(rest), filename))


@pytest.mark.parametrize("filename", WRITTEN)
@given(text=st.text(max_size=300))
@fewer
def test_damaged_any_text_at_all(filename: str, text: str) -> None:
    assert is_clear(outcome(text.encode(), filename))
