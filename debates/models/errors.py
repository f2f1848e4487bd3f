"""What a verb answers when the domain forbids what was asked: a sentence, where it belongs, and an HTTP status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refused(Exception):
    """A verb was refused and nothing was changed. `field` names the input that the sentence is about."""

    status = 422

    def __init__(self, message: StrOrPromise, *, field: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class Conflict(Refused):
    """Somebody else was first. `current` is what is stored now."""

    status = 409

    def __init__(self, message: StrOrPromise, *, current: Any = None) -> None:
        super().__init__(message)
        self.current = current


class Gone(Refused):
    """What the verb is about was deleted. What was taken back can be restored: verbs on it raise a plain Refused."""

    status = 410


class Closed(Refused):
    """The topic takes no contributions any more."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This topic is closed. You can read it, and its owner can open it again."))


class SlowDown(Refused):
    """More acts in a minute than a person makes."""

    status = 429

    def __init__(self) -> None:
        super().__init__(_("That was a lot in one minute. Wait a moment, then send it again; your words are kept."))


class TimeOver(Closed):
    """The time that was set for this topic is over, for this person."""

    def __init__(self) -> None:
        Refused.__init__(self, _("The time for this topic is over. New lines are kept as suggestions that wait."))
