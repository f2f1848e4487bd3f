"""Tokens: making one, seeing it once, and taking it out of use."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import TokenForm
from accounts.models import ApiToken
from accounts.people import PersonRequest

PAGE = "accounts/tokens.html"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tokens(request: PersonRequest) -> HttpResponse:
    """The list; a new token is shown on the page that answers its making, and never again. Guests have none."""
    user = request.user
    if user.is_guest:
        return redirect("upgrade")
    form = TokenForm(user, request.POST if request.method == "POST" else None)
    context = {"form": form, "tokens": user.api_tokens.order_by("-pk")}
    if not form.is_valid():
        return render(request, PAGE, context, status=422 if form.errors else 200)
    data = form.cleaned_data
    made, secret = ApiToken.issue(user, data["name"], scopes=set(data["scopes"]), expires=form.expires())
    return render(request, PAGE, context | {"form": TokenForm(user), "made": made, "secret": secret})


@require_POST
@login_required
def token_revocation(request: PersonRequest, pk: int) -> HttpResponse:
    """The token works no more."""
    token = get_object_or_404(request.user.api_tokens, pk=pk)
    token.delete()
    messages.success(request, _("The token “%(name)s” works no more.") % {"name": token.name})
    return redirect("tokens")
