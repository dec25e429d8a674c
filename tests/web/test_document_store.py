"""A document as read goes into rows and comes back equal."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.model import BlockKind, Document, Format, PageKind
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Document as DocumentRow
from grunnmur_web.models import DocumentVersion
from grunnmur_web.store import documents

pytestmark = pytest.mark.django_db

# Any letters but those no database takes; «\ud800» and NUL are tested on their own below.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)
KINDS = st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.TABLE])


@st.composite
def read_documents(draw: st.DrawFn) -> Document:
    """Documents as readers build them: pages with blocks, tables, blocks over page breaks, lines and notices."""
    builder = DocumentBuilder(draw(st.sampled_from(Format)), hashlib.sha256(b"x").hexdigest(), draw(TEXT))
    builder.page_kind = draw(st.sampled_from(PageKind))
    for _ in range(draw(st.integers(0, 3))):
        number = builder.begin_page(draw(TEXT), hidden=draw(st.booleans()))
        for text in draw(st.lists(TEXT, max_size=3)):
            block = builder.add(
                draw(KINDS), text, level=draw(st.integers(0, 9)), marker=draw(st.sampled_from(["", "1."]))
            )
            if block:
                builder.add_line(number, block.start, block.end, (0.1, 0.2, 0.9, 0.25))
        if draw(st.booleans()):
            cells = [CellText(0, n, text, header=True) for n, text in enumerate(draw(st.lists(TEXT, max_size=3)))]
            builder.add_table([*cells, CellText(1, 0, draw(TEXT), colspan=2)])
        if draw(st.booleans()):
            builder.add_across(BlockKind.PARAGRAPH, [draw(TEXT), draw(TEXT)])
    if draw(st.booleans()):
        builder.note("needs-ocr", page=1, share=0.5)
    return builder.build(draw(st.sampled_from(["nb", "nn", ""])))


def new_version() -> DocumentVersion:
    row = DocumentRow.objects.create(title="Plan", owner=User.objects.first())
    return DocumentVersion.objects.create(document=row, number=1, filename="plan.txt", sha256="0" * 64, size=1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(read_documents())
def test_what_is_saved_comes_back_equal(db: None, document: Document) -> None:
    version = new_version()
    documents.save(version, document)
    assert documents.load(DocumentVersion.objects.get(pk=version.pk)) == document


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(read_documents())
def test_every_letter_of_a_document_stands_on_one_of_its_pages(db: None, document: Document) -> None:
    version = new_version()
    documents.save(version, document)
    stored = "".join(documents.text_between(version.pk, page.start, page.end) for page in version.pages.all())
    assert stored == document.text[: len(stored)]
    assert not document.text[len(stored) :].strip()


def test_saving_again_replaces_what_stood_there() -> None:
    version = new_version()
    for text in ("En to tre", "Fire"):
        builder = DocumentBuilder(Format.TEXT, "0" * 64, "Plan")
        builder.add(BlockKind.PARAGRAPH, text)
        documents.save(version, builder.build())
    assert documents.load(version).text.strip() == "Fire"


def test_letters_no_database_takes_are_replaced_one_for_one() -> None:
    assert documents.storable("a\x00b\ud800c å") == "a\ufffdb\ufffdc å"


def test_stretches_of_text_are_read_by_offset_in_one_query(django_assert_num_queries: object) -> None:
    version = new_version()
    builder = DocumentBuilder(Format.TEXT, "0" * 64, "Plan")
    builder.add(BlockKind.PARAGRAPH, "Æøå 𝟙 sykehjem")
    documents.save(version, builder.build())
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert documents.texts_between(version.pk, [(0, 3), (6, 14)]) == ["Æøå", "sykehjem"]
    assert documents.texts_between(version.pk, []) == []
