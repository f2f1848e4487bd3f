"""What a reader chose for this device, kept in cookies: page colours, and keys that act."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.redirects import next_url

YEAR = 365 * 24 * 60 * 60


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    return keep_choice(request, "theme", usual="system", others=("light", "dark"))


@require_POST
def shortcuts(request: HttpRequest) -> HttpResponse:
    return keep_choice(request, "keys", usual="on", others=("off",))


def keep_choice(request: HttpRequest, name: str, *, usual: str, others: tuple[str, ...]) -> HttpResponse:
    """Remember the posted choice and go back; the usual one needs no cookie."""
    value = request.POST.get(name)
    if value not in (usual, *others):
        return HttpResponse(status=422)
    response = redirect(next_url(request))
    if value == usual:
        response.delete_cookie(name, samesite="Lax")
    else:
        response.set_cookie(
            name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    return response
