"""How many requests somebody has made to the API in the running minute."""

from __future__ import annotations

from django.db import connection, models

# One statement, so that two processes never count one request twice or lose one. Both engines know it.
UPSERT = """
    INSERT INTO debates_ratewindow (who, minute, requests) VALUES (%s, %s, 1)
    ON CONFLICT (who) DO UPDATE SET minute = excluded.minute,
     requests = CASE WHEN debates_ratewindow.minute = excluded.minute THEN debates_ratewindow.requests + 1 ELSE 1 END
    RETURNING requests
"""


class RateWindow(models.Model):
    """One row for each token, person or address, and kind of request. `who` names none of them by itself."""

    who = models.CharField(max_length=64, primary_key=True)
    minute = models.BigIntegerField()
    requests = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.who} · {self.requests}"

    @classmethod
    def count(cls, who: str, minute: int) -> int:
        """Count one more request of `who` in `minute` (minutes since 1970), and return how many there were."""
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, [who, minute])
            return int(cursor.fetchone()[0])

    @classmethod
    def forget(cls, *, before: int) -> None:
        """Drop the rows of everyone who has not been here since the minute `before`."""
        cls.objects.filter(minute__lt=before).delete()
