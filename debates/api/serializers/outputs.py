"""What the API gives, for its description (docs/openapi.yaml): the rows themselves are made without these."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from debates.models import (
    CommentKind,
    NamesShown,
    Role,
    SourceKind,
    SourceMedium,
    Stance,
    Status,
    Visibility,
    VotesShown,
)

S = serializers
STANCE = {"oneOf": [{"type": "string", "enum": Stance.values}, {"type": "null"}]}


@extend_schema_field(STANCE)
class StanceOrNull(S.JSONField):
    """supports or opposes the parent; null for a claim."""


class Tally(S.Serializer[Any]):
    votes = S.IntegerField(min_value=0)
    histogram = S.ListField(
        child=S.IntegerField(min_value=0), min_length=5, max_length=5, help_text="How many answered 0, 1, 2, 3 and 4."
    )
    mean = S.FloatField(allow_null=True, min_value=0, max_value=4)


class StatementInTree(S.Serializer[Any]):
    id = S.IntegerField()
    topic = S.IntegerField()
    parent = S.IntegerField(allow_null=True, help_text="null for a claim")  # type: ignore[assignment]
    stance = StanceOrNull(help_text="how it stands to its parent; null for a claim")
    depth = S.IntegerField(min_value=0, max_value=50)
    position = S.IntegerField(help_text="orders it among its siblings, together with id")
    status = S.ChoiceField(choices=Status.choices)
    text = S.CharField(allow_null=True, help_text="null once it was withdrawn or removed; a link's are its target's")
    note = S.CharField(allow_null=True, allow_blank=True)
    version = S.IntegerField(min_value=1, help_text="of the wording")
    refers_to = S.IntegerField(allow_null=True, help_text="the statement that a link repeats")
    author = S.CharField(allow_null=True, help_text="as the topic shows names; null for a former participant")
    mine = S.BooleanField()
    created = S.DateTimeField()
    supporting = S.IntegerField(min_value=0)
    opposing = S.IntegerField(min_value=0)
    sources = S.IntegerField(min_value=0)
    passages = S.IntegerField(min_value=0)
    comments = S.IntegerField(min_value=0)
    premise_group = S.IntegerField(allow_null=True)


class Statement(StatementInTree):
    my_vote = S.IntegerField(allow_null=True, min_value=0, max_value=4)
    tally = Tally(allow_null=True, help_text="null while the topic hides it from you")


class Tree(S.Serializer[Any]):
    topic = S.IntegerField()
    last_change = S.IntegerField(help_text="of the topic when this was read: where to follow the feed from")
    shape = S.ChoiceField(choices=["nested", "flat"])
    truncated = S.BooleanField(help_text="there was more than fits: ask for branches")
    statements = S.ListField(
        child=S.DictField(),
        help_text="rows as of a statement; nested ones have `children`; with include=votes also my_vote and tally",
    )


class You(S.Serializer[Any]):
    role = S.ChoiceField(choices=[*Role.choices, ("", "no member")])
    may = S.ListField(child=S.CharField())


class Topic(S.Serializer[Any]):
    id = S.IntegerField()
    slug = S.CharField()
    url = S.CharField(help_text="of the page for people")
    title = S.CharField()
    question = S.CharField(allow_blank=True)
    background = S.CharField(allow_blank=True)
    language = S.CharField()
    visibility = S.ChoiceField(choices=Visibility.choices)
    visitor_role = S.ChoiceField(choices=Role.for_visitors())
    guests_vote = S.BooleanField()
    votes_shown = S.ChoiceField(choices=VotesShown.choices)
    names_shown = S.ChoiceField(choices=NamesShown.choices)
    created = S.DateTimeField()
    changed_at = S.DateTimeField()
    closed_at = S.DateTimeField(allow_null=True)
    last_change = S.IntegerField(min_value=0)
    you = You()


class WordingNow(S.Serializer[Any]):
    text = S.CharField()
    note = S.CharField(allow_blank=True)
    version = S.IntegerField(min_value=1)


class MyVote(S.Serializer[Any]):
    value = S.IntegerField(allow_null=True, min_value=0, max_value=4)
    tally = Tally(allow_null=True)


class TallyNow(S.Serializer[Any]):
    tally = Tally(allow_null=True)


class Source(S.Serializer[Any]):
    id = S.IntegerField()
    statement = S.IntegerField()
    kind = S.ChoiceField(choices=SourceKind.choices)
    medium = S.ChoiceField(choices=SourceMedium.choices, help_text="an item type of CSL")
    title = S.CharField()
    author = S.CharField(allow_blank=True, help_text="Family, Given; Family, Given")
    container = S.CharField(allow_blank=True, help_text="what it is part of: a journal, a book, a site")
    volume = S.CharField(allow_blank=True)
    issue = S.CharField(allow_blank=True)
    pages = S.CharField(allow_blank=True)
    edition = S.CharField(allow_blank=True)
    publisher = S.CharField(allow_blank=True)
    published = S.CharField(allow_blank=True)
    url = S.CharField(allow_blank=True)
    doi = S.CharField(allow_blank=True)
    accessed = S.CharField(allow_blank=True)
    locator = S.CharField(allow_blank=True)
    quotation = S.CharField(allow_blank=True)
    version = S.IntegerField(min_value=1, help_text="the ETag of this source")
    created = S.DateTimeField()


class Passage(S.Serializer[Any]):
    id = S.IntegerField()
    statement = S.IntegerField()
    essay = S.IntegerField()
    start = S.IntegerField(min_value=0, help_text="in Unicode code points")
    end = S.IntegerField(min_value=1, help_text="exclusive")
    quote = S.CharField()
    prefix = S.CharField(allow_blank=True)
    suffix = S.CharField(allow_blank=True)
    lost = S.BooleanField(help_text="not in the text any more: start and end are where the quote stood")


class Comment(S.Serializer[Any]):
    id = S.IntegerField()
    statement = S.IntegerField()
    reply_to = S.IntegerField(allow_null=True)
    kind = S.ChoiceField(choices=CommentKind.choices)
    text = S.CharField(allow_null=True, help_text="null once it was taken back")
    author = S.CharField(allow_null=True)
    mine = S.BooleanField()
    created = S.DateTimeField()


class EssayInList(S.Serializer[Any]):
    id = S.IntegerField()
    topic = S.IntegerField()
    title = S.CharField(allow_blank=True)
    author = S.CharField(allow_blank=True)
    source = S.CharField(allow_blank=True, help_text="where the text is from")  # type: ignore[assignment]
    version = S.IntegerField(min_value=1)
    created = S.DateTimeField()
    updated = S.DateTimeField()


class Essay(EssayInList):
    text = S.CharField(allow_blank=True)
    passages = Passage(many=True, help_text="what statements that show rest on")


class EssayVersionInList(S.Serializer[Any]):
    version = S.IntegerField(min_value=1)
    title = S.CharField()
    author = S.CharField(allow_blank=True)
    source = S.CharField(allow_blank=True)  # type: ignore[assignment]
    replaced_by = S.CharField(allow_null=True, help_text="as the topic shows names; null for a former participant")
    replaced_at = S.DateTimeField()


class EssayVersion(EssayVersionInList):
    text = S.CharField(allow_blank=True)


class Member(S.Serializer[Any]):
    id = S.IntegerField()
    name = S.CharField()
    guest = S.BooleanField()
    role = S.ChoiceField(choices=Role.choices)
    joined = S.DateTimeField()
    you = S.BooleanField()


class ShareLink(S.Serializer[Any]):
    id = S.IntegerField()
    topic = S.IntegerField()
    role = S.ChoiceField(choices=Role.for_sharing())
    url = S.CharField(help_text="the address to give out")
    token = S.CharField(help_text="what the address ends with, for POST /joins/")
    created = S.DateTimeField()
    expires = S.DateTimeField(allow_null=True)


class Joined(S.Serializer[Any]):
    topic = S.IntegerField()
    role = S.ChoiceField(choices=Role.choices)
    name = S.CharField(help_text="what the others call you there")


class Change(S.Serializer[Any]):
    number = S.IntegerField(min_value=1)
    verb = S.CharField()
    statement = S.IntegerField(allow_null=True)
    before = S.DictField(help_text="what it altered, as far as you may read it")
    after = S.DictField()
    hidden = S.BooleanField(help_text="there were words that you may not read")
    actor = S.CharField(allow_null=True)
    at = S.DateTimeField()
    undoes = S.IntegerField(allow_null=True, help_text="the number of the change that this one took back")


class Feed(S.Serializer[Any]):
    changes = Change(many=True)
    last = S.IntegerField(min_value=0, help_text="the newest number of the topic")
    next = S.CharField(allow_null=True, help_text="where the rest is")


class SearchHit(S.Serializer[Any]):
    id = S.IntegerField()
    topic = S.IntegerField()
    topic_title = S.CharField()
    parent = S.IntegerField(allow_null=True)  # type: ignore[assignment]
    stance = StanceOrNull()
    depth = S.IntegerField()
    text = S.CharField()


class Token(S.Serializer[Any]):
    name = S.CharField()
    scopes = S.ListField(child=S.ChoiceField(choices=["read", "write", "export"]))
    expires = S.DateTimeField(allow_null=True)


class Me(S.Serializer[Any]):
    id = S.IntegerField()
    user_name = S.CharField(allow_null=True, help_text="null for a guest")
    name = S.CharField(allow_null=True)
    guest = S.BooleanField()
    token = Token(allow_null=True, help_text="the one you came with")


@cache
def listed(row: type[S.Serializer[Any]]) -> type[S.Serializer[Any]]:
    """A page of `row`s."""
    following = S.CharField(allow_null=True, help_text="the address of the next page")
    return type(f"{row.__name__}Page", (S.Serializer,), {"results": row(many=True), "next": following})


class FileFormat(S.Serializer[Any]):
    name = S.CharField()
    title = S.CharField()
    purpose = S.CharField()
    extension = S.CharField()
    media_type = S.CharField()
    writes = S.BooleanField()
    reads = S.BooleanField()
    keeps = S.ListField(child=S.CharField(), help_text="what of a topic it has a place for")
    most_lines = S.IntegerField(help_text="topics with more are refused")


class Formats(S.Serializer[Any]):
    results = FileFormat(many=True)


class Makes(S.Serializer[Any]):
    claims = S.IntegerField(min_value=0)
    arguments = S.IntegerField(min_value=0)
    links = S.IntegerField(min_value=0)
    sources = S.IntegerField(min_value=0)
    essays = S.IntegerField(min_value=0)
    passages = S.IntegerField(min_value=0)
    comments = S.IntegerField(min_value=0)
    votes = S.IntegerField(min_value=0)


class ImportNote(S.Serializer[Any]):
    kind = S.ChoiceField(choices=["repaired", "merged", "skipped", "cut"])
    line = S.IntegerField(allow_null=True, help_text="of the file")
    sentence = S.CharField()


class Imported(S.Serializer[Any]):
    topic = S.IntegerField(allow_null=True, help_text="null for a preview")
    format = S.CharField()
    title = S.CharField(allow_blank=True)
    makes = Makes()
    notes = ImportNote(many=True, help_text="what was not taken as it stands")
    more_notes = S.IntegerField(min_value=0)
