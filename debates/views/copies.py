"""A topic as a template for a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.people import has_account, person_of
from debates.forms.topic import CopyForm
from debates.models import Refused
from debates.permissions import topic_for
from debates.views.account_needed import account_needed
from debates.views.fragments import answer, go, refuse, status_of
from debates.views.once import once

PAGE, FORM = "debates/topic_copy.html", "debates/_copy_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
def topic_copies(request: HttpRequest, slug: str) -> HttpResponse:
    """Copies of a topic: GET asks what goes into one, POST makes it."""
    topic = topic_for(request.user, slug)
    if not has_account(request):
        return account_needed(request, _("Copying a topic needs an account: the copy is yours to look after."))
    form = CopyForm(request.POST) if request.method == "POST" else CopyForm(initial={"title": topic.title})
    if form.is_bound and form.is_valid():
        title, whole = form.cleaned_data["title"], form.cleaned_data["extent"] == "everything"
        try:
            address = once(
                request,
                lambda: topic.copy(by=person_of(request), title=title, with_arguments=whole).get_absolute_url(),
            )
            messages.success(request, _("This is your copy. Only you can see it until you share it."))
            return go(request, address)
        except Refused as refused:
            refuse(form, refused)
    context = {"topic": topic, "form": form, "view": "copies"}
    return answer(request, PAGE, FORM, context, status=status_of(form))
