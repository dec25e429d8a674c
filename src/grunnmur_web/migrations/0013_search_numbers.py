"""Numbers that say whose a row of the search is, and indexes that answer without looking at the rows.

The table is copied on SQLite, so the full-text index and its triggers are taken away first and made again at the end.
Going back, ``published`` is false for every row until the index is made anew.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

search_index = import_module("grunnmur_web.migrations.0010_search_index")

# Document or plan, kind, decided, and a place: as store.search.numbering lays it out.
RENUMBER = """
    UPDATE grunnmur_searchentry SET id = numbered.new FROM (
        SELECT id AS old, owner * 67108864 + sort * 8388608 + decided * 4194304
            + ROW_NUMBER() OVER (PARTITION BY owner, sort, decided ORDER BY id) - 1 AS new
        FROM (
            SELECT e.id, COALESCE(e.document_id, e.plan_id) AS owner,
                CASE e.kind WHEN 'document' THEN 0 WHEN 'plan' THEN 1 WHEN 'element' THEN 2
                    WHEN 'figure' THEN 3 ELSE 4 END AS sort,
                CASE WHEN f.id IS NULL OR f.state IN ('accepted', 'corrected') THEN 1 ELSE 0 END AS decided
            FROM grunnmur_searchentry e LEFT JOIN grunnmur_finding f ON f.id = e.finding_id
        ) AS placed
    ) AS numbered WHERE numbered.old = grunnmur_searchentry.id"""
# A vector for each part of a row that is asked on its own: with weights in one vector, every hit is looked at again.
# «qxq» keeps a phrase from beginning in the title and ending in the body.
VECTORS = {
    "title_vector": "title_terms",
    "own_vector": "title_terms || ' qxq ' || body_terms",
    "all_vector": "title_terms || ' qxq ' || body_terms || ' qxq ' || heading_terms",
}
MAKE_VECTORS = [
    statement
    for name, terms in VECTORS.items()
    for statement in (
        f"ALTER TABLE grunnmur_searchentry ADD COLUMN {name} tsvector"
        f" GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, {terms})) STORED",
        f"CREATE INDEX grunnmur_searchentry_{name} ON grunnmur_searchentry USING gin ({name})",
    )
]
DROP_VECTORS = [f"ALTER TABLE grunnmur_searchentry DROP COLUMN {name}" for name in VECTORS]


def _run(schema_editor: BaseDatabaseSchemaEditor, sqlite: list[str], postgres: list[str]) -> None:
    for statement in {"sqlite": sqlite, "postgresql": postgres}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_old(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, search_index.SQLITE_BACK, search_index.POSTGRES_BACK)


def make_old(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, search_index.SQLITE, search_index.POSTGRES)


def make_new(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, [RENUMBER, *search_index.SQLITE], [RENUMBER, *MAKE_VECTORS])


def drop_new(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, search_index.SQLITE_BACK, DROP_VECTORS)


class Migration(migrations.Migration):
    dependencies = [("grunnmur", "0012_contradictions_between_documents")]

    operations = [
        migrations.RunPython(drop_old, make_old),
        migrations.RemoveIndex("searchentry", "grunnmur_se_version_6b1269_idx"),
        migrations.RemoveIndex("searchentry", "grunnmur_se_kind_a88a76_idx"),
        migrations.RemoveField("searchentry", "published"),
        migrations.AlterField("searchentry", "id", models.BigIntegerField(primary_key=True, serialize=False)),
        migrations.AlterField("searchentry", "year", models.PositiveSmallIntegerField(db_index=True, null=True)),
        migrations.RunPython(make_new, drop_new),
    ]
