"""Where a statement stands: moving it with its branch, its order among its siblings, and links in second places."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from accounts.redirects import next_url
from debates.forms.statement import PlaceForm
from debates.models import Refused, Statement
from debates.models.structure import branch
from debates.permissions import CHANGE, WRITE, statement_for
from debates.rows import siblings_of
from debates.search import statements_matching
from debates.views.done import say_done
from debates.views.fragments import answer, go, refusals_as_pages, refuse, status_of, wants_fragment
from debates.views.topic import statements_root
from debates.views.who import ask_who

OFFERED = 30


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """The place of a statement: GET lists where it could stand, POST moves it there with its branch."""
    moved = statement_for(request.user, pk, may=CHANGE)
    topic = moved.topic
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            moved.move_under(_target(moved, form), by=person_of(request), stance=form.cleaned_data["stance"])
            say_done(request, _("Moved, with everything below it."), topic)
            return go(request, moved.get_absolute_url())
        except Refused as refused:
            refuse(form, refused)
    return _choose(request, moved, form, purpose="place")


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """A second place for a statement: GET lists where, POST links it there."""
    target = statement_for(request.user, pk, may=WRITE)
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not request.user.is_authenticated:
            return ask_who(request, target.topic, text=target.words)
        try:
            parent = _target(target, form)
            if parent is None:
                raise Refused(_("Choose the line that it should stand under."), field="parent")
            made = target.link_under(parent, stance=form.cleaned_data["stance"], by=person_of(request))
            say_done(request, _("It stands here too now. Its words and its branch are shared."), target.topic)
            return go(request, f"{parent.get_absolute_url()}#s{made.pk}")
        except Refused as refused:
            refuse(form, refused)
    return _choose(request, target, form, purpose="link")


def _target(statement: Statement, form: PlaceForm) -> Statement | None:
    """The chosen line. Another topic's is refused as one that is not there."""
    chosen = form.cleaned_data["parent"]
    if not chosen:
        return None
    parent = Statement.objects.filter(pk=chosen, topic=statement.topic_id).first()
    if parent is None:
        raise Refused(_("Choose a line of this topic."), field="parent")
    return parent


def _choose(request: HttpRequest, statement: Statement, form: PlaceForm, *, purpose: str) -> HttpResponse:
    """Lines of the topic to stand under: those near by, or those that match what was typed."""
    query = request.GET.get("q", "")[:200]
    lines = statements_matching(query) if query.strip() else Statement.objects.get_queryset().visible().in_order()
    lines = lines.filter(topic=statement.topic_id, refers_to=None).exclude(pk__in=branch(statement.pk)[:2_000])
    order = lines.order_by("depth", "position", "pk").exclude(pk=statement.parent_id or 0)
    context: dict[str, Any] = {
        "statement": statement, "topic": statement.topic, "form": form, "purpose": purpose, "query": query,
        "lines": order[:OFFERED], "statements": statements_root(),
    }  # fmt: skip
    return answer(request, "debates/place.html", "debates/_place_lines.html", context, status=status_of(form))


@require_POST
@refusals_as_pages
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One step: up or down among its siblings, out to its grandparent, or in under the sibling before it."""
    moved = statement_for(request.user, pk, may=CHANGE)
    topic = moved.topic
    step = request.POST.get("step", "")
    if step not in STEPS:
        raise Refused(_("Say where: up, down, out or in."))
    stays = STEPS[step](request, moved)
    if stays and wants_fragment(request):
        raise Refused(stays)
    if stays:
        say_done(request, stays)  # nothing was wrong with asking: nobody is taken away from where they read
    else:
        say_done(request, _("Moved."), topic)
    return go(request, next_url(request, otherwise=f"{moved.get_absolute_url()}#s{moved.pk}"))


def _up(request: HttpRequest, moved: Statement) -> str:
    return _shift(request, moved, "up")


def _down(request: HttpRequest, moved: Statement) -> str:
    return _shift(request, moved, "down")


def _shift(request: HttpRequest, moved: Statement, step: str) -> str:
    """Up: behind the sibling before the one before. Down: behind the next one. Or why it stays where it is."""
    around = siblings_of(moved)
    near = around.previous if step == "up" else around.next
    if near is None:
        return _("It is the first already.") if step == "up" else _("It is the last already.")
    after = Statement.objects.get(pk=near)
    if step == "up":
        before = siblings_of(after).previous
        moved.reorder(by=person_of(request), after=Statement.objects.get(pk=before) if before else None)
    else:
        moved.reorder(by=person_of(request), after=after)
    return ""


def _out(request: HttpRequest, moved: Statement) -> str:
    parent = moved.parent
    if parent is None or parent.parent is None:
        return _("It stands right under the claim: there is nothing to move out of.")
    moved.move_under(parent.parent, by=person_of(request), after=parent)
    return ""


def _in(request: HttpRequest, moved: Statement) -> str:
    before = siblings_of(moved).previous
    if before is None or moved.parent is None:
        return _("There is no line before it to stand under.")
    moved.move_under(Statement.objects.get(pk=before), by=person_of(request))
    return ""


STEPS = {"up": _up, "down": _down, "out": _out, "in": _in}
