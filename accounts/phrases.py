"""Return phrases: six words that bring a person back on any device, kept only as a keyed hash."""

import hashlib
import re
import secrets
from functools import cache

from django.conf import settings
from django.utils.crypto import salted_hmac
from mnemonic import Mnemonic

WORDS = 6
PREFIX = 4  # the first four letters of every word in the list are its own


@cache
def words_by_prefix() -> dict[str, str]:
    return {word[:PREFIX]: word for word in Mnemonic("english").wordlist}


def make_phrase() -> str:
    """Six words drawn by the system's own randomness: 66 bits."""
    words = list(words_by_prefix().values())
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def read_phrase(typed: str) -> str | None:
    """The phrase a person meant, whatever the case, the spaces and the hyphens; None if it cannot be one."""
    words = [words_by_prefix().get(word[:PREFIX], "") for word in split(typed)]
    return " ".join(words) if len(words) == WORDS and all(words) else None


def unknown_words(typed: str) -> list[str]:
    """What was typed that stands for no word of the list."""
    return [word for word in split(typed) if word[:PREFIX] not in words_by_prefix()]


def split(typed: str) -> list[str]:
    return re.findall(r"\w+", typed.replace("_", " ").lower())


def phrase_hashes(phrase: str) -> list[str]:
    """What the database keeps, under the key of today first and then under keys that were retired.

    The same phrase always gives the same hash, so that a unique index finds it; the pepper and scrypt's
    cost make a stolen table useless without the key.
    """
    return [_hash(phrase, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _hash(phrase: str, key: str | bytes) -> str:
    pepper = salted_hmac("accounts.return-phrase", "", secret=key, algorithm="sha256").digest()
    return hashlib.scrypt(phrase.encode(), salt=pepper, n=2**14, r=8, p=1, dklen=32).hex()
