"""Essays that are edited, with their former states; passages that can lose their place; fuller sources; drafts; visits.

SQLite builds a table anew for a new column, and would give the numbers of deleted rows out again, by which the history
brings things back: what it has counted so far is kept aside and put back.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def keep_numbers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("CREATE TEMPORARY TABLE numbers_given AS SELECT name, seq FROM sqlite_sequence")


def put_numbers_back(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "UPDATE sqlite_sequence SET seq = MAX(seq, (SELECT g.seq FROM numbers_given g"
            " WHERE g.name = sqlite_sequence.name))"
            " WHERE name IN (SELECT name FROM numbers_given)"
        )
        schema_editor.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT name, seq FROM numbers_given"
            " WHERE name NOT IN (SELECT name FROM sqlite_sequence)"
        )
        schema_editor.execute("DROP TABLE numbers_given")


class Migration(migrations.Migration):
    dependencies = [
        ("debates", "0007_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(keep_numbers, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("choices", models.JSONField(blank=True, default=dict)),
                ("text", models.TextField(blank=True, max_length=200000, verbose_name="text")),
                (
                    "style",
                    models.CharField(
                        choices=[("apa", "APA 7"), ("mla", "MLA 9"), ("chicago", "Chicago")],
                        default="apa",
                        max_length=8,
                        verbose_name="style of citations",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("discarded", models.DateTimeField(blank=True, editable=False, null=True)),
                ("key", models.CharField(blank=True, editable=False, max_length=36, null=True)),
            ],
            options={
                "ordering": ("-updated", "pk"),
            },
        ),
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-version",),
            },
        ),
        migrations.CreateModel(
            name="EssayVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="author")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="where it is from")),
                ("text", models.TextField(max_length=200000, verbose_name="text")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("essay_number", models.PositiveBigIntegerField()),
                ("passages", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("essay_number", "version"),
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="passage",
            name="passage_once",
        ),
        migrations.AddField(
            model_name="essay",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DB_SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="essay",
            name="key",
            field=models.CharField(blank=True, editable=False, max_length=36, null=True),
        ),
        migrations.AddField(
            model_name="essay",
            name="source",
            field=models.CharField(blank=True, max_length=500, verbose_name="where it is from"),
        ),
        migrations.AddField(
            model_name="essay",
            name="updated",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="essay",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="passage",
            name="lost",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="source",
            name="accessed",
            field=models.CharField(blank=True, max_length=40, verbose_name="day of reading"),
        ),
        migrations.AddField(
            model_name="source",
            name="container",
            field=models.CharField(blank=True, max_length=200, verbose_name="published in"),
        ),
        migrations.AddField(
            model_name="source",
            name="doi",
            field=models.CharField(blank=True, max_length=200, verbose_name="DOI"),
        ),
        migrations.AddField(
            model_name="source",
            name="edition",
            field=models.CharField(blank=True, max_length=40, verbose_name="edition"),
        ),
        migrations.AddField(
            model_name="source",
            name="issue",
            field=models.CharField(blank=True, max_length=40, verbose_name="number"),
        ),
        migrations.AddField(
            model_name="source",
            name="medium",
            field=models.CharField(
                choices=[
                    ("document", "Other document"),
                    ("webpage", "Web page"),
                    ("book", "Book"),
                    ("chapter", "Chapter of a book"),
                    ("article-journal", "Article in a journal"),
                    ("article-newspaper", "Article in a newspaper"),
                    ("article-magazine", "Article in a magazine"),
                    ("report", "Report"),
                    ("thesis", "Thesis"),
                    ("dataset", "Data set"),
                    ("speech", "Speech"),
                    ("interview", "Interview"),
                    ("motion_picture", "Film or video"),
                    ("broadcast", "Broadcast"),
                    ("song", "Song or recording"),
                    ("post", "Post in a social network"),
                    ("legislation", "Law"),
                    ("personal_communication", "Letter or conversation"),
                ],
                default="document",
                max_length=24,
                verbose_name="what it is",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="pages",
            field=models.CharField(blank=True, max_length=40, verbose_name="pages"),
        ),
        migrations.AddField(
            model_name="source",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="source",
            name="volume",
            field=models.CharField(blank=True, max_length=40, verbose_name="volume"),
        ),
        migrations.AlterField(
            model_name="essay",
            name="author",
            field=models.CharField(blank=True, max_length=200, verbose_name="author"),
        ),
        migrations.AlterField(
            model_name="essay",
            name="text",
            field=models.TextField(max_length=200000, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="essay",
            name="title",
            field=models.CharField(max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="source",
            name="author",
            field=models.CharField(blank=True, max_length=500, verbose_name="author"),
        ),
        migrations.AddConstraint(
            model_name="essay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key__isnull", False)), fields=("added_by", "key"), name="essay_key_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(
                models.F("statement"),
                models.F("essay"),
                models.F("start"),
                models.F("end"),
                condition=models.Q(("lost", False)),
                name="passage_placed_once",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DB_CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DB_CASCADE, related_name="drafts", to="debates.topic"
            ),
        ),
        migrations.AddField(
            model_name="draftversion",
            name="draft",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DB_CASCADE, related_name="versions", to="debates.draft"
            ),
        ),
        migrations.AddField(
            model_name="essayversion",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DB_SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="essayversion",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DB_CASCADE, related_name="essay_versions", to="debates.topic"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DB_CASCADE, related_name="visits", to="debates.topic"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DB_CASCADE, related_name="visits", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key__isnull", False)), fields=("author", "key"), name="draft_key_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("style__in", ["apa", "mla", "chicago"])), name="draft_style"
            ),
        ),
        migrations.AddConstraint(
            model_name="draftversion",
            constraint=models.UniqueConstraint(fields=("draft", "version"), name="draft_version_once"),
        ),
        migrations.AddConstraint(
            model_name="essayversion",
            constraint=models.UniqueConstraint(fields=("topic", "essay_number", "version"), name="essay_version_once"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(fields=("topic", "user"), name="visit_once"),
        ),
        migrations.RunPython(put_numbers_back, migrations.RunPython.noop),
    ]
