"""The name of a person in one topic: a colour and an animal, the same in the whole topic, another in the next."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.topic import Topic

COLOURS = (
    "Amber", "Teal", "Plum", "Slate", "Coral", "Olive", "Copper", "Indigo", "Ivory", "Crimson", "Jade", "Russet",
    "Silver", "Golden", "Violet", "Azure", "Sandy", "Scarlet", "Mossy", "Pearl", "Cobalt", "Ochre", "Rosy", "Umber",
    "Lilac", "Sable", "Mint", "Saffron", "Cherry", "Misty",
)  # fmt: skip
ANIMALS = (
    "Heron", "Otter", "Badger", "Finch", "Newt", "Wren", "Lynx", "Marten", "Plover", "Hare", "Owl", "Dormouse",
    "Kestrel", "Beaver", "Magpie", "Tortoise", "Swift", "Hedgehog", "Puffin", "Ibex", "Crane", "Salmon", "Fox",
    "Robin", "Seal", "Raven", "Weasel", "Starling", "Bison", "Gecko", "Stork", "Mole", "Curlew", "Squirrel", "Bee",
    "Dolphin", "Falcon", "Lizard", "Panda", "Quail", "Rook", "Shrew", "Thrush", "Viper", "Walrus", "Yak", "Zebra",
    "Koala", "Ferret", "Gull", "Jackdaw", "Kiwi", "Lark", "Moth", "Osprey", "Pika", "Skylark", "Toad", "Vole", "Wolf",
)  # fmt: skip


class PseudonymManager(models.Manager["Pseudonym"]):
    def give(self, topic: Topic, user: User, *, wish: str = "") -> str:
        """Name `user` in `topic`, by `wish` if it is free, else by chance, so that no two topics can be linked."""
        taken = set(self.filter(topic=topic).values_list("name", flat=True))
        name = wish if wish and wish not in taken else free_name(taken)
        # Another process may have named them a moment ago: theirs stands.
        self.bulk_create([Pseudonym(topic=topic, user=user, name=name)], ignore_conflicts=True)
        return self.filter(topic=topic, user=user).values_list("name", flat=True).first() or self.give(topic, user)

    def preview(self, topic: Topic) -> str:
        """A name that is free now, to offer to a newcomer."""
        return free_name(set(self.filter(topic=topic).values_list("name", flat=True)))


def free_name(taken: set[str]) -> str:
    """A colour and an animal that nobody in `taken` has; a number follows when a topic outgrows them."""
    chance = secrets.SystemRandom()
    for attempt in range(200):
        name = f"{chance.choice(COLOURS)} {chance.choice(ANIMALS)}"
        if attempt > 50:
            name = f"{name} {chance.randrange(2, 10_000)}"
        if name not in taken:
            return name
    return f"{chance.choice(COLOURS)} {chance.choice(ANIMALS)} {secrets.token_hex(4)}"


class Pseudonym(models.Model):
    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="pseudonyms")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="pseudonyms")
    name = models.CharField(max_length=60)

    objects = PseudonymManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["topic", "user"], name="pseudonym_one_each"),
            models.UniqueConstraint(fields=["topic", "name"], name="pseudonym_unlike_others"),
        )

    def __str__(self) -> str:
        return self.name
