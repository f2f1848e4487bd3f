"""Indexes for the two composite foreign keys: deleting a topic of 28,000 statements took minutes, now seconds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debates", "0003_waiting_index")]
    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["parent", "topic", "parent_depth"], name="statement_parent_key"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["refers_to", "topic"], name="statement_target_key"),
        ),
    ]
