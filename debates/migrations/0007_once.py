"""A form sent twice is one comment, one source, one passage; and indexes for what counts replies and suggestions.

All of them are indexes, so that SQLite builds no table anew: it would give the numbers of deleted rows out again.
"""

from django.conf import settings
from django.db import migrations, models


def keep_one_passage(apps, schema_editor):
    """Of the same span quoted twice on one statement, the first stays."""
    schema_editor.execute(
        "DELETE FROM debates_passage WHERE id NOT IN ("
        'SELECT MIN(id) FROM debates_passage GROUP BY statement_id, essay_id, start, "end")'
    )


class Migration(migrations.Migration):
    dependencies = [
        ("debates", "0006_upload"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(keep_one_passage, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint("statement", "essay", "start", "end", name="passage_once"),
        ),
        migrations.AddField(
            model_name="comment",
            name="key",
            field=models.CharField(blank=True, editable=False, max_length=36, null=True),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(
                fields=("author", "key"), condition=models.Q(("key__isnull", False)), name="comment_key_once"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="key",
            field=models.CharField(blank=True, editable=False, max_length=36, null=True),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                fields=("added_by", "key"), condition=models.Q(("key__isnull", False)), name="source_key_once"
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("verb", "suggest")), fields=["topic", "actor"], name="change_suggesting"
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["parent", "stance", "status", "refers_to"], name="statement_replies"),
        ),
        migrations.RemoveIndex(model_name="statement", name="statement_children"),
    ]
