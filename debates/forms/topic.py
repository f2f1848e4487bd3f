"""The shape of what is said about a topic, shared by the pages and the API."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import SpokenForm
from debates.forms.fields import KeyedForm, LineField, LinesField
from debates.models import NamesShown, Role, Topic, Visibility, VotesShown
from debates.models.kinds import TEXT_LENGTH
from debates.models.topic import BACKGROUND_LENGTH, QUESTION_LENGTH, TITLE_LENGTH
from debates.starting.beginning import Beginning

if TYPE_CHECKING:
    from collections.abc import Iterable

# A title that is made from a question is cut behind the last word within this length.
DERIVED_TITLE_LENGTH = 60
LANGUAGES = sorted(
    ((code, info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info),
    key=lambda language: language[1].casefold(),
)


def title_from(question: str) -> str:
    """A short title for a topic of which only the question is known."""
    title = question.rstrip("?？؟ ") or question
    if len(title) <= DERIVED_TITLE_LENGTH:
        return title
    return title[:DERIVED_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:.–- ") + "…"


class NewTopicForm(SpokenForm, KeyedForm):
    """What every form asks that begins a topic."""

    background = LinesField(
        label=_("Background"),
        help_text=_("What a reader should know first. Markdown: *emphasis*, **strong**, lists, links."),
        max_length=BACKGROUND_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    visibility = forms.ChoiceField(
        label=_("Who can read it"),
        choices=Visibility,
        initial=Visibility.PRIVATE,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_visibility(self) -> str:
        return self.cleaned_data["visibility"] or Visibility.PRIVATE

    def begun_with(self, *, claims: Iterable[str] = (), text: dict[str, str] | None = None) -> Beginning:
        """The topic as it was typed, with `claims` and a `text`, once the form is valid."""
        names = ("title", "question", "background", "visibility")
        fields = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Beginning(fields, tuple(claims), text or {})


class BeginForm(NewTopicForm):
    """A new topic. The question is enough; everything else can wait or be changed."""

    question = LineField(
        label=_("Your question"),
        help_text=_("For example: Should school start at nine? Who owns the street? Is a translation a new book?"),
        max_length=QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("A topic begins with a question. Write it here.")},
    )
    title = LineField(
        label=_("Short title"),
        help_text=_("Stands in lists and in the address. Left empty, it is taken from the question."),
        max_length=TITLE_LENGTH,
        required=False,
    )
    claim = LineField(
        label=_("First claim"),
        help_text=_("One position on the question, in one sentence. It can wait."),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("question", "title", "claim", "background", "visibility")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("title") and data.get("question"):
            data["title"] = title_from(data["question"])
        return data

    def beginning(self) -> Beginning:
        claim = self.cleaned_data["claim"]
        return self.begun_with(claims=[claim] if claim else [])


class SettingsForm(SpokenForm, forms.Form):
    """A topic's texts, and what its owner decides about it."""

    title = LineField(
        label=_("Title"), max_length=TITLE_LENGTH, error_messages={"required": _("A topic needs a title.")}
    )
    question = LineField(
        label=_("Question"), max_length=QUESTION_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    background = LinesField(
        label=_("Background"),
        help_text=_("What a reader should know first. Markdown: *emphasis*, **strong**, lists, links."),
        max_length=BACKGROUND_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("In which people write here: screen readers and hyphenation follow it."),
        choices=LANGUAGES,
    )
    visibility = forms.ChoiceField(label=_("Who can read it"), choices=Visibility, widget=forms.RadioSelect)
    visitor_role = forms.ChoiceField(
        label=_("What readers may do who are not members"),
        help_text=_("In a topic that is not private. Members have the role that you or a link gave them."),
        choices=Role.for_visitors(),
        widget=forms.RadioSelect,
    )
    guests_vote = forms.BooleanField(
        label=_("Guests vote too"),
        help_text=_("A guest is anyone without an account. One person can be several guests."),
        required=False,
    )
    votes_shown = forms.ChoiceField(
        label=_("When the totals of votes show"),
        help_text=_("A reader who has not seen the totals votes for themselves."),
        choices=VotesShown,
        widget=forms.RadioSelect,
    )
    names_shown = forms.ChoiceField(
        label=_("How people are named"),
        help_text=_(
            "Guests go by a pseudonym in every topic. Once anybody else has written or joined under a pseudonym, "
            "names cannot be shown here any more."
        ),
        choices=NamesShown,
        widget=forms.RadioSelect,
    )
    # Topic.settings_version of the settings that the form was made from.
    version = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, topic: Topic) -> SettingsForm:
        """The settings of `topic`, to be changed."""
        return cls(initial=topic.settings() | {"version": topic.settings_version})

    def against(self, stored: dict[str, Any]) -> list[tuple[str, str]]:
        """What another person has stored meanwhile where this form says something else: (label, value) each."""
        return [
            (str(self.fields[name].label), self._shown(name, value))
            for name, value in stored.items()
            if self.cleaned_data[name] != value
        ]

    def _shown(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value))


class RemovalForm(SpokenForm, forms.Form):
    """The title, typed again: deleting a topic is the one thing here that cannot be taken back."""

    title = forms.CharField(
        label=_("Type the title of the topic"),
        max_length=2 * TITLE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the title of the topic to delete it.")},
    )

    def __init__(self, topic: Topic, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "removal_%s"} | kwargs)
        self.topic = topic

    def clean_title(self) -> str:
        typed = str(self.cleaned_data["title"])
        if " ".join(typed.split()).casefold() != self.topic.title.casefold():
            raise forms.ValidationError(_("This is not its title. Nothing has been deleted."))
        return typed


class CopyForm(SpokenForm, KeyedForm):
    """What goes into a copy."""

    title = LineField(
        label=_("Title of the copy"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("A topic needs a title.")},
    )
    extent = forms.ChoiceField(
        label=_("What to copy"),
        choices=[
            ("claims", _("The question, background, essay and claims: others write the arguments")),
            ("everything", _("All of that, and every argument with its sources and passages")),
        ],
        initial="everything",
        widget=forms.RadioSelect,
    )


class ShareForm(SpokenForm, KeyedForm):
    """A link that makes people members: as what, and for how long."""

    role = forms.ChoiceField(
        label=_("Whoever follows the link becomes"),
        choices=Role.for_sharing(),
        initial=Role.WRITER,
        error_messages={"invalid_choice": _("A link can give every role but that of an owner.")},
    )
    days = forms.TypedChoiceField(
        label=_("The link works"),
        choices=[("1", _("for a day")), ("14", _("for two weeks")), ("", _("until you revoke it"))],
        coerce=int,
        empty_value=None,
        initial="14",
        required=False,
    )

    def expires(self) -> datetime | None:
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) if days else None
