"""What every address of the API does before and after its own work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import ApiToken, User
from debates.api import cors, limits
from debates.api.encoding import JSONRenderer
from debates.api.problems import account_needed

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise
    from rest_framework.request import Request
    from rest_framework.serializers import BaseSerializer


class Endpoint(APIView):
    """One address. `scope` is what a token needs here; empty: read for reading, write for the rest."""

    scope = ""
    group = ""  # where it stands in the reference

    def perform_authentication(self, request: Request) -> None:
        """As the framework's; what is tried with wrong tokens counts as well."""
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            self.window = limits.count_stranger(request)
            raise

    def check_permissions(self, request: Request) -> None:
        """A token may do what its scopes say, and then what its person may: see debates/permissions.py."""
        self.check_throttles(request)  # before anything is refused, so that refusals count
        if not isinstance(request.auth, ApiToken):
            return
        scope = self.scope or ("read" if request.method in limits.SAFE else "write")
        if not request.auth.may(scope):
            raise PermissionDenied(_("This token has not the scope “%(scope)s”.") % {"scope": scope})

    def check_throttles(self, request: Request) -> None:
        if request.method != "OPTIONS" and not hasattr(self, "window"):
            self.window = limits.count(request)

    def handle_exception(self, exc: Exception) -> Response:
        # Problems are JSON, whatever the answer would have been.
        self.request.accepted_renderer, self.request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
        return super().handle_exception(exc)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Response:
        answered = super().finalize_response(request, response, *args, **kwargs)
        window = getattr(self, "window", None)
        if window is not None:
            for name, value in window.headers.items():
                answered.headers.setdefault(name, value)
        answered.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(answered, ["Authorization", "Cookie", "Accept"])
        cors.allow_origin(_plain(request), answered, ", ".join(self.allowed_methods))
        return answered

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        """Which methods there are: what a browser asks before a script of another origin may."""
        return Response(status=204)

    # -- for the views -------------------------------------------------------------------------------

    def read[Serializer: BaseSerializer[Any]](self, serializer: type[Serializer], **options: Any) -> dict[str, Any]:
        """The body, as `serializer` takes it. Raises what the handler makes a problem of."""
        bound = serializer(data=self.request.data, **options)
        bound.is_valid(raise_exception=True)
        return dict(bound.validated_data)

    def person(self) -> User:
        """Who is asking; a visitor is asked to say it."""
        user = self.request.user
        if not isinstance(user, User):
            raise NotAuthenticated(_("Say who you are: send a token, or sign in with your browser."))
        return user

    def account(self, sentence: StrOrPromise) -> User:
        """As person(), for what guests cannot do; `sentence` says what an account is for."""
        user = self.person()
        if user.is_guest:
            raise account_needed(sentence)
        return user


def _plain(request: Any) -> HttpRequest:
    found: HttpRequest = getattr(request, "_request", request)
    return found


def created(data: Any, location: str, **headers: str) -> Response:
    """201, and where it is."""
    return Response(data, 201, headers={"Location": location, **headers})


def done() -> Response:
    return Response(status=204)
