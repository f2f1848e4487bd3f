"""Write first, say who you are afterwards: what an unknown visitor posts is kept until they choose a name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from debates.models import NamesShown, Pseudonym, Topic
from debates.views.composing import joining_word
from debates.views.fragments import go, see_other

PENDING = "pending_posts"
MOST_PENDING = 5
KEY_LENGTH = 36
# Every field of the largest form, in letters of which each takes twelve characters in an address, and some room.
MOST_KEPT = 150_000
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def ask_who(request: HttpRequest, topic: Topic, *, text: str, above: str = "", stance: str = "") -> HttpResponse:
    """Keep this POST and lead the visitor to the page that asks who is speaking.

    `text` is what they wrote, `above` the line it answers and `stance` how.
    """
    fields = request.POST.urlencode()
    if len(fields) > MOST_KEPT:
        raise SuspiciousOperation("A visitor posted more than the forms of this site take.")
    key = request.POST.get("key", "")[:KEY_LENGTH] or request.path
    others = [each for each in _all(request) if each["key"] != key]
    mine = {
        "key": key, "path": request.path, "fields": fields, "topic": topic.pk,
        "text": text, "above": above, "stance": stance, "name": Pseudonym.objects.preview(topic),
    }  # fmt: skip
    request.session[PENDING] = [*others, mine][-MOST_PENDING:]
    return go(request, _question_about(mine))


@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Who is speaking? Go on as a guest, sign in, or type six words."""
    pending = _pending(request, request.GET.get("post", ""))
    topic = _topic_of(pending)
    if pending is None or topic is None:
        return see_other(reverse("topic-list"))
    named = topic.names_shown == NamesShown.NAMES
    context = {"pending": pending, "word": joining_word(pending["stance"]), "named": named}
    return render(request, "debates/who.html", context | {"here": _question_about(pending)})


@require_POST
def who_guest(request: HttpRequest) -> HttpResponse:
    """Become a guest under the name that was offered, and post."""
    pending = _pending(request, request.POST.get("post", ""))
    topic = _topic_of(pending)
    if pending is None or topic is None or request.user.is_authenticated:
        return see_other(_question_about(pending))
    return become_guest(request, topic, wish=pending["name"]) or _post(request, pending)


def become_guest(request: HttpRequest, topic: Topic, *, wish: str = "") -> HttpResponse | None:
    """Sign the visitor in as a new guest. `wish` is a name that we offered. Returns None, or why it cannot be."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="guest")
    if limited is not None:
        return limited
    guest = User.objects.create_guest()
    login(request, guest, backend=BACKEND)
    name = Pseudonym.objects.give(topic, guest, wish=wish)
    messages.info(
        request,
        _("You are %(name)s in this topic. Take your six words along to come back on another device.") % {"name": name},
        extra_tags="return-phrase",
    )
    return None


@require_POST
def who_post(request: HttpRequest) -> HttpResponse:
    """Post what was kept, now that the writer is signed in."""
    pending = _pending(request, request.POST.get("post", ""))
    if pending is None or not request.user.is_authenticated:
        return see_other(_question_about(pending))
    return _post(request, pending)


def _all(request: HttpRequest) -> list[dict[str, Any]]:
    """What waits in this session, the oldest first: one for each form, so that two tabs do not lose each other's."""
    return list(request.session.get(PENDING, []))


def _pending(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """What was sent with the form of that key; without a key the newest."""
    return next((each for each in reversed(_all(request)) if key in {"", each["key"]}), None)


def _question_about(pending: dict[str, Any] | None) -> str:
    return f"{reverse('who')}?{urlencode({'post': pending['key']})}" if pending else reverse("who")


def _topic_of(pending: dict[str, Any] | None) -> Topic | None:
    return Topic.objects.filter(pk=pending["topic"]).first() if pending else None


def _post(request: HttpRequest, pending: dict[str, Any]) -> HttpResponse:
    """Run the view that was asked for, with the fields of then and the person of now. It asks for permission itself.

    What waits is let go once it is taken: until then, whatever the answer, it can be sent again.
    """
    match = resolve(pending["path"])
    request.path = request.path_info = pending["path"]
    request.POST = QueryDict(pending["fields"])
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    if response.status_code < 400:
        request.session[PENDING] = [each for each in _all(request) if each["key"] != pending["key"]]
    return response
