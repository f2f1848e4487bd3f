"""Secrets of the keys with which programs act as a person: 256 random bits, kept as their digest."""

import hashlib
import secrets

PREFIX = "cp_"


def make_secret() -> str:
    """A new secret. The prefix lets people and scanners of leaked secrets see what it is."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What the database keeps. Unlike a password it cannot be guessed, so a quick digest without salt is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
