# ruff: noqa: INP001 (a script, not a package)
"""Compile the catalogues: every ``django.po`` in the shell becomes a ``django.mo`` beside it, when it is older.

Needs nothing but Python, so that a checkout runs without GNU gettext. Collecting new messages does need gettext:
``cd src/grunnmur_web && django-admin makemessages -l nn -l en --no-location --no-wrap``.
"""

from __future__ import annotations

import ast
import struct
import sys
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "src" / "grunnmur_web" / "locale"
MAGIC = 0x950412DE
CONTEXT_END = "\x04"
FORM_END = "\x00"


class Malformed(Exception):
    """A catalogue that cannot be read; the message names file and line."""


def parse(path: Path) -> dict[str, str]:
    """Message ids with their translations, as ``gettext`` wants them: contexts and plural forms in the keys."""
    messages: dict[str, str] = {}
    entry: dict[str, str] = {}
    keyword, fuzzy, next_is_fuzzy = "", False, False
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if line.startswith("#,") and "fuzzy" in line:
            next_is_fuzzy = True
        if not line or line.startswith("#"):
            continue
        if not line.startswith('"'):
            new, _, line = line.partition(" ")
            if new == "msgctxt" or (new == "msgid" and keyword != "msgctxt"):
                _keep(messages, entry, fuzzy)
                entry, fuzzy, next_is_fuzzy = {}, next_is_fuzzy, False
            keyword = new
        try:
            entry[keyword] = entry.get(keyword, "") + ast.literal_eval(line)
        except (SyntaxError, ValueError) as error:
            raise Malformed(f"{path.name}, line {number}: {raw.strip()!r}") from error
    _keep(messages, entry, fuzzy)
    return messages


def _keep(messages: dict[str, str], entry: dict[str, str], fuzzy: bool) -> None:
    """Untranslated and doubtful messages are left out, so that the Norwegian original is shown."""
    if "msgid" not in entry or (fuzzy and entry["msgid"]):
        return
    forms = [text for name, text in entry.items() if name.startswith("msgstr")]
    if not forms or not all(forms):
        return
    key = entry["msgid"]
    if "msgid_plural" in entry:
        key += FORM_END + entry["msgid_plural"]
    if "msgctxt" in entry:
        key = entry["msgctxt"] + CONTEXT_END + key
    messages[key] = FORM_END.join(forms)


def compiled(messages: dict[str, str]) -> bytes:
    """The binary form: a header, two sorted tables of lengths and offsets, and the texts."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    count = len(pairs)
    table = struct.calcsize("<7I")
    offset = table + 16 * count
    tables, texts = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<2I", len(pair[column]), offset + len(texts))
            texts += pair[column] + b"\0"
    header = struct.pack("<7I", MAGIC, 0, count, table, table + 8 * count, 0, offset)
    return header + tables[0] + tables[1] + texts


def compile_catalogue(source: Path) -> bool:
    """Write the ``.mo`` unless it is newer than its source. Returns whether it was written."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    target.write_bytes(compiled(parse(source)))
    return True


def main() -> int:
    """Compile all catalogues of the shell."""
    try:
        written = [
            path.parent.parent.name for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) if compile_catalogue(path)
        ]
    except Malformed as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Catalogues compiled: {', '.join(written)}.\n" if written else "Catalogues are up to date.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
