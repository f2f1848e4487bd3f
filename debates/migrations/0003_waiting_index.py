"""An index of the few statements that wait for an editor. Adding one makes neither engine rebuild the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debates", "0002_search_index")]
    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("status", "suggested")), fields=["topic"], name="statement_waiting"
            ),
        ),
    ]
