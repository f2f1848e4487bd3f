"""Who people are: accounts with a password, and guests who come back with six words."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from importlib import import_module
from typing import ClassVar

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import renaming
from accounts.names import validate_username
from accounts.phrases import make_phrase, phrase_hashes, read_phrase
from accounts.sessions import SessionStore
from accounts.tokens import digest_of, make_secret

GUEST_PREFIX = "guest-"
IMPORTED_PREFIX = "imported-"
NAME_TAKEN = _("This user name is taken. Choose another one.")


class PeopleManager(UserManager["User"]):
    def create_guest(self) -> User:
        """A person who may write but has said nothing about themselves."""
        return self.create_user(GUEST_PREFIX + secrets.token_hex(16), is_guest=True)

    def guest_of(self, mark: str) -> User:
        """The guest of `mark`, a secret of one form in one browser: a form that is sent twice makes one guest."""
        name = GUEST_PREFIX + digest_of(mark)[:32]
        try:
            with transaction.atomic():
                return self.create_user(name, is_guest=True)
        except IntegrityError:
            return self.get(username=name)

    def create_guests(self, count: int) -> list[User]:
        """As create_guest, many at once."""
        rows = [User(username=GUEST_PREFIX + secrets.token_hex(16), is_guest=True) for _number in range(count)]
        for row in rows:
            row.set_unusable_password()
        return self.bulk_create(rows, batch_size=1_000)

    def create_imported(self, count: int) -> list[User]:
        """People whom a file names: they wrote or voted elsewhere, and nobody can ever sign in as them."""
        rows = [
            User(username=IMPORTED_PREFIX + secrets.token_hex(15), password="!", is_guest=True, is_active=False)  # noqa: S106 - no password at all
            for _number in range(count)
        ]
        return self.bulk_create(rows, batch_size=1_000)

    def by_return_phrase(self, typed: str) -> User | None:
        """Whose six words these are, if they are anyone's."""
        phrase = read_phrase(typed)
        if phrase is None:
            return None
        return self.filter(phrase_hash__in=phrase_hashes(phrase), is_active=True).first()


class User(AbstractUser):
    """A person. A guest has no password and no name of their own; their return phrase is their key."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(
        _("user name"),
        max_length=40,
        unique=True,
        validators=[validate_username],
        error_messages={"unique": NAME_TAKEN},
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    display_name = models.CharField(_("name shown to others"), max_length=60, blank=True)
    is_guest = models.BooleanField(_("guest"), default=False)
    phrase_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="one_user_name_whatever_the_case",
                violation_error_message=NAME_TAKEN,
            ),
            models.CheckConstraint(
                condition=models.Q(is_guest=False) | models.Q(email="", display_name="", is_staff=False),
                name="guests_say_nothing_about_themselves",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name or str(_("Guest"))

    @property
    def shown_name(self) -> str:
        """The name where a topic shows names; guests have none and go by their pseudonym everywhere."""
        return "" if self.is_guest else self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def new_return_phrase(self) -> str:
        """Six new words, told once and never again; the old ones stop working."""
        phrase = make_phrase()
        self.phrase_hash = phrase_hashes(phrase)[0]
        self.save(update_fields=["phrase_hash"])
        return phrase

    def upgrade(self, *, username: str, password: str, email: str = "") -> None:
        """Make this guest an account; all they wrote and voted stays theirs, and so do their six words."""
        self.username, self.email, self.is_guest = (
            self.normalize_username(username),
            email,
            False,
        )
        self.set_password(password)
        self.save(update_fields=["username", "email", "is_guest", "password"])
        self._list_email()
        renaming.tell(self)

    def rename(self, display_name: str) -> None:
        self.display_name = display_name
        self.save(update_fields=["display_name"])
        renaming.tell(self)

    def change_email(self, email: str) -> None:
        """The address that password letters go to; empty means none."""
        self.email = email
        self.save(update_fields=["email"])
        self._list_email()

    def _list_email(self) -> None:
        """allauth keeps a table of addresses beside ours; the two agree."""
        EmailAddress.objects.filter(user=self).delete()
        if self.email:
            EmailAddress.objects.create(user=self, email=self.email, primary=True)

    def end_sessions(self, *, keep: str | None = None) -> None:
        """Sign this person out everywhere, but for the session `keep`."""
        store = import_module(settings.SESSION_ENGINE).SessionStore()
        for key in self.sessions.exclude(pk=keep).values_list("pk", flat=True):
            store.delete(key)


class Session(AbstractBaseSession):
    """A browser that is signed in. It names its person, so that all of somebody's sessions can be ended."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


class ApiToken(models.Model):
    """A key with which programs act as its person. Kept as a digest: whoever reads this table can use none of them."""

    USED_AT_MOST_EVERY = timedelta(minutes=10)

    user = models.ForeignKey(User, models.DB_CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=4, editable=False)  # its last characters, to tell one from another
    may_read = models.BooleanField(_("read"), default=True)
    may_write = models.BooleanField(_("write"), default=False)
    may_export = models.BooleanField(_("export"), default=False)
    created = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField(null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"

    @classmethod
    def issue(cls, user: User, name: str, *, scopes: set[str], expires: datetime | None = None) -> tuple[ApiToken, str]:
        """A new token of `user` and its secret, which is told this once. `scopes` are of read, write and export."""
        secret = make_secret()
        rights = {f"may_{scope}": scope in scopes for scope in ("read", "write", "export")}
        token = cls.objects.create(
            user=user, name=name, digest=digest_of(secret), hint=secret[-4:], expires=expires, **rights
        )
        return token, secret

    @classmethod
    def of(cls, secret: str) -> ApiToken | None:
        """The token of `secret`, with its person, if it still works. One query."""
        token = cls.objects.select_related("user").filter(digest=digest_of(secret), user__is_active=True).first()
        return token if token is not None and token.works else None

    @property
    def works(self) -> bool:
        return self.expires is None or self.expires > timezone.now()

    @property
    def scopes(self) -> list[str]:
        return [scope for scope in ("read", "write", "export") if self.may(scope)]

    def may(self, scope: str) -> bool:
        return bool(getattr(self, f"may_{scope}"))

    def note_use(self) -> None:
        """Remember when it was last used, to ten minutes: a write for every request would cost more than it tells."""
        now = timezone.now()
        if self.last_used is None or now - self.last_used >= self.USED_AT_MOST_EVERY:
            ApiToken.objects.filter(pk=self.pk).update(last_used=now)
