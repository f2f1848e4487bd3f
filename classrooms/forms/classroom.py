"""What is said about a class, about who joins it, and about who teaches it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms import SpokenForm
from classrooms.models.classroom import KEEP_MONTHS, MOST_KEEP_MONTHS, NAME_LENGTH
from classrooms.models.join_code import LASTS
from classrooms.models.pupil import NAME_LENGTH as PUPIL_LENGTH
from classrooms.models.roster import MOST_PUPILS
from debates.forms.fields import KeyedForm, LineField

if TYPE_CHECKING:
    from classrooms.models import Assignment, Classroom

NAME_NEEDED = _("Give the class a name, such as “Period 3” or “9b History”.")
# Whatever people call theirs, but for names that only machines use.
ZONES = [
    (zone, zone.replace("_", " "))
    for zone in sorted(available_timezones())
    if zone == "UTC" or ("/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/")))
]


def usual_zone(classroom: Classroom | None = None) -> str:
    """The time zone of the class that somebody made last, or of the site."""
    return classroom.time_zone if classroom else settings.TIME_ZONE


class BeginClassForm(SpokenForm, KeyedForm):
    """A new class. Its name is enough."""

    name = LineField(
        label=_("Name of the class"),
        help_text=_("Pupils see it when they join. For example: Period 3, or 9b History."),
        max_length=NAME_LENGTH,
        error_messages={"required": NAME_NEEDED},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Days and deadlines are meant in it."), choices=ZONES
    )


class ClassForm(SpokenForm, forms.Form):
    """The settings of a class."""

    name = LineField(label=_("Name of the class"), max_length=NAME_LENGTH, error_messages={"required": NAME_NEEDED})
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Days and deadlines are meant in it."), choices=ZONES
    )
    ends = forms.DateField(
        label=_("Last day"),
        help_text=_("When the course ends. From then on counts how long the names and grades are kept."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2027-06-30.")},
    )
    keep_months = forms.IntegerField(
        label=_("Months it is kept afterwards"),
        help_text=_("Then names, votes and grades are deleted by themselves; the arguments stay without a name."),
        min_value=0,
        max_value=MOST_KEEP_MONTHS,
        initial=KEEP_MONTHS,
    )
    seats = forms.IntegerField(
        label=_("Most pupils"),
        help_text=_("Nobody joins by the code once so many have. Empty: no limit but that of 1,000."),
        min_value=1,
        max_value=MOST_PUPILS,
        required=False,
    )
    # Classroom.version of the settings that the form was made from.
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    @classmethod
    def of(cls, classroom: Classroom) -> ClassForm:
        """The settings of `classroom`, to be changed."""
        return cls(initial=classroom.settings() | {"version": classroom.version})

    def against(self, stored: dict[str, Any]) -> list[tuple[str, str]]:
        """What another person has stored meanwhile where this form says something else: (label, value) each."""
        return [
            (str(self.fields[name].label), "" if value is None else str(value))
            for name, value in stored.items()
            if self.cleaned_data[name] != value
        ]


class CopyClassForm(SpokenForm, KeyedForm):
    """A class for another year."""

    name = LineField(label=_("Name of the new class"), max_length=NAME_LENGTH, error_messages={"required": NAME_NEEDED})

    def __init__(self, offered: list[Assignment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        if offered:
            self.fields["assignments"] = forms.MultipleChoiceField(
                label=_("Assignments to take along"),
                choices=[(str(each.pk), each.title) for each in offered],
                initial=[str(each.pk) for each in offered],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def chosen(self) -> list[Assignment]:
        """Those that were chosen, the oldest first."""
        chosen = set(self.cleaned_data.get("assignments", ()))
        return [each for each in reversed(self.offered) if str(each.pk) in chosen]


class ClassRemovalForm(SpokenForm, forms.Form):
    """The name, typed again: deleting a class cannot be taken back."""

    name = forms.CharField(
        label=_("Type the name of the class"),
        max_length=2 * NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the name of the class to delete it.")},
    )

    def __init__(self, classroom: Classroom, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classroom = classroom

    def clean_name(self) -> str:
        typed = str(self.cleaned_data["name"])
        if " ".join(typed.split()).casefold() != self.classroom.name.casefold():
            raise forms.ValidationError(_("This is not its name. Nothing has been deleted."))
        return typed


class TeacherForm(SpokenForm, forms.Form):
    username = forms.CharField(
        label=_("User name"),
        help_text=_("Of an account on this site. The person stands below at once, and can leave again."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


# -- joining ---------------------------------------------------------------------------------------------------------


class NewCodeForm(SpokenForm, forms.Form):
    """How long a new code works."""

    days = forms.TypedChoiceField(
        label=_("The new code works"),
        choices=[
            ("1", _("for a day")), ("14", _("for two weeks")), ("90", _("for three months")),
            ("", _("until you turn it off")),
        ],
        coerce=int,
        empty_value=None,
        initial=str(LASTS.days),
        required=False,
    )  # fmt: skip

    def lasts(self) -> timedelta | None:
        days = self.cleaned_data["days"]
        return timedelta(days=days) if days else None


class CodeForm(SpokenForm, forms.Form):
    """A join code as somebody types it: capitals, spaces and hyphens are all the same."""

    code = forms.CharField(
        label=_("Class code"),
        help_text=_("Eight letters and digits, such as KD7M-4RWQ."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-input"}
        ),
        error_messages={"required": _("Type the code that your teacher shows.")},
    )


class JoinForm(SpokenForm, KeyedForm):
    """Who joins: the name is for the teachers of the class alone."""

    name = LineField(
        label=_("Your name"),
        help_text=_("As your teacher knows you. Only your teachers see it; classmates see a colour and an animal."),
        max_length=PUPIL_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, so that your teacher knows who is here.")},
    )
