"""Requests whose person is known, for views behind `login_required`."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


class PersonRequest(HttpRequest):
    user: User


def has_account(request: HttpRequest) -> bool:
    """Whether somebody with a name and a password is signed in; a guest is not."""
    return request.user.is_authenticated and not request.user.is_guest


def person_of(request: HttpRequest) -> User:
    """Who is signed in, for views whose permission no visitor can have. Raises PermissionDenied all the same."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
