"""The full-text index of the database in use, kept in step by the database itself.

SQLite: an FTS5 table over the terms, with triggers. A later migration that makes SQLite copy the table of search
entries loses the triggers and has to make them again; every search test then fails until it does.
PostgreSQL: a generated column with an index.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    """CREATE VIRTUAL TABLE grunnmur_searchindex USING fts5(
        title_terms, body_terms, heading_terms, content='grunnmur_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER grunnmur_searchentry_insert AFTER INSERT ON grunnmur_searchentry BEGIN
        INSERT INTO grunnmur_searchindex(rowid, title_terms, body_terms, heading_terms)
        VALUES (new.id, new.title_terms, new.body_terms, new.heading_terms); END""",
    """CREATE TRIGGER grunnmur_searchentry_delete AFTER DELETE ON grunnmur_searchentry BEGIN
        INSERT INTO grunnmur_searchindex(grunnmur_searchindex, rowid, title_terms, body_terms, heading_terms)
        VALUES ('delete', old.id, old.title_terms, old.body_terms, old.heading_terms); END""",
    """CREATE TRIGGER grunnmur_searchentry_update AFTER UPDATE OF title_terms, body_terms, heading_terms ON grunnmur_searchentry BEGIN
        INSERT INTO grunnmur_searchindex(grunnmur_searchindex, rowid, title_terms, body_terms, heading_terms)
        VALUES ('delete', old.id, old.title_terms, old.body_terms, old.heading_terms);
        INSERT INTO grunnmur_searchindex(rowid, title_terms, body_terms, heading_terms)
        VALUES (new.id, new.title_terms, new.body_terms, new.heading_terms); END""",
    "INSERT INTO grunnmur_searchindex(grunnmur_searchindex) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER grunnmur_searchentry_update",
    "DROP TRIGGER grunnmur_searchentry_delete",
    "DROP TRIGGER grunnmur_searchentry_insert",
    "DROP TABLE grunnmur_searchindex",
]
POSTGRES = [
    """ALTER TABLE grunnmur_searchentry ADD COLUMN terms tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_terms), 'A') ||
        setweight(to_tsvector('simple'::regconfig, body_terms), 'B') ||
        setweight(to_tsvector('simple'::regconfig, heading_terms), 'C')) STORED""",
    "CREATE INDEX grunnmur_searchentry_terms ON grunnmur_searchentry USING gin (terms)",
]
POSTGRES_BACK = ["ALTER TABLE grunnmur_searchentry DROP COLUMN terms"]


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, list[str]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def make_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRES})


def drop_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRES_BACK})


class Migration(migrations.Migration):
    dependencies = [("grunnmur", "0002_pages_and_decisions")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True)),
            ],
        ),
        migrations.AddField(
            "searchentry", "heading_terms", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RunPython(make_index, drop_index),
    ]
