"""The shape of what is chosen of a map to be written from, and of the draft itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.forms import SpokenForm
from debates.drafting.choices import MOST_ARGUMENTS, Choices, Joining, Lines, Order
from debates.forms.fields import KeyedForm, LineField
from debates.models.draft import DRAFT_LENGTH, CitationStyle
from debates.models.kinds import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.tree import Node

TITLE_LENGTH = 200
# Where a level is one answer and its reply, more of them are told apart by nobody.
LEVELS_OFFERED = 6
DEPTHS = [
    *((str(n), ngettext_lazy("%(n)s level", "%(n)s levels", n) % {"n": n}) for n in range(1, LEVELS_OFFERED + 1)),
    (str(MAX_DEPTH), _("All levels")),
]


class ChoiceForm(SpokenForm, forms.Form):
    """What to write from a map. A claim or a line that is not there any more is left out without a word."""

    claim = forms.TypedMultipleChoiceField(label=_("Claims"), coerce=int, required=False)
    order = forms.ChoiceField(label=_("Order"), choices=Order, widget=forms.RadioSelect)
    lines = forms.ChoiceField(label=_("Which lines"), choices=Lines, widget=forms.RadioSelect)
    ticked = forms.TypedMultipleChoiceField(coerce=int, required=False)
    depth = forms.TypedChoiceField(label=_("How deep below the claim"), choices=DEPTHS, coerce=int)
    joining = forms.ChoiceField(label=_("How they are joined"), choices=Joining, widget=forms.RadioSelect)
    quotations = forms.BooleanField(label=_("Passages of the essays as quotations"), required=False)
    references = forms.BooleanField(label=_("A reference list at the end"), required=False)
    style = forms.ChoiceField(label=_("Style of citations"), choices=CitationStyle)

    def __init__(self, *args: Any, claims: Sequence[Node] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nodes, self.claims = claims, [claim for claim in claims if not claim.gone]
        self.fields["claim"] = _Known(
            label=_("Claims"), coerce=int, required=False, choices=[(claim.pk, claim.text) for claim in self.claims],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields["ticked"] = _Ids(coerce=int, required=False)

    def has_choices(self) -> bool:
        """Whether choices were sent, whatever else is wrong."""
        return self.is_bound and not self.errors.keys() & set(_PLAIN)

    def choices(self) -> Choices:
        """What was chosen. All claims are chosen as none."""
        chosen = dict(self.cleaned_data)
        claims = tuple(chosen["claim"])
        return Choices(
            claims=() if len(claims) == len(self.claims) else claims,
            ticked=tuple(chosen["ticked"]) if chosen["lines"] == Lines.TICKED else (),
            **{name: chosen[name] for name in _PLAIN},
        )

    @staticmethod
    def told(choices: Choices) -> dict[str, Any]:
        """`choices` as the initial state of the form."""
        told = {name: getattr(choices, name) for name in _PLAIN}
        return told | {"claim": list(choices.claims), "ticked": list(choices.ticked)}


_PLAIN = ("order", "lines", "depth", "joining", "quotations", "references", "style")


class _Known(forms.TypedMultipleChoiceField):
    """Of what is sent, that which is among the choices."""

    def clean(self, value: Any) -> Any:
        return super().clean([each for each in value or () if self.valid_value(each)])


class _Ids(forms.TypedMultipleChoiceField):
    """Ids of any lines: those that are not in the map choose nothing."""

    def clean(self, value: Any) -> Any:
        known = [each for each in value or () if each.isascii() and each.isdigit() and 0 < len(each) < 19]
        return super().clean(known[:MOST_ARGUMENTS])

    def valid_value(self, value: Any) -> bool:
        return int(value) > 0


class NewDraftForm(ChoiceForm, KeyedForm):
    """A draft that is begun with what was chosen."""

    title = LineField(
        label=_("Title"), max_length=TITLE_LENGTH, error_messages={"required": _("Give the draft a title.")}
    )


class DraftForm(SpokenForm, forms.Form):
    """The text as it is written."""

    title = LineField(
        label=_("Title"), max_length=TITLE_LENGTH, error_messages={"required": _("Give the draft a title.")}
    )
    text = forms.CharField(
        label=_("Your text"), required=False, max_length=DRAFT_LENGTH, strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        error_messages={"max_length": _("This draft is too long: at most 200,000 characters.")},
    )  # fmt: skip
    style = forms.ChoiceField(label=_("Style of citations"), choices=CitationStyle, required=False)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    # The version that the person has seen and writes over, after somebody or another window was faster.
    over = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def read(self) -> int:
        """The version of the text that was read before this one was sent."""
        data = self.cleaned_data
        return int(data["over"] or data["version"])


class AgainForm(ChoiceForm):
    """The map put together once more, for a draft that there is: behind its text, or in its place."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)
