"""A passage that lost its place in an edited text, put where it belongs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.people import person_of
from debates.essays.guessing import Guess, guesses
from debates.forms.essay import PlaceForm
from debates.models import Passage, Refused, Statement
from debates.permissions import CHANGE, statement_for
from debates.views.done import say_done
from debates.views.fragments import refuse, see_other, status_of

NOT_THERE = _("These words are not in the text as it is now. Copy them from it exactly.")


@require_http_methods(["GET", "HEAD", "POST"])
def passage_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a passage stands: GET shows what it said and the places that resemble it, POST puts it at its words."""
    passage = get_object_or_404(Passage.objects.select_related("essay"), pk=pk)
    statement = statement_for(request.user, passage.statement_id, may=CHANGE)
    form = PlaceForm(request.POST) if request.method == "POST" else PlaceForm()
    if not form.is_bound or not form.is_valid():
        return _page(request, statement, passage, form)
    place = form.place_in(passage.essay)
    if place is None:
        form.add_error("passage", NOT_THERE)
        return _page(request, statement, passage, form)
    try:
        passage.statement = statement
        passage.place(*place, by=person_of(request))
    except Refused as refused:
        refuse(form, refused)
        return _page(request, statement, passage, form)
    say_done(request, _("The passage has its place again."), statement.topic, draft=f"place-{passage.pk}")
    return see_other(f"{passage.essay.get_absolute_url()}#p-{statement.pk}")


def _page(request: HttpRequest, statement: Statement, passage: Passage, form: PlaceForm) -> HttpResponse:
    topic, essay = statement.topic, passage.essay
    found: list[Guess] = []
    if passage.lost:
        around = (passage.prefix, passage.suffix)
        found = guesses(essay.text, passage.quote, language=topic.language, around=around)
    context = {
        "topic": topic, "statement": statement, "passage": passage, "essay": essay, "form": form, "guesses": found,
    }  # fmt: skip
    return render(request, "debates/passage_place.html", context, status=status_of(form))
