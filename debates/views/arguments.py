"""Adding: arguments under a statement, claims to a topic, and what looks alike while one writes."""

from __future__ import annotations

import json

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import person_of
from debates.forms.statement import ArgumentForm, StatementForm
from debates.late import late_sentence
from debates.models import Essay, Refused, Stance, Statement, Topic
from debates.permissions import SUGGEST, WRITE, bearer_for, statement_for, topic_for
from debates.similar import similar_to
from debates.tree import node_of
from debates.views.composing import composer_for
from debates.views.done import say_done
from debates.views.fragments import answer, answer_or_redirect, go, refuse, status_of, wants_fragment
from debates.views.topic import page_of, statements_root
from debates.views.who import ask_who

PAGE, FRAGMENT = "debates/compose.html", "debates/_composer.html"


@require_http_methods(["GET", "HEAD", "POST"])
def arguments(request: HttpRequest, pk: int) -> HttpResponse:
    """The arguments of a statement: GET gives the box for one more, POST adds it."""
    parent = bearer_for(request.user, pk, may=SUGGEST)
    stance = _stance(request)
    if request.method != "POST":
        return _box(request, parent.topic, parent, stance)
    essays = list(Essay.objects.filter(topic=parent.topic_id)) if request.POST.get("passage") else []
    form = ArgumentForm(request.POST, essays=essays)
    if not form.is_valid() or "check" in request.POST:
        return _box(request, parent.topic, parent, stance, form)
    if not request.user.is_authenticated:
        text = form.cleaned_data["text"]
        return ask_who(request, parent.topic, text=text, above=parent.words, stance=stance)
    try:
        made = _add(request, parent, form)
    except Refused as refused:
        return _box(request, parent.topic, parent, stance, form, refused=refused)
    return _added(request, parent, made)


def _stance(request: HttpRequest) -> str:
    """What was asked for; what is no stance is a box for support, whose form then says what is wrong."""
    asked = request.POST.get("stance") or request.GET.get("stance", "")
    return asked if asked in Stance.values else Stance.SUPPORTS.value


@require_http_methods(["GET", "HEAD", "POST"])
def claims(request: HttpRequest, slug: str) -> HttpResponse:
    """The claims of a topic: GET gives the box for one more, POST adds it."""
    topic = topic_for(request.user, slug, may=SUGGEST)
    if request.method != "POST":
        return _box(request, topic, None, "")
    form = StatementForm(request.POST)
    if not form.is_valid() or "check" in request.POST:
        return _box(request, topic, None, "", form)
    if not request.user.is_authenticated:
        return ask_who(request, topic, text=form.cleaned_data["text"])
    try:
        made = topic.add_claim(by=person_of(request), suggested=not topic.standing.may(WRITE), **form.cleaned_data)
    except Refused as refused:
        return _box(request, topic, None, "", form, refused=refused)
    if made.status != "visible":
        return _suggested(request, made, topic.get_absolute_url(), draft=f"topic-{topic.pk}-under-none-claim")
    say_done(request, _("Posted."), topic, draft=f"topic-{topic.pk}-under-none-claim")
    return go(request, page_of(made))


def _suggested(request: HttpRequest, made: Statement, to: str, *, draft: str) -> HttpResponse:
    """A suggestion waits for an editor: say so where one is led."""
    say_done(request, render_to_string("debates/_waits.html", {"late": late_sentence(made)}), draft=draft)
    return go(request, to)


@require_safe
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """Arguments of the topic that say much the same as `text`: asked for while one writes."""
    statement = statement_for(request.user, pk)
    alike = similar_to(request.GET.get("text", "")[:300], statement.topic)
    return render(request, "debates/_similar.html", {"alike": alike, "statements": statements_root()})


def _box(
    request: HttpRequest, topic: Topic, parent: Statement | None, stance: str, form: StatementForm | None = None,
    *, refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    """The composer, alone for a script and with the lines above for everyone else."""
    if form is not None and refused is not None:
        refuse(form, refused)
    composer = composer_for(request, topic, parent, stance, form)
    context = {"composer": composer, "topic": topic, "parent": parent, "statements": statements_root()}
    wrong = form is not None and (form.errors or "check" not in request.POST)
    return answer(request, PAGE, FRAGMENT, context, status=status_of(form) if form is not None and wrong else 200)


@transaction.atomic
def _add(request: HttpRequest, parent: Statement, form: ArgumentForm) -> Statement:
    """The verb, and what the argument rests on: all of it or nothing, and once."""
    user, data = person_of(request), form.cleaned_data
    parent.topic.just_changed = None
    made = parent.add_argument(
        data["stance"], data["text"], by=user, note=data["note"], key=data["key"],
        suggested=not parent.topic.standing.may(WRITE),
    )  # fmt: skip
    if parent.topic.just_changed is None:
        return made  # sent before, with all that came with it
    if form.found is not None:
        made.quote(*form.found, by=user)
    if data["source_title"]:
        made.cite(by=user, title=data["source_title"], url=data["source_url"])
    return made


def _added(request: HttpRequest, parent: Statement, made: Statement) -> HttpResponse:
    """The new card in place of the box, in focus; or the page where it stands."""
    if made.status != "visible":
        return render_suggested(request, made)
    context = {
        "topic": parent.topic, "parent": parent, "stance": made.stance, "statements": statements_root(),
        "draft_key": f"topic-{parent.topic_id}-under-{parent.pk}-{made.stance}",
    }  # fmt: skip
    if wants_fragment(request):
        context |= {"node": node_of(made, request.user, new=True), "total": _total(parent, made.stance)}
    response = answer_or_redirect(request, "debates/_added.html", context, to=_place(made))
    response.headers["HX-Trigger"] = json.dumps({"say": _("Posted.")})
    response.headers["HX-Reswap"] = "outerHTML"  # the box with its list item: the next one opens beside the card
    return response


def render_suggested(request: HttpRequest, made: Statement) -> HttpResponse:
    """A suggestion waits for an editor: say so where it will stand."""
    draft = f"topic-{made.topic_id}-under-{made.parent_id}-{made.stance}"
    if not wants_fragment(request):
        return _suggested(request, made, page_of(made), draft=draft)
    context = {
        "statement": made, "topic": made.topic, "parent": made.parent, "stance": made.stance, "draft_key": draft,
        "late": late_sentence(made),
    }  # fmt: skip
    response = render(request, "debates/_suggested.html", context)
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _total(parent: Statement, stance: str) -> int:
    return Statement.objects.get_queryset().shown().filter(parent=parent, stance=stance).count()


def _place(made: Statement) -> str:
    """Where the reader was: the columns in which the argument now stands."""
    parent = made.parent
    if parent is not None and parent.is_claim:
        return f"{made.topic.get_absolute_url()}?claim={parent.pk}&new={made.pk}#s{made.pk}"
    return page_of(made).replace("#", f"?new={made.pk}#")
