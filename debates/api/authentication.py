"""Who is asking: the owner of a token, or whoever is signed in with a browser. The rest is a visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import ApiToken

if TYPE_CHECKING:
    from rest_framework.request import Request

    from accounts.models import User

CHALLENGE = 'Bearer realm="counterpoint"'


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer cp_…` (RFC 6750). What is no good token is refused: it never reads as a visitor."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _space, secret = header.partition(" ")
        token = ApiToken.of(secret.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            raise AuthenticationFailed(
                _("This token is wrong, expired or revoked. Make another one on your account page.")
            )
        token.note_use()
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class BrowserAuthentication(SessionAuthentication):
    """The session of the site's own pages. What alters something must carry the CSRF token."""
