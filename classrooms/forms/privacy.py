"""How long a class keeps its people, one pupil’s erasure, whose words these are, and a choice of looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import SpokenForm
from accounts.models import User
from classrooms.models import LookKind
from classrooms.models.classroom import MOST_KEEP_MONTHS
from classrooms.models.look import REASON_LENGTH
from debates.forms.fields import LineField

if TYPE_CHECKING:
    from classrooms.models import Classroom


class KeepForm(SpokenForm, forms.Form):
    months = forms.IntegerField(
        label=_("Months it is kept after its last day"), min_value=0, max_value=MOST_KEEP_MONTHS
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    @classmethod
    def of(cls, classroom: Classroom) -> KeepForm:
        return cls(initial={"months": classroom.keep_months, "version": classroom.version})


class ErasureForm(SpokenForm, forms.Form):
    sure = forms.BooleanField(
        label=_("Delete it for good. I have read what goes."),
        error_messages={"required": _("Tick the box if you have read what goes. It cannot be undone.")},
    )


class WhoForm(SpokenForm, forms.Form):
    reason = LineField(
        label=_("Why do you ask?"),
        help_text=_("Not needed. The pupil reads it on their privacy page, beside your name."),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LooksForm(forms.Form):
    """Which looks to show; what makes no sense is as if it were not asked."""

    kind = forms.ChoiceField(label=_("What"), choices=[("", _("Everything")), *LookKind.choices], required=False)
    teacher = forms.TypedChoiceField(label=_("Teacher"), coerce=int, empty_value=None, required=False)
    pupil = forms.TypedChoiceField(label=_("Pupil"), coerce=int, empty_value=None, required=False)

    def __init__(self, classroom: Classroom, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        looked = classroom.looks.order_by().values("teacher")
        teachers = User.objects.filter(pk__in=looked).order_by("username")
        pupils = classroom.pupils.order_by("name", "pk")
        self._offer("teacher", _("Every teacher"), [(user.pk, user.shown_name) for user in teachers])
        self._offer("pupil", _("Everyone"), [(pupil.pk, str(pupil)) for pupil in pupils])

    def _offer(self, name: str, everyone: Any, choices: list[tuple[int, str]]) -> None:
        self.fields[name].choices = [("", everyone), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The columns of Look to filter by."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
