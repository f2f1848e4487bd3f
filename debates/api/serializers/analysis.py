"""What the API gives of the analysis, for its description. Ids are of statements, in reading order."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from debates.api.serializers.outputs import StanceOrNull

S = serializers


def _ids(says: str) -> S.ListField:
    return S.ListField(child=S.IntegerField(), help_text=says)


class Balance(S.Serializer[Any]):
    for_it = S.IntegerField(min_value=0)
    against_it = S.IntegerField(min_value=0)


class Split(S.Serializer[Any]):
    for_it = _ids("objections that hurt what speaks for the claim")
    against_it = _ids("objections that hurt what speaks against it")


class Unsourced(S.Serializer[Any]):
    statement = S.IntegerField()
    below = S.IntegerField(min_value=0, help_text="how many statements stand below it")


class RepeatedPassage(S.Serializer[Any]):
    passage = S.IntegerField(help_text="the first of them")
    essay = S.IntegerField()
    start = S.IntegerField(min_value=0, help_text="in Unicode code points")
    end = S.IntegerField(min_value=1, help_text="exclusive")
    statements = _ids("that rest on it, or on a passage that shares more than half of the longer of the two")


class UnusedSentence(S.Serializer[Any]):
    number = S.IntegerField(min_value=1, help_text="among the sentences of the essay, headings apart")
    start = S.IntegerField(min_value=0)
    end = S.IntegerField(min_value=1)


class EssayCoverage(S.Serializer[Any]):
    essay = S.IntegerField()
    sentences = S.IntegerField(min_value=0)
    used = S.IntegerField(min_value=0)
    unused = UnusedSentence(many=True)


class Analysis(S.Serializer[Any]):
    topic = S.IntegerField()
    last_change = S.IntegerField(help_text="of the topic when this was counted")
    branch = S.IntegerField(allow_null=True)
    mine = S.BooleanField()
    statements = S.IntegerField(min_value=0)
    claims = S.IntegerField(min_value=0)
    top = Balance(help_text="the arguments right below the claims, or below the branch's root, by their side")
    all_levels = Balance(help_text="all arguments by their side")
    depths = S.ListField(child=S.IntegerField(min_value=0), help_text="how many statements have depth 0, 1, 2 …")
    open_objections = Split(help_text="objections that nothing opposes; with mine, those to your statements")
    reinstated = Split(help_text="objections whose every reply is itself answered")
    answered = _ids("some objection to it is not itself answered (the grounded labelling of Dung 1995)")
    untested = _ids("claims with no objection anywhere below; and such supporting arguments right below the others")
    unsupported = _ids("no supporting argument, no passage, no source")
    unsourced = Unsourced(many=True, help_text="arguments without a source, with the most below them first")
    longest_exchange = _ids("the longest run of objections, each to the one before")
    repeated_passages = RepeatedPassage(many=True)
    essays = EssayCoverage(many=True, help_text="of the whole topic; not with branch or mine")
    essays_left_out = S.IntegerField(min_value=0, help_text="too long to be read with the others")


class ExploredLine(S.Serializer[Any]):
    statement = S.IntegerField()
    parent = S.IntegerField(allow_null=True)  # type: ignore[assignment]
    stance = StanceOrNull()
    rated_as = S.IntegerField(allow_null=True, help_text="the id under which it is rated; null where it is not")
    rating = S.FloatField(allow_null=True, min_value=0, max_value=1)
    value = S.FloatField(allow_null=True, min_value=0, max_value=1, help_text="null where it does not count")
    same_as = S.IntegerField(allow_null=True, help_text="the line whose value a link has")
    left_out = S.IntegerField(min_value=0, help_text="statements below it that are not here")


class Explored(S.Serializer[Any]):
    topic = S.IntegerField()
    branch = S.IntegerField(allow_null=True, help_text="null in a topic without a claim")
    semantics = S.ChoiceField(choices=["quadratic-energy"])
    formula = S.CharField()
    start = S.FloatField(help_text="where a line that is not rated begins")
    lines = ExploredLine(many=True, help_text="in reading order, the root first")
