"""What people may say about themselves, and how they prove who they are."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import clean_name, refuse_likeness
from accounts.phrases import WORDS, read_phrase, unknown_words

NEEDED = _("This cannot stay empty.")
TOO_LONG = _("At most %(limit_value)d characters, please; this has %(show_value)d.")
PASSWORD_HINT = _("At least 8 characters. Three or four words make a good one.")
EMAIL_HINT = _("Optional. Only needed to reset a forgotten password.")


class SpokenForm(forms.BaseForm):
    """A form in the site's own words, which puts the cursor where the first mistake is."""

    def full_clean(self) -> None:
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = NEEDED
            field.error_messages.setdefault("max_length", TOO_LONG)
        super().full_clean()
        for name, field in self.fields.items():
            if name in self.errors:
                field.widget.attrs["autofocus"] = True
                return

    def say(self, name: str, label: Any, hint: Any = "", **attrs: str | bool) -> None:
        field = self.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs.update(attrs)


class SignInForm(SpokenForm, allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say("login", _("User name or e-mail"), autocomplete="username", autocapitalize="none", spellcheck="false")
        self.say("password", _("Password"))
        self.say("remember", _("Stay signed in on this device"))

    def clean(self) -> dict[str, Any] | None:
        try:
            return super().clean()
        except ValidationError as wrong:
            self.add_error("password", wrong)
            return self.cleaned_data


class SignUpForm(SpokenForm, allauth.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Others see it in topics that show names. It need not be your real name.")
        self.say("username", _("User name"), hint, autocapitalize="none", spellcheck="false")
        self.say("email", _("E-mail"), EMAIL_HINT)
        self.say("password1", _("Password"), PASSWORD_HINT)


class ChangePasswordForm(SpokenForm, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.say("oldpassword", _("Your password now"))
        self.say("password1", _("New password"), PASSWORD_HINT)


class ResetPasswordForm(SpokenForm, allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say("email", _("E-mail"))


class NewPasswordForm(SpokenForm, allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.say("password1", _("New password"), PASSWORD_HINT)


class PhraseForm(SpokenForm, forms.Form):
    phrase = forms.CharField(
        label=_("Your six words"),
        help_text=_("In their order. The first four letters of each are enough."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_phrase(self) -> str:
        """The words as typed. A word that is not in the list is a slip, and no guess: the list is public."""
        typed: str = self.cleaned_data["phrase"]
        if read_phrase(typed) is None:
            for strange in unknown_words(typed):
                raise ValidationError(
                    _("“%(word)s” is not one of our words. Look once more."), params={"word": strange}
                )
            raise ValidationError(_("A return phrase has %(count)d words."), params={"count": WORDS})
        return typed


class PersonForm(SpokenForm, forms.Form):
    """A form about `user`, who proves with their password that they sit at the screen themselves."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if self.proof_needed() and not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password

    def proof_needed(self) -> bool:
        return True


class ProfileForm(PersonForm):
    display_name = forms.CharField(
        label=_("Name shown to others"),
        help_text=_("In topics that show names. Empty: your user name."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=EMAIL_HINT,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("display_name", "email", "password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, initial={"display_name": user.display_name, "email": user.email}, **kwargs)
        if "password" in self.fields:
            self.fields["password"].required = False
            self.fields["password"].help_text = _("Only needed to change the e-mail.")

    def clean_display_name(self) -> str:
        name = clean_name(self.cleaned_data["display_name"])
        if name and name != self.user.display_name:
            refuse_likeness(name, of=self.user)
        return name

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def proof_needed(self) -> bool:
        return self.cleaned_data.get("email", self.user.email) != self.user.email


class DeleteForm(PersonForm):
    """Proof by password, or by a typed word from a person who has none."""

    word = forms.CharField(
        label=_("Type the word DELETE"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if "password" in self.fields:
            del self.fields["word"]

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        if word.strip().upper() != "DELETE":
            raise ValidationError(_("Type the word DELETE to go on, or leave this page."))
        return word


class TokenForm(PersonForm):
    """A new token: what it is for, what it may do, and for how long."""

    MOST = 50

    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("For you alone, to tell it from others: “Notebook of period 3”."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=[
            ("read", _("read what you can read")),
            ("write", _("write, vote and change what you can change")),
            ("export", _("export whole topics")),
        ],
        initial=["read"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that it may do.")},
    )
    days = forms.TypedChoiceField(
        label=_("It works"),
        choices=[("30", _("for a month")), ("365", _("for a year")), ("", _("until you revoke it"))],
        coerce=int,
        empty_value=None,
        initial="365",
        required=False,
    )
    field_order = ("name", "scopes", "days", "password")

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any] | None:
        if self.user.api_tokens.count() >= self.MOST:
            raise ValidationError(_("You have %(count)d tokens. Revoke one first."), params={"count": self.MOST})
        return super().clean()

    def expires(self) -> datetime | None:
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) if days else None
