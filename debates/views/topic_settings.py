"""What the owner of a topic decides: its texts and settings, whether it is open, and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from debates.forms.topic import RemovalForm, SettingsForm
from debates.models import Conflict, Refused, Topic
from debates.models.settled import version_of
from debates.permissions import MANAGE, topic_for
from debates.views.done import say_done
from debates.views.fragments import answer, answer_or_redirect, go, refusals_as_pages, refuse, status_of, unprocessable

PAGE, FORM = "debates/topic_settings.html", "debates/_settings_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
def topic_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Texts and settings."""
    topic = topic_for(request.user, slug, may=MANAGE)
    if request.method != "POST":
        return answer(request, PAGE, FORM, _context(request, slug, topic=topic))
    form = SettingsForm(request.POST)
    more: dict[str, Any] = {"version": request.POST.get("version", "")}
    if form.is_valid():
        try:
            topic.revise(by=person_of(request), **form.cleaned_data)
            say_done(request, _("Saved."), draft=f"settings-{topic.pk}")
            return go(request, _settings_of(topic))
        except Conflict as conflict:
            refuse(form, conflict)
            more = {"version": version_of(conflict.current), "theirs": form.against(conflict.current)}
        except Refused as refused:
            refuse(form, refused)
    context = _context(request, slug, form=form, **more)
    return answer(request, PAGE, FORM, context, status=status_of(form))


@require_POST
@refusals_as_pages
def topic_closure(request: HttpRequest, slug: str) -> HttpResponse:
    """Take no contributions any more."""
    topic = topic_for(request.user, slug, may=MANAGE)
    topic.close(by=person_of(request))
    messages.success(request, _("Closed. Everyone who could read it still can."))
    return answer_or_redirect(request, "debates/_closure.html", {"topic": topic, "oob": True}, to=_settings_of(topic))


@require_POST
@refusals_as_pages
def topic_reopening(request: HttpRequest, slug: str) -> HttpResponse:
    """Take contributions again."""
    topic = topic_for(request.user, slug, may=MANAGE)
    topic.reopen(by=person_of(request))
    messages.success(request, _("Open again."))
    return answer_or_redirect(request, "debates/_closure.html", {"topic": topic, "oob": True}, to=_settings_of(topic))


@require_POST
def topic_removal(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete the topic with all that is in it, once its title is typed."""
    topic = topic_for(request.user, slug, may=MANAGE)
    form = RemovalForm(topic, request.POST)
    if not form.is_valid():
        context = _context(request, slug, topic=topic, removal=form)
        return unprocessable(request, PAGE, "debates/_removal.html", context)
    topic.delete()
    messages.success(request, _("The topic is deleted."))
    return go(request, reverse("topic-list"))


def _settings_of(topic: Topic) -> str:
    return reverse("topic-edit", args=[topic.slug])


def _context(request: HttpRequest, slug: str, *, topic: Topic | None = None, **forms: Any) -> dict[str, Any]:
    """The page's forms. A refused edit may have altered the topic in memory: the page then shows the stored one."""
    shown = topic or topic_for(request.user, slug)
    usual = {"form": SettingsForm.of(shown), "removal": RemovalForm(shown), "version": shown.settings_version}
    return {"topic": shown, "view": "settings"} | usual | forms
