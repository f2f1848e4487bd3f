"""The full-text index. A later migration that makes SQLite rebuild debates_statement must install it again."""

from django.db import migrations


def install(apps, schema_editor):
    from debates.search import POSTGRESQL_INDEX, SQLITE_INDEX

    statements = SQLITE_INDEX if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_INDEX
    for statement in statements:
        schema_editor.execute(statement)


def uninstall(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS debates_statement_fts_{name}")
        schema_editor.execute("DROP TABLE IF EXISTS debates_statement_fts")
    else:
        schema_editor.execute("DROP INDEX IF EXISTS debates_statement_search")


class Migration(migrations.Migration):
    dependencies = [("debates", "0001_initial")]
    operations = [migrations.RunPython(install, uninstall)]
