"""What this site holds about a person, told by the apps that hold it: to be taken along, or to be erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

TRIES = 3


@dataclass(frozen=True)
class Section:
    """One kind of thing. `columns` give each key of the `rows` its heading; values are JSON's own or datetimes."""

    key: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]] = field(default=())

    def labelled(self) -> list[list[tuple[str, Any]]]:
        """The rows for people: each value beside its heading."""
        return [[(label, row.get(key)) for key, label in self.columns.items()] for row in self.rows]


class Holder(Protocol):
    """What an app says about the data it keeps. Register one in `AppConfig.ready`."""

    name: str

    def export(self, user: User) -> list[Section]: ...

    def erase(self, user: User) -> None:
        """Remove or unname all that is theirs. Runs in the transaction that deletes them."""


holders: list[Holder] = []


def register(holder: Holder) -> None:
    holders.append(holder)


def export(user: User) -> dict[str, list[Section]]:
    """All that is held about `user`, by the name of the holder; the account itself comes first."""
    return {"account": [_account(user), _tokens(user)]} | {holder.name: holder.export(user) for holder in holders}


def erase(user: User) -> None:
    """Remove this person; what others answered stays, as by a former participant.

    Somebody may be posting at this moment, and the database then asks one of the two to start again.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            return _erase(User.objects.get(pk=user.pk))
        except (IntegrityError, OperationalError):
            if not tries_left:
                raise


@transaction.atomic
def _erase(user: User) -> None:
    # Against a second erasure only: a stronger lock would stand in the way of posts that the holders wait for.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    for holder in holders:
        holder.erase(user)
    about_them = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    LogEntry.objects.filter(Q(user=user) | about_them).delete()
    user.end_sessions()
    user.delete()


def _account(user: User) -> Section:
    columns = {
        "user_name": _("User name"),
        "name_shown": _("Name shown to others"),
        "email": _("E-mail"),
        "guest": _("Guest"),
        "joined": _("Joined"),
        "last_signed_in": _("Last signed in"),
        "has_return_phrase": _("Has a return phrase"),
        "browsers_signed_in": _("Browsers signed in"),
    }
    row = {
        "user_name": user.username,
        "name_shown": user.display_name,
        "email": user.email,
        "guest": user.is_guest,
        "joined": user.date_joined,
        "last_signed_in": user.last_login,
        "has_return_phrase": user.phrase_hash is not None,
        "browsers_signed_in": user.sessions.filter(expire_date__gt=timezone.now()).count(),
    }
    return Section("account", _("Account"), columns, [row])


def _tokens(user: User) -> Section:
    """Names and dates; what a token is made of is nowhere."""
    columns = {
        "name": _("Name"),
        "scopes": _("It may"),
        "created": _("Created"),
        "expires": _("Expires"),
        "last_used": _("Last used"),
    }
    rows = [
        {name: getattr(token, name) for name in columns} | {"scopes": ", ".join(token.scopes)}
        for token in user.api_tokens.order_by("pk")
    ]
    return Section("tokens", _("Tokens for programs"), columns, rows)
