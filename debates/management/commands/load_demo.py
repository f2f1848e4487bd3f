"""`manage.py load_demo`: the demo topic with its essay, a class and their votes, once."""

from typing import Any

from django.core.management.base import BaseCommand

from debates.demo import loading


class Command(BaseCommand):
    help = "Load the demo topic and its class, if they are not there yet. What visitors added to them stays."

    def handle(self, *args: Any, **options: Any) -> None:
        topic = loading.load()
        said = [f"Loaded the demo topic “{topic}”: {topic.statements.count()} statements."] if topic else []
        said += filter(None, [load() for load in loading.also_load])
        self.stdout.write("\n".join(said) or "The demo is in place already.")
