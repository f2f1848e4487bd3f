"""What happened to a topic or to one statement, change by change, and taking a change back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.redirects import is_own_address, next_url
from debates.history import CHOICES, entry_of, history_of, words_of
from debates.models import Change, Conflict, Refused, Topic
from debates.permissions import change_for, statement_for, topic_for
from debates.sentences import texts_at_odds
from debates.views.fragments import answer, see_other, wants_fragment

if TYPE_CHECKING:
    from accounts.people import PersonRequest


@require_safe
def topic_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every change of a topic, newest first; `show` chooses which, `before` goes back in time, `since` not too far."""
    topic = topic_for(request.user, slug)
    show = request.GET.get("show", "all")
    show = show if show in CHOICES else "all"
    before, since = _number(request.GET.get("before", "")), _number(request.GET.get("since", ""))
    history = history_of(topic, request.user, show=show, before=before, since=since)
    context = {"topic": topic, "view": "history", "history": history, "show": show, "back": request.get_full_path()}
    return render(request, "debates/history.html", context)


@require_safe
def statement_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every wording of a statement, and all else that was done to it."""
    statement = statement_for(request.user, pk)
    before = _number(request.GET.get("before", ""))
    history = history_of(statement.topic, request.user, before=before, statement=statement)
    context = {
        "topic": statement.topic, "statement": statement, "history": history, "view": "",
        "back": request.get_full_path(), "words": words_of(statement, request.user),
    }  # fmt: skip
    return render(request, "debates/statement_history.html", context)


def _number(typed: str) -> int | None:
    """A change's number from the address; what is none goes back nowhere."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


@require_POST
def undoing(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Take a change back. Taking back an undoing does the first change again: the answer is about that one."""
    change = change_for(request.user, slug, number)
    shown = change.undoes or change
    place = _place_of(request, change.topic, shown)
    try:
        change.undo(by=request.user)
    except Refused as refused:
        return _not_undone(request, change, shown, refused, back=place)
    said = _("Undone.") if shown == change else _("Done again.")
    if not wants_fragment(request):
        messages.success(request, said)
        return see_other(place)
    response = _entry(request, shown, change.topic, fresh=True, back=place)
    response.headers["HX-Trigger"] = json.dumps({"say": said})
    return response


def _place_of(request: HttpRequest, topic: Topic, change: Change) -> str:
    """Where the reader was: in a history at the change they took back, else on the page that offered to undo."""
    history = f"{reverse('topic-history', args=[topic.slug])}?before={change.number + 1}"
    came_from = request.headers.get("Referer")
    back = next_url(request, otherwise=came_from if came_from and is_own_address(request, came_from) else history)
    in_history = urlsplit(back).path.endswith("/history/") and "#" not in back
    return f"{back}#change-{change.number}" if in_history else back


def _entry(request: HttpRequest, shown: Change, topic: Topic, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"entry": entry_of(shown, topic, request.user), "topic": topic} | more
    return answer(request, "debates/not_undone.html", "debates/_change.html", context, status=status)


def _not_undone(request: HttpRequest, change: Change, shown: Change, refused: Refused, *, back: str) -> HttpResponse:
    """Nothing was changed. Where somebody was faster: what undoing would bring back, and what stands there now."""
    odds = texts_at_odds(change, refused.current) if isinstance(refused, Conflict) else []
    more = {"refusal": refused.message, "odds": odds, "back": back}
    return _entry(request, shown, change.topic, status=refused.status, **more)
