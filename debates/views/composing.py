"""The box in which an argument is written: what it shows, and what it tells while one writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from debates.forms.fields import new_key
from debates.forms.statement import ArgumentForm, StatementForm
from debates.models import Stance, Statement, Topic
from debates.permissions import WRITE
from debates.similar import similar_to

if TYPE_CHECKING:
    from debates.tree import Node


@dataclass(frozen=True)
class Composer:
    """One open box. `above` is the line it answers, None for a new claim."""

    id: str  # what tells its ids in the page from those of another box
    form: StatementForm
    stance: str
    action: str
    close: str
    draft_key: str
    key: str
    word: str
    above: str
    above_is_claim: bool
    has_essay: bool
    suggests: bool
    alike: tuple[Statement, ...] = ()
    preview: str = ""


def composer_for(
    request: HttpRequest, topic: Topic, parent: Node | Statement | None, stance: str, form: StatementForm | None = None
) -> Composer:
    """A composer under `parent`; with a bound `form` it shows what was typed and what is wrong with it."""
    typed = str(form.data.get("text", "")) if form is not None else ""
    text = str(form.cleaned_data.get("text", typed)) if form is not None and form.is_bound else typed
    box = f"{stance}-{parent.pk}" if parent else "claim"
    shown = form or (StatementForm() if parent is None else ArgumentForm())
    shown.auto_id = f"%s-{box}"
    return Composer(
        id=box,
        form=shown,
        stance=stance,
        action=action_for(topic, parent),
        close=close_for(topic, parent),
        draft_key=f"topic-{topic.pk}-under-{parent.pk if parent else 'none'}-{stance or 'claim'}",
        key=(form.data.get("key") if form is not None else "") or new_key(),
        word=joining_word(stance),
        above=_words(parent),
        above_is_claim=parent is not None and parent.is_claim,
        has_essay=topic.has_essay,
        suggests=not topic.standing.may(WRITE),
        alike=tuple(similar_to(text, topic)) if text else (),
        preview=text,
    )


def _words(parent: Node | Statement | None) -> str:
    if parent is None:
        return ""
    return parent.words if isinstance(parent, Statement) else parent.text


def joining_word(stance: str) -> str:
    """What joins an argument to the line above when both are read aloud."""
    if not stance:
        return ""
    return _("because") if stance == Stance.SUPPORTS else _("but")


def action_for(topic: Topic, parent: Node | Statement | None) -> str:
    if parent is None:
        return reverse("topic-claims", args=[topic.slug])
    return reverse("statement-arguments", args=[parent.pk])


def close_for(topic: Topic, parent: Node | Statement | None) -> str:
    if parent is None:
        return topic.get_absolute_url()
    if parent.is_claim:
        return f"{topic.get_absolute_url()}?claim={parent.pk}"
    return reverse("statement", args=[parent.pk])
