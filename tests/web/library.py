"""A small library of documents for tests: text, pages, findings, and people with each role."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.model import BlockKind, Format
from grunnmur.sources.documents.model import Document as ReadDocument
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import Document, DocumentVersion, Finding, FindingKind, FindingState, Origin, ReadState
from grunnmur_web.store import documents, search
from grunnmur_web.store import findings as finding_rows

CARE_PLAN = """# Plan for omsorg
Kommunen skal gi gode tjenester i alle deler av livet.
## Sykehjem
Det er 320 plasser ved sykehjem i dag, og behovet vokser.
| Hva | 2024 | 2032 |
| Sykehjemsplasser | 320 | 402 |
## Mål
Flere skal mestre eget liv hjemme."""

SCHOOL_PLAN = """# Plan for skole og barnehage
Kommunen har 38 barnehager.
## Barnehageplasser
Det trengs 1 250 barnehageplasser i 2030. Dette koster kr. 440.000 mer hvert år."""


def person(role: Role = Role.PLANNER, name: str = "Kari") -> User:
    """Someone signed in with a role."""
    return User.objects.create_user(
        f"{name.lower()}-{role}@kommune.example", "passord-til-prøving", name=name, role=role
    )


def read_lines(text: str, title: str) -> ReadDocument:
    """Lines as blocks: «# » headings, «| » table rows, «! » notes, the rest paragraphs.

    «---» begins a page, «--- skjult» a hidden one.
    """
    builder = DocumentBuilder(Format.MARKDOWN, hashlib.sha256(text.encode()).hexdigest(), title)
    table: list[CellText] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("| "):
            row = len({cell.row for cell in table})
            cells = line.strip("| ").split(" | ")
            table += [CellText(row, column, cell, header=row == 0) for column, cell in enumerate(cells)]
            continue
        if table:
            builder.add_table(table)
            table = []
        if line.startswith("---"):
            builder.begin_page(hidden=line == "--- skjult")
        elif line.startswith("! "):
            builder.add(BlockKind.NOTE, line[2:])
        elif line.startswith("#"):
            marks, _, heading = line.partition(" ")
            builder.add(BlockKind.HEADING, heading, level=len(marks))
        else:
            builder.add(BlockKind.PARAGRAPH, line)
    return builder.build("nb")


def add_document(text: str = CARE_PLAN, *, published: bool = True, **facts: Any) -> Document:
    """A document that has been read, with one current version; not indexed until :func:`index`."""
    title = facts.pop("title", text.splitlines()[0].lstrip("# "))
    status = {"status": Document.Status.PUBLISHED, "published_at": timezone.now()} if published else {}
    document = Document.objects.create(title=title, **status, **facts)
    read = read_lines(text, title)
    version = DocumentVersion(
        document=document, number=1, filename=f"{title}.md", sha256=read.sha256, size=len(text), state=ReadState.READ
    )
    version.file.save(version.filename, ContentFile(text.encode()), save=True)
    documents.save(version, read)
    document.current = version
    document.save()
    return document


def add_finding(document: Document, passage: str, *, kind: str = FindingKind.FIGURE, **value: Any) -> Finding:
    """A finding at the first place where ``passage`` stands; ``state`` and ``nth`` place are taken out of ``value``."""
    version = document.current
    assert version is not None
    state = value.pop("state", FindingState.ACCEPTED)
    start = -1
    for _ in range(value.pop("nth", 1)):
        start = version.text.index(passage, start + 1)
    decided = {} if state == FindingState.SUGGESTED else {"decided_at": timezone.now()}
    page = documents.load(version).page_at(start)
    finding = Finding(
        version=version, kind=kind, origin=Origin.MACHINE, state=state, machine=value,
        start=start, end=start + len(passage), page=page, **decided,
    )  # fmt: skip
    read = documents.load(version)
    finding.internal = documents.touches(documents.internal_spans(read.pages, read.blocks), finding.start, finding.end)
    finding_rows.apply(finding, passage)
    finding.save()
    return finding


def index(*documents: Document) -> None:
    """Make documents findable."""
    for document in documents:
        document.refresh_from_db()
        assert document.current is not None
        search.index_version(document.current)


def add_care_plan(**facts: Any) -> Document:
    """The care plan with its figures and its goal, indexed."""
    document = add_document(CARE_PLAN, **facts)
    add_finding(document, "320", label="plasser ved sykehjem", number=320, unit="places", period="2024")
    add_finding(document, "402", label="Sykehjemsplasser", number=402, unit="places", period="2032")
    text = "Flere skal mestre eget liv hjemme."
    add_finding(document, text, kind=FindingKind.ELEMENT, type="goal", text=text)
    index(document)
    return document


def add_school_plan(**facts: Any) -> Document:
    """The school plan with its figures, indexed; the money is a suggestion that nobody has looked at."""
    document = add_document(SCHOOL_PLAN, **facts)
    add_finding(document, "38", label="barnehager", number=38, unit="other", period="2024")
    add_finding(document, "1 250", label="barnehageplasser", number=1250, unit="places", period="2030", approx=True)
    add_finding(
        document, "kr. 440.000", label="mer hvert år", number=440000, unit="NOK", state=FindingState.SUGGESTED,
        org="Oppvekst",
    )  # fmt: skip
    index(document)
    return document
