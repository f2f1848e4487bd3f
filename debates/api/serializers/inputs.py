"""What the API takes. Lengths are those of the models."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from debates.api.serializers.fields import (
    AddressField,
    IdField,
    LineField,
    LinesField,
    StrictBooleanField,
    StrictCharField,
    StrictIntegerField,
    StrictSerializer,
    WordField,
)
from debates.forms.topic import LANGUAGES, title_from
from debates.models import CommentKind, NamesShown, Role, SourceKind, SourceMedium, Stance, Visibility, VotesShown
from debates.models.comment import COMMENT_LENGTH
from debates.models.essay import ESSAY_LENGTH
from debates.models.kinds import NOTE_LENGTH, TEXT_LENGTH
from debates.models.topic import BACKGROUND_LENGTH, QUESTION_LENGTH, TITLE_LENGTH

MOST_DAYS = 365
NO_TITLE = gettext_lazy("Give the text a title, so that it can be told from others.")
NO_TEXT = gettext_lazy("An essay needs a text. To take it away, delete it.")


def wanted(sentence: Any) -> dict[str, Any]:
    return dict.fromkeys(["required", "blank", "null"], sentence)


class TopicSettings(StrictSerializer):
    """What the owner of a topic decides. Give only what is to change."""

    title = LineField(
        max_length=TITLE_LENGTH, required=False, error_messages=wanted(gettext_lazy("A topic needs a title."))
    )
    question = LineField(max_length=QUESTION_LENGTH, required=False, allow_blank=True)
    background = LinesField(max_length=BACKGROUND_LENGTH, required=False, allow_blank=True)
    language = WordField(choices=[code for code, _name in LANGUAGES], required=False)
    visibility = WordField(choices=Visibility.choices, required=False)
    visitor_role = WordField(choices=Role.for_visitors(), required=False)
    guests_vote = StrictBooleanField(required=False)
    votes_shown = WordField(choices=VotesShown.choices, required=False)
    names_shown = WordField(choices=NamesShown.choices, required=False)


class NewTopic(TopicSettings):
    """A topic begins with a question. Everything else can wait."""

    question = LineField(
        max_length=QUESTION_LENGTH,
        error_messages=wanted(gettext_lazy("A topic begins with a question. Write it here.")),
    )
    title = LineField(max_length=TITLE_LENGTH, required=False, allow_blank=True)
    claim = LineField(max_length=TEXT_LENGTH, required=False, allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return attrs | {"title": attrs.get("title") or title_from(attrs["question"])}


class NewCopy(StrictSerializer):
    title = LineField(max_length=TITLE_LENGTH, required=False)
    extent = WordField(choices=["everything", "claims"], default="everything")


class NewClaim(StrictSerializer):
    text = LineField(max_length=TEXT_LENGTH, error_messages=wanted(gettext_lazy("Write one sentence first.")))
    note = LinesField(max_length=NOTE_LENGTH, required=False, allow_blank=True)


class NewArgument(NewClaim):
    stance = WordField(
        choices=Stance.choices,
        error_messages=wanted(gettext_lazy("Say whether it supports or opposes the line above.")),
    )


class Wording(StrictSerializer):
    """All of the words: a note that is left out is taken away."""

    text = LineField(
        max_length=TEXT_LENGTH,
        error_messages=wanted(gettext_lazy("A statement needs words. To take it back, withdraw it.")),
    )
    note = LinesField(max_length=NOTE_LENGTH, default="", allow_blank=True)


class WordingChange(StrictSerializer):
    """What is to change of the words."""

    text = LineField(
        max_length=TEXT_LENGTH,
        required=False,
        error_messages=wanted(gettext_lazy("A statement needs words. To take it back, withdraw it.")),
    )
    note = LinesField(max_length=NOTE_LENGTH, required=False, allow_blank=True)


class Place(StrictSerializer):
    """Where a statement is to stand. Without `after` it comes last; with `after` null it comes first."""

    parent = IdField(allow_null=True)  # type: ignore[assignment]
    stance = WordField(choices=Stance.choices, required=False)
    after = IdField(allow_null=True, required=False)


class StanceChoice(StrictSerializer):
    stance = WordField(choices=Stance.choices)


class NewLink(StrictSerializer):
    parent = IdField()  # type: ignore[assignment]
    stance = WordField(choices=Stance.choices)


class VoteValue(StrictSerializer):
    value = StrictIntegerField(min_value=0, max_value=4)


class SourceChange(StrictSerializer):
    """What is to change of a source. `author` is "Family, Given; Family, Given", or a name as it stands."""

    kind = WordField(choices=SourceKind.choices, required=False)
    medium = WordField(choices=SourceMedium.choices, required=False)
    title = LineField(max_length=200, required=False, error_messages=wanted(gettext_lazy("A source needs a title.")))
    author = LineField(max_length=500, required=False, allow_blank=True)
    container = LineField(max_length=200, required=False, allow_blank=True)
    volume = LineField(max_length=40, required=False, allow_blank=True)
    issue = LineField(max_length=40, required=False, allow_blank=True)
    pages = LineField(max_length=40, required=False, allow_blank=True)
    edition = LineField(max_length=40, required=False, allow_blank=True)
    publisher = LineField(max_length=200, required=False, allow_blank=True)
    published = LineField(max_length=40, required=False, allow_blank=True)
    url = AddressField(max_length=500, required=False, allow_blank=True)
    doi = LineField(max_length=200, required=False, allow_blank=True)
    accessed = LineField(max_length=40, required=False, allow_blank=True)
    locator = LineField(max_length=120, required=False, allow_blank=True)
    quotation = LinesField(max_length=1_000, required=False, allow_blank=True)


class NewSource(SourceChange):
    """Evidence outside the map. Nothing is fetched from `url` or for `doi`."""

    kind = WordField(choices=SourceKind.choices, default=SourceKind.DOCUMENT.value)
    medium = WordField(choices=SourceMedium.choices, default=SourceMedium.DOCUMENT.value)
    title = LineField(max_length=200, error_messages=wanted(gettext_lazy("A source needs a title.")))


class NewPassage(StrictSerializer):
    """Either `essay`, `start` and `end`, or the words themselves as `quote`, found in the topic's essays."""

    quote = StrictCharField(max_length=5_000, required=False)
    essay = IdField(required=False)
    start = StrictIntegerField(min_value=0, max_value=200_000, required=False)
    end = StrictIntegerField(min_value=1, max_value=200_000, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "quote" not in attrs and not {"essay", "start", "end"} <= attrs.keys():
            raise serializers.ValidationError({"quote": _("Give the words, or essay, start and end.")})
        return attrs


class PassagePlace(StrictSerializer):
    """Either `start` and `end` in the text of its essay, or the words that stand there as `quote`."""

    quote = StrictCharField(max_length=5_000, required=False)
    start = StrictIntegerField(min_value=0, max_value=ESSAY_LENGTH, required=False)
    end = StrictIntegerField(min_value=1, max_value=ESSAY_LENGTH, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "quote" not in attrs and not {"start", "end"} <= attrs.keys():
            raise serializers.ValidationError({"quote": _("Give the words, or start and end.")})
        return attrs


class EssayChange(StrictSerializer):
    """What is to change of an essay. In its text, "# " begins a heading and an empty line parts paragraphs."""

    title = LineField(max_length=200, required=False, error_messages=wanted(NO_TITLE))
    author = LineField(max_length=200, required=False, allow_blank=True)
    source = LineField(max_length=500, required=False, allow_blank=True)  # type: ignore[assignment]
    text = LinesField(max_length=ESSAY_LENGTH, required=False, error_messages=wanted(NO_TEXT))


class NewEssay(EssayChange):
    title = LineField(max_length=200, error_messages=wanted(NO_TITLE))
    text = LinesField(max_length=ESSAY_LENGTH, error_messages=wanted(NO_TEXT))


class NewComment(StrictSerializer):
    text = LinesField(max_length=COMMENT_LENGTH, error_messages=wanted(gettext_lazy("Write your comment first.")))
    kind = WordField(choices=CommentKind.choices, default=CommentKind.COMMENT.value)
    reply_to = IdField(required=False, allow_null=True)


class RoleChoice(StrictSerializer):
    role = WordField(choices=Role.choices)


class NewShareLink(StrictSerializer):
    """`days` null: until it is revoked."""

    role = WordField(
        choices=Role.for_sharing(),
        error_messages={"invalid_choice": gettext_lazy("A link can give every role but that of an owner.")},
    )
    days = StrictIntegerField(min_value=1, max_value=MOST_DAYS, default=14, allow_null=True)


class Join(StrictSerializer):
    token = StrictCharField(max_length=43)
