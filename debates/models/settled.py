"""What the owner of a topic decides about it: its texts and settings, changed together."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.errors import Conflict, Refused

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.act import Act
    from debates.models.topic import Topic

SETTINGS = (
    "title", "question", "background", "language", "visibility", "visitor_role", "guests_vote", "votes_shown",
    "names_shown",
)  # fmt: skip


def version_of(settings: dict[str, Any]) -> str:
    """See Settled.settings_version."""
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:16]


class Settled:
    """What having settings adds to a topic."""

    def settings(self: Topic) -> dict[str, Any]:  # type: ignore[misc]
        """What an edit of the topic can change, as the history keeps it."""
        return {name: getattr(self, name) for name in SETTINGS}

    @property
    def settings_version(self: Topic) -> str:  # type: ignore[misc]
        """A digest of the settings, by which an edit can tell whether it was made from those stored now."""
        return version_of(self.settings())

    def revise(self: Topic, *, by: User, version: str = "", **fields: Any) -> None:  # type: ignore[misc]
        """Change the topic's texts and settings.

        `version` is the settings_version that was read: another one now is a Conflict, whose `current` are the
        settings stored, unless they say already what is asked for. Raises Refused.
        """
        with act_on(self, by=by, verb="topic-revised", closed_too=True) as act:
            stored, stale = act.topic.settings(), version not in {"", act.topic.settings_version}
            # Set on the locked row: what another person changed since this one was read stays as they left it.
            act.topic.set(act, fields)
            if stale and act.changes:
                raise Conflict(_("Somebody changed these settings while you did. Both are below."), current=stored)
        for name, value in act.topic.settings().items():
            setattr(self, name, value)

    def set(self: Topic, act: Act, fields: dict[str, Any]) -> None:  # type: ignore[misc]
        """See revise."""
        before = self.settings()
        for name, value in fields.items():
            setattr(self, name, value)
        self.prepare()
        after = self.settings()
        if before == after:
            return
        _keep_the_promise(self, act, before["names_shown"])
        self.save(update_fields=[*after, "search_text"])
        act.record(
            before={name: value for name, value in before.items() if after[name] != value},
            after={name: value for name, value in after.items() if before[name] != value},
        )


def _keep_the_promise(topic: Topic, act: Act, before: str) -> None:
    """Whoever wrote or joined under a pseudonym was told that no reader sees their name."""
    from debates.models.topic import NamesShown

    others = topic.pseudonyms.all() if act.by is None else topic.pseudonyms.exclude(user=act.by)
    if before == NamesShown.PSEUDONYMS and topic.names_shown == NamesShown.NAMES and others.exists():
        raise Refused(
            _("Others have a pseudonym here, which promised to hide their name. A copy of the topic can show names."),
            field="names_shown",
        )
