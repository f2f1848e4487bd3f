"""What allauth asks its host site to decide."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import GUEST_PREFIX, NAME_TAKEN, User
from accounts.redirects import is_own_address

WRONG_PAIR = _("This name and this password do not belong together.")


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG_PAIR,
        "email_password_mismatch": WRONG_PAIR,
        "username_taken": NAME_TAKEN,
        "enter_current_password": _("This is not your password."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, then try again."),
    }

    def is_ajax(self, request: HttpRequest) -> bool:
        return False  # pages answer with pages, whatever the headers say

    def is_safe_url(self, url: str) -> bool:
        return is_own_address(context.request, url)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        name = User.normalize_username(username)
        if name.lower().startswith(GUEST_PREFIX):
            raise ValidationError(_("Names that begin with “guest-” are given to guests. Choose another one."))
        return super().clean_username(name, shallow)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account-home")
