"""Sessions that know whose they are, in a table of our own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession

if TYPE_CHECKING:
    from accounts.models import User


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        return apps.get_model("accounts", "Session")

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)  # type: ignore[attr-defined]
        return row


def hand_sessions(user: User, *, to: User) -> None:
    """Make every browser that is signed in as `user` one of `to`, and leave it all else that it keeps."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in list(user.sessions.values_list("pk", flat=True)):
        session = store(key)
        if SESSION_KEY in session:  # it may have run out
            session[SESSION_KEY] = str(to.pk)
            session[HASH_SESSION_KEY] = to.get_session_auth_hash()
            session.save()
