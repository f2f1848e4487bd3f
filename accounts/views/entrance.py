"""Coming in and going out: allauth's views under our rules, and the doors for guests."""

from typing import Any, cast

from allauth.account import views as allauth
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import PhraseForm, SignUpForm
from accounts.models import NAME_TAKEN, User
from accounts.people import PersonRequest, has_account
from accounts.redirects import next_url


class Unprocessable:
    """A form that cannot be taken is answered with 422, as everywhere on this site."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response


class Login(Unprocessable, allauth.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"phrase_form": PhraseForm()}


class Signup(Unprocessable, allauth.SignupView):
    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
            messages.success(self.request, _("Welcome. Your account is ready."))
            return response
        except IntegrityError:  # somebody took the name between the check and the writing
            form.add_error("username", NAME_TAKEN)
            return self.form_invalid(form)


class PasswordChange(Unprocessable, allauth.PasswordChangeView):
    pass


class PasswordReset(Unprocessable, allauth.PasswordResetView):
    pass


class PasswordResetFromKey(Unprocessable, allauth.PasswordResetFromKeyView):
    pass


def login(request: HttpRequest) -> HttpResponse:
    """Sign in. A guest may, too: as a guest they have no name to sign out of."""
    if has_account(request):
        return redirect(next_url(request))
    return Login.as_view()(request)


def signup(request: HttpRequest) -> HttpResponse:
    if has_account(request):
        return redirect(next_url(request))
    if request.user.is_authenticated:
        return upgrade(cast(PersonRequest, request))
    return Signup.as_view()(request)


def logout(request: HttpRequest) -> HttpResponse:
    """Sign out; but a guest without six words could never come back, and is asked first."""
    user = request.user
    at_risk = user.is_authenticated and user.is_guest and not user.phrase_hash
    if at_risk and "sure" not in request.POST:
        return render(request, "account/logout.html", {"at_risk": True})
    return allauth.LogoutView.as_view()(request)


@require_POST
def guest(request: HttpRequest) -> HttpResponse:
    """Go on without saying who one is."""
    if not request.user.is_authenticated:
        if (too_many := ratelimit.consume_or_429(request, action="guest")) is not None:
            return too_many
        start_session(request, User.objects.create_guest())
    return redirect(next_url(request))


@sensitive_post_parameters("password1")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upgrade(request: PersonRequest) -> HttpResponse:
    """A guest takes a user name and a password, and keeps everything."""
    if has_account(request):
        return redirect("account-home")
    form = SignUpForm(request.POST or None)
    if form.is_valid() and made_account(request, form):
        messages.success(request, _("Your account is ready, and all you wrote as a guest is in it."))
        return redirect(next_url(request, otherwise="account-home"))
    context = {"form": form, "next": next_url(request, otherwise="account-home")}
    return render(request, "accounts/upgrade.html", context, status=422 if form.is_bound else 200)


def made_account(request: PersonRequest, form: SignUpForm) -> bool:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            request.user.upgrade(username=data["username"], password=data["password1"], email=data["email"])
    except IntegrityError:  # somebody took the name between the check and the writing
        form.add_error("username", NAME_TAKEN)
        return False
    update_session_auth_hash(request, request.user)
    return True
