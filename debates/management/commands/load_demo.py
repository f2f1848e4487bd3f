"""`manage.py load_demo`: the demo topic with its essay, its class and their votes, once."""

from typing import Any

from django.core.management.base import BaseCommand

from debates.demo import loading


class Command(BaseCommand):
    help = "Load the demo topic, if it is not there yet. What visitors added to it stays."

    def handle(self, *args: Any, **options: Any) -> None:
        topic = loading.load()
        if topic is None:
            self.stdout.write("The demo is in place already.")
            return
        statements = topic.statements.count()
        self.stdout.write(f"Loaded the demo topic “{topic}”: {statements} statements, and the accounts of a class.")
