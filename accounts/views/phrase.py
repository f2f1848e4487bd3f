"""Six words: making them, and coming back with them."""

from allauth.core import ratelimit
from django.contrib.auth import login as start_session
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.forms import PersonForm, PhraseForm
from accounts.models import User
from accounts.people import PersonRequest, has_account
from accounts.redirects import next_url


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def return_phrase(request: PersonRequest) -> HttpResponse:
    """Say what the words are for; make them on request, and show them this once."""
    form = PersonForm(request.user, request.POST if request.method == "POST" else None)
    context = {"form": form, "next": next_url(request, otherwise="account-home")}
    if form.is_valid():
        context["words"] = request.user.new_return_phrase().split()
    return render(request, "accounts/return_phrase.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("phrase")
@require_http_methods(["GET", "HEAD", "POST"])
def phrase_login(request: HttpRequest) -> HttpResponse:
    """Come back with six words. Wrong ones are counted, right ones never: a school is one address."""
    if has_account(request):
        return redirect(next_url(request))
    form = PhraseForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        user = User.objects.by_return_phrase(form.cleaned_data["phrase"])
        if user is not None:
            start_session(request, user)
            return redirect(next_url(request))
        status = refuse(request, form)
    context = {"form": form, "next": next_url(request)}
    return render(request, "accounts/phrase_login.html", context, status=status)


def refuse(request: HttpRequest, form: PhraseForm) -> int:
    """Say no in the form; the status says whether it was once too often."""
    if ratelimit.consume(request, action="phrase_failed"):
        form.add_error("phrase", _("Nobody has these six words. Look at your card once more."))
        return 422
    form.add_error("phrase", _("Too many wrong tries from here. Wait a few minutes; the right words still work."))
    return 429
