"""The same sessions, read from the cache first: for installations with Redis."""

from django.contrib.sessions.backends import cached_db

from accounts import sessions


class SessionStore(sessions.SessionStore, cached_db.SessionStore):
    pass
