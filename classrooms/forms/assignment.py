"""What a teacher says about an assignment, about one pupil's dates, and about groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.forms import SpokenForm
from classrooms.models import Classroom, Requirement, Rubric, Shape, Sides
from classrooms.models.assignment import INSTRUCTIONS_LENGTH, MOST_ASKED, TITLE_LENGTH
from classrooms.models.classroom import YEARS
from classrooms.models.group import Group, Side
from classrooms.models.grouping import MOST_GROUPS
from debates.forms.fields import KeyedForm, LineField, LinesField
from debates.models import Essay, Topic
from debates.permissions import EDIT, RIGHTS
from debates.starting import STARTS

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from classrooms.models import Assignment

NO_SUCH_MOMENT = _("On this day the clock changes: that time comes twice or not at all. Choose another one.")
MOST_TOPICS = 500
NEW = "new:"


class MomentField(forms.DateTimeField):
    """A day and a time of the time zone that is active: that of the class."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        wrong = {"invalid": _("Write it as year-month-day and time, such as 2027-06-30 18:00.")}
        super().__init__(required=False, widget=widget, error_messages=wrong, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        try:
            found: datetime | None = super().clean(value)
        except ValidationError as wrong:
            if wrong.code == "ambiguous_timezone":
                raise ValidationError(NO_SUCH_MOMENT, code=wrong.code) from None
            raise
        if found is not None and found.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


def topics_of(user: User) -> list[Topic]:
    """What `user` may give to a class: the topics they look after, the newest first, but for the maps of groups."""
    roles = [role for role, rights in RIGHTS.items() if EDIT in rights]
    mine = Topic.objects.filter(memberships__user=user, memberships__role__in=roles)
    maps = Group.objects.filter(topic=OuterRef("pk")).exclude(assignment__shape=Shape.SHARED)
    texts = Essay.objects.filter(topic=OuterRef("pk"))
    return list(mine.annotate(text=Exists(texts)).exclude(Exists(maps)).order_by("-changed_at")[:MOST_TOPICS])


class AssignmentForm(SpokenForm, KeyedForm):
    """All of an assignment. What pupils have begun upon is shown, but not to be changed."""

    title = LineField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Give the assignment a title.")},
    )
    topic = forms.ChoiceField(
        label=_("Topic"),
        help_text=_("One of yours, with or without a text; or a new one, for you to fill before you show it."),
        error_messages={"required": _("Choose a topic first.")},
    )  # fmt: skip
    instructions = LinesField(
        label=_("Instructions"),
        help_text=_("Markdown: *emphasis*, 1. list, an empty line begins a paragraph."),
        max_length=INSTRUCTIONS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    shape = forms.ChoiceField(label=_("Maps"), choices=Shape, initial=Shape.SHARED, widget=forms.RadioSelect)
    write_first = forms.BooleanField(
        label=_("Write first"),
        help_text=_("Pupils see each other’s arguments once you show them to all."),
        required=False,
    )
    sides = forms.ChoiceField(label=_("Sides"), choices=Sides, initial=Sides.NONE, widget=forms.RadioSelect)
    opens = MomentField(label=_("Opens"), help_text=_("Empty: as soon as you show it."))
    due = MomentField(label=_("Due"), help_text=_("What is handed in later is marked as late."))
    cutoff = MomentField(
        label=_("Cut-off"),
        help_text=_("New lines after this wait for you to accept them. The conclusion is kept, and marked as late."),
    )
    points = forms.IntegerField(label=_("Points"), min_value=0, max_value=10_000, initial=100)
    rubric = forms.ModelChoiceField(
        label=_("Rubric"), queryset=Rubric.objects.none(), required=False, empty_label=_("None")
    )
    # Assignment.version of what the form was made from.
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31, required=False)

    def __init__(self, *args: Any, user: User, assignment: Assignment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.assignment = user, assignment
        mine = Rubric.objects.filter(owner=user)
        kept = Rubric.objects.filter(pk=(assignment and assignment.rubric_id) or 0)
        self.fields["rubric"].queryset = mine | kept  # type: ignore[attr-defined]
        self.fields["topic"].choices = self._topics()  # type: ignore[attr-defined]
        for kind in Requirement:
            self.fields[f"asked_{kind}"] = forms.IntegerField(
                label=kind.label, min_value=0, max_value=MOST_ASKED, required=False
            )
        if assignment is not None and assignment.groups.exists():
            for name in assignment.FIXED:
                self.fields[name].disabled = True

    def _topics(self) -> list[tuple[Any, Any]]:
        found = topics_of(self.user)
        stays = self.assignment.topic if self.assignment else None
        if stays is not None and stays not in found:
            found.insert(0, stays)
        with_text = [(str(each.pk), each.title) for each in found if getattr(each, "text", False)]
        plain = [(str(each.pk), each.title) for each in found if not getattr(each, "text", False)]
        starts = [(f"{NEW}{name}", start.title) for name, start in STARTS.items()]
        groups = ((_("My topics"), plain), (_("With a text beside the map"), with_text), (_("Begin a new one"), starts))
        return [("", _("Choose …")), *((label, choices) for label, choices in groups if choices)]

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields for what is asked, in the order of Requirement."""
        return [self[f"asked_{kind}"] for kind in Requirement]

    @classmethod
    def of(cls, assignment: Assignment, user: User) -> AssignmentForm:
        """The settings of `assignment`, to be changed."""
        return cls(user=user, assignment=assignment, initial=cls.told(assignment))

    @staticmethod
    def told(assignment: Assignment) -> dict[str, Any]:
        """`assignment` as the initial state of the form."""
        told = {name: getattr(assignment, name) for name in assignment.SETTINGS if name != "requirements"}
        asked = {f"asked_{kind}": assignment.requirements.get(kind) for kind in Requirement}
        topic = {"topic": assignment.topic_id and str(assignment.topic_id)}
        return told | asked | topic | {"rubric": assignment.rubric_id, "version": assignment.version}

    def against(self, stored: Assignment) -> list[tuple[Any, Any]]:
        """What `stored` says otherwise: labels and values."""
        told = self.told(stored)
        words = {name: getattr(stored, f"get_{name}_display")() for name in ("shape", "sides")}
        words |= {"topic": stored.topic, "rubric": stored.rubric}
        changed = [
            name for name in told if name != "version" and self._differs(told[name], self.cleaned_data.get(name))
        ]
        return [(self.fields[name].label, words.get(name, told[name])) for name in changed]

    @staticmethod
    def _differs(stored: Any, sent: Any) -> bool:
        sent = getattr(sent, "pk", sent)
        return (stored or "") != (sent or "")

    def settings(self) -> dict[str, Any]:
        """What is to be stored, but for the topic."""
        data = self.cleaned_data
        asked = {kind.value: data[f"asked_{kind}"] for kind in Requirement if data[f"asked_{kind}"]}
        plain = ("title", "instructions", "shape", "sides", "write_first", "opens", "due", "cutoff", "points", "rubric")
        return {name: data[name] for name in plain} | {"requirements": asked}

    def start(self) -> str:
        """The name of the template that a new topic is to begin with; "" where there is a topic."""
        chosen: str = self.cleaned_data["topic"]
        return chosen.removeprefix(NEW) if chosen.startswith(NEW) else ""

    def chosen(self) -> int:
        """The number of the topic that was chosen, of those that were offered."""
        return int(self.cleaned_data["topic"])


class ExtensionForm(SpokenForm, forms.Form):
    """Other dates for one pupil."""

    due = MomentField(label=_("Due"), help_text=_("Empty: the date of everyone."))
    cutoff = MomentField(label=_("Cut-off"), help_text=_("Empty: the date of everyone."))


class GroupsForm(SpokenForm, forms.Form):
    """How many groups there are to be."""

    count = forms.IntegerField(label=_("Number of groups"), min_value=1, max_value=MOST_GROUPS)


class SideForm(forms.Form):
    """The side that a pupil chooses."""

    side = forms.ChoiceField(choices=Side)


class AgainForm(SpokenForm, KeyedForm):
    """The same assignment for another class."""

    classroom = forms.ModelChoiceField(label=_("Class"), queryset=Classroom.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Classroom.objects.taught_by(user).filter(archived=None)
        self.fields["classroom"].queryset = mine  # type: ignore[attr-defined]


class WorkForm(SpokenForm, forms.Form):
    """The conclusion and how AI was used, as they are written."""

    conclusion = forms.CharField(label=_("Conclusion"), required=False, strip=False, widget=forms.Textarea)
    used_ai = forms.CharField(label=_("How I used AI"), required=False, strip=False, widget=forms.Textarea)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    # The version that the person has seen and writes over, after another window was faster.
    over = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def read(self) -> int:
        """The version of the words that were read before these were sent."""
        return int(self.cleaned_data["over"] or self.cleaned_data["version"])
