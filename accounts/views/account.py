"""My account: what it is called, where it is open, how it ends."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import personal_data
from accounts.forms import DeleteForm, ProfileForm
from accounts.models import User
from accounts.people import PersonRequest


@require_safe
@login_required
def account_home(request: PersonRequest) -> HttpResponse:
    sessions = request.user.sessions.filter(expire_date__gt=timezone.now())
    others = sessions.exclude(pk=request.session.session_key).count()
    return render(request, "accounts/home.html", {"other_sessions": others})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: PersonRequest) -> HttpResponse:
    """Change the name shown and the e-mail. A guest has neither, and is shown the way to an account."""
    user = request.user
    if user.is_guest:
        return redirect("upgrade")
    form = ProfileForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        user.rename(form.cleaned_data["display_name"])
        change_email(user, form.cleaned_data["email"])
        messages.success(request, _("Saved."))
        return redirect("account-home")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


def change_email(user: User, email: str) -> None:
    """Tell the old address, so that nobody is moved away in silence."""
    old = user.email
    if email == old:
        return
    user.change_email(email)
    if old:
        letter = {"from_email": old, "to_email": email}
        get_adapter().send_notification_mail("account/email/email_changed", user, letter, email=old)


@require_POST
@login_required
def sessions_end(request: PersonRequest) -> HttpResponse:
    """Sign out on every other device."""
    request.user.end_sessions(keep=request.session.session_key)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account-home")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account_delete(request: PersonRequest) -> HttpResponse:
    """Say what goes and what stays; then, with proof, let it go."""
    form = DeleteForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        personal_data.erase(request.user)
        end_session(request)
        messages.success(request, _("Your account and your data are deleted."))
        return redirect("topic-list")
    return render(request, "accounts/delete.html", {"form": form}, status=422 if form.errors else 200)
