"""The forms of the templates to start from: each asks for as little as its topic needs to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.forms import TOO_LONG, SpokenForm
from debates.forms.fields import KeyedForm, LineField, LinesField
from debates.forms.topic import BeginForm, NewTopicForm, title_from
from debates.models import Visibility
from debates.models.essay import ESSAY_LENGTH
from debates.models.kinds import TEXT_LENGTH
from debates.models.topic import QUESTION_LENGTH, TITLE_LENGTH
from debates.starting import STARTS
from debates.starting.beginning import Beginning

if TYPE_CHECKING:
    from debates.starting import Start

    type TopicForm = BeginForm | TextStartForm | OptionsStartForm | MotionStartForm

FEWEST_OPTIONS, MOST_OPTIONS = 2, 10


class StartForm(NewTopicForm):
    """What every template asks: its steps, which can be edited before the topic begins, and who can read it."""

    def __init__(self, *args: Any, start: Start, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = self.fields["background"]
        steps.label, steps.widget.attrs["rows"] = _("Steps"), 9
        steps.help_text = _("They stand with the topic as its background. Keep, change or remove them.")
        steps.initial = start.background()


class TextStartForm(StartForm):
    """Map one speech or essay."""

    title = LineField(
        label=_("Title of the text"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Give the text a title, so that it can be told from others.")},
    )
    text = LinesField(
        label=_("The text"),
        help_text=_("Paste it here, with # before its headings. Or leave this empty: the next page takes a file."),
        max_length=ESSAY_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "essay-box"}),
    )
    question = LineField(
        label=_("The question it answers"),
        help_text=_("It can wait until you have read the text."),
        max_length=QUESTION_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("title", "text", "question", "background", "visibility")

    def beginning(self) -> Beginning:
        text = {name: self.cleaned_data[name] for name in ("title", "text")}
        return self.begun_with(text=text if text["text"] else None)


class OptionsStartForm(StartForm):
    """Decide a question."""

    question = BeginForm.base_fields["question"]
    options = LinesField(
        label=_("The options"),
        help_text=_("Each on a line of its own, as a sentence: “School starts at nine.”"),
        max_length=MOST_OPTIONS * (TEXT_LENGTH + 1),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the options that you choose between, each on a line of its own.")},
    )
    title = BeginForm.base_fields["title"]
    field_order = ("question", "options", "title", "background", "visibility")

    def clean_options(self) -> list[str]:
        """Every line that says something, once."""
        options = list(filter(None, dict.fromkeys(line.strip() for line in self.cleaned_data["options"].splitlines())))
        if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
            raise forms.ValidationError(
                ngettext(
                    "To choose takes two options at least, and ten at most to begin with. This is one.",
                    "To choose takes two options at least, and ten at most to begin with. These are %(n)s.",
                    len(options),
                )
                % {"n": len(options)}
            )
        for option in options:
            if len(option) > TEXT_LENGTH:
                raise forms.ValidationError(TOO_LONG, params={"limit_value": TEXT_LENGTH, "show_value": len(option)})
        return options

    def clean(self) -> dict[str, Any]:
        return _with_title(super().clean() or {}, "question")

    def beginning(self) -> Beginning:
        return self.begun_with(claims=self.cleaned_data["options"])


class MotionStartForm(StartForm):
    """Prepare for a debate."""

    claim = LineField(
        label=_("The motion"),
        help_text=_("As one sentence that can be supported or opposed: “Homework should be abolished.”"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the motion first.")},
    )
    title = LineField(
        label=_("Short title"),
        help_text=_("Stands in lists and in the address. Left empty, it is taken from the motion."),
        max_length=TITLE_LENGTH,
        required=False,
    )
    field_order = ("claim", "title", "background", "visibility")

    def clean(self) -> dict[str, Any]:
        return _with_title(super().clean() or {}, "claim")

    def beginning(self) -> Beginning:
        return self.begun_with(claims=[self.cleaned_data["claim"]])


def _with_title(data: dict[str, Any], name: str) -> dict[str, Any]:
    """`data` with a title, made from the field `name` where none was typed."""
    if not data.get("title") and data.get(name):
        data["title"] = title_from(data[name])
    return data


def topic_form(name: str, *args: Any, **kwargs: Any) -> TopicForm:
    """The form of the template `name`; for any other name that of a topic without a template."""
    if name == "essay":
        return TextStartForm(*args, start=STARTS[name], **kwargs)
    if name == "question":
        return OptionsStartForm(*args, start=STARTS[name], **kwargs)
    if name == "debate":
        return MotionStartForm(*args, start=STARTS[name], **kwargs)
    return BeginForm(*args, **kwargs)


class PracticeForm(SpokenForm, KeyedForm):
    """A topic to practise in, for oneself: a press is enough."""

    title = LineField(label=_("What about?"), max_length=TITLE_LENGTH, required=False)

    def beginning(self) -> Beginning:
        title = self.cleaned_data["title"]
        if not title:
            title = gettext("Practice, %(day)s") % {"day": date_format(localdate(), "j F Y")}
        return Beginning({"title": title, "visibility": Visibility.PRIVATE})
