"""Drafts: texts that a person writes from a map. Each is its author's alone, and a 404 to everyone else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from debates.drafting.blocks import to_markdown
from debates.drafting.choices import MOST_TICKED, Choices
from debates.drafting.composing import compose
from debates.drafting.page import page_of
from debates.drafting.paper import word_count
from debates.drafting.points import left_out
from debates.drafting.reading import lines_of, material_for
from debates.forms.draft import ChoiceForm, NewDraftForm
from debates.models import Draft, Refused
from debates.permissions import READ, draft_for, topic_for
from debates.tree import claims_of
from debates.views.done import say_done
from debates.views.fragments import answer, go, refuse, status_of
from debates.views.who import ask_who

if TYPE_CHECKING:
    from debates.models import Topic
    from debates.tree import Node

LIST, PREVIEW = "debates/drafts.html", "debates/_draft_preview.html"


@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader's drafts in a topic, and what choices would give; POST begins a draft with that, unless it checks."""
    topic = topic_for(request.user, slug)
    claims = claims_of(topic, request.user)
    form, stores = _form_of(request, topic, claims), stores_with(request)
    if stores and form.is_valid():
        if not request.user.is_authenticated:
            return ask_who(request, topic, text=form.cleaned_data["title"])
        try:
            return _begin(request, topic, form)
        except Refused as refused:
            refuse(form, refused)
    context = preview_of(request, topic, form) | {"topic": topic, "claims": claims, "form": form, "view": "drafts"}
    status = status_of(form) if stores else 200
    return answer(request, LIST, PREVIEW, context | _own(request, topic), status=status)


def stores_with(request: HttpRequest) -> bool:
    """Whether something is to be stored, and not only looked at."""
    return request.method == "POST" and "check" not in request.POST


def _form_of(request: HttpRequest, topic: Topic, claims: list[Node]) -> NewDraftForm:
    initial = ChoiceForm.told(Choices()) | {"title": topic.title}
    if request.method == "POST":
        return NewDraftForm(request.POST, claims=claims)
    if "order" in request.GET:
        return NewDraftForm(request.GET, claims=claims)
    return NewDraftForm(initial=initial, claims=claims)


def _begin(request: HttpRequest, topic: Topic, form: NewDraftForm) -> HttpResponse:
    choices = form.choices()
    draft = Draft.objects.begin(
        topic, by=person_of(request), title=form.cleaned_data["title"], text=text_of(request, topic, choices),
        key=form.cleaned_data["key"], choices=choices.as_json(), style=choices.style,
    )  # fmt: skip
    say_done(request, _("Your draft is here. Only you can see it."))
    return go(request, draft.get_absolute_url())


def text_of(request: HttpRequest, topic: Topic, choices: Choices) -> str:
    """What `choices` give as Markdown, joined in the language of the topic. Raises Refused."""
    material = material_for(topic, request.user, choices)
    with override(topic.language):
        return to_markdown(compose(material, choices))


def preview_of(request: HttpRequest, topic: Topic, form: ChoiceForm) -> dict[str, Any]:
    """What the choices in `form` would give, and the lines that can be ticked there."""
    choices = form.choices() if form.has_choices() else _initial(form)
    try:
        material = material_for(topic, request.user, choices, claims=form.nodes)
    except Refused as refused:
        return {"refusal": refused.message}
    with override(topic.language):
        text = to_markdown(compose(material, choices))
    lines = lines_of(material)
    return {
        "paper": page_of(text, below=2), "words": word_count(text), "left_out": left_out(material.claims),
        "lines": lines if len(lines) <= MOST_TICKED else [], "too_many": len(lines) > MOST_TICKED,
        "ticked": choices.ticked or {node.id for node in lines}, "may_tick": MOST_TICKED,
    }  # fmt: skip


def _initial(form: ChoiceForm) -> Choices:
    """The choices that a form was made with, or the usual ones."""
    told = {name: form.initial[name] for name in form.told(Choices()) if name in form.initial}
    claims, ticked = told.pop("claim", ()), told.pop("ticked", ())
    return Choices(claims=tuple(claims), ticked=tuple(ticked), **told)


def _own(request: HttpRequest, topic: Topic) -> dict[str, list[Draft]]:
    """The reader's own drafts here, and those that they discarded."""
    own = list(topic.drafts.filter(author=request.user.pk or 0).defer("text", "choices"))
    return {
        "drafts": [draft for draft in own if not draft.discarded],
        "discarded": [draft for draft in own if draft.discarded],
    }


# -- putting one away --------------------------------------------------------------------------------------------------


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard a draft; it can be brought back."""
    draft = draft_for(request.user, pk)
    draft.discard()
    sentence = render_to_string("debates/_draft_discarded.html", {"draft": draft}, request)
    messages.success(request, sentence)
    readable = draft.topic.standing.may(READ)
    return go(request, reverse("topic-drafts", args=[draft.topic.slug]) if readable else reverse("desk"))


@require_POST
def recovery(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a discarded draft back."""
    draft = draft_for(request.user, pk)
    draft.recover()
    say_done(request, _("The draft is back."))
    return go(request, draft.get_absolute_url())
