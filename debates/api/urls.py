"""The addresses of the API: nouns; what is done to them is the method. They mirror those of debates/urls.py."""

from django.urls import path, re_path

from debates.api import (
    analysis,
    changes,
    comments,
    essays,
    evidence,
    files,
    people,
    places,
    search,
    standing,
    statements,
    suggestions,
    topics,
    tree,
    votes,
    wording,
)
from debates.api.description import Description, YAMLRenderer
from debates.api.encoding import JSONRenderer
from debates.api.reference import reference
from debates.api.root import Me, Nowhere, Root

as_json = Description.as_view(renderer_classes=[JSONRenderer])
as_yaml = Description.as_view(renderer_classes=[YAMLRenderer])

urlpatterns = [
    path("", Root.as_view(), name="api-root"),
    path("schema/", Description.as_view(), name="api-schema"),
    path("schema/openapi.json", as_json, name="api-schema-json"),
    path("schema/openapi.yaml", as_yaml, name="api-schema-yaml"),
    path("reference/", reference, name="api-reference"),
    path("me/", Me.as_view(), name="api-me"),
    path("search/", search.Search.as_view(), name="api-search"),
    # -- topics
    path("topics/", topics.Topics.as_view(), name="api-topics"),
    path("topics/<int:pk>/", topics.OneTopic.as_view(), name="api-topic"),
    path("topics/<int:pk>/closure/", topics.Closure.as_view(), name="api-topic-closure"),
    path("topics/<int:pk>/copies/", topics.Copies.as_view(), name="api-topic-copies"),
    path("topics/<int:pk>/claims/", statements.Claims.as_view(), name="api-topic-claims"),
    path("topics/<int:pk>/tree/", tree.Tree.as_view(), name="api-topic-tree"),
    path("topics/<int:pk>/analysis/", analysis.Analysis.as_view(), name="api-topic-analysis"),
    path("topics/<int:pk>/explore/", analysis.Explore.as_view(), name="api-topic-explore"),
    path("topics/<int:pk>/statements/", statements.Statements.as_view(), name="api-topic-statements"),
    path("topics/<int:pk>/suggestions/", suggestions.Suggestions.as_view(), name="api-topic-suggestions"),
    path("topics/<int:pk>/essays/", essays.Essays.as_view(), name="api-topic-essays"),
    path("topics/<int:pk>/changes/", changes.Changes.as_view(), name="api-topic-changes"),
    path("topics/<int:pk>/changes/<int:number>/undoing/", changes.Undoing.as_view(), name="api-change-undoing"),
    # -- files
    path("formats/", files.Formats.as_view(), name="api-formats"),
    path("formats/json/schema/", files.OwnSchema.as_view(), name="api-own-schema"),
    path("topics/<int:pk>/export/", files.Export.as_view(), name="api-topic-export"),
    path("imports/", files.Imports.as_view(), name="api-imports"),
    # -- people
    path("topics/<int:pk>/members/", people.Members.as_view(), name="api-topic-members"),
    path("topics/<int:pk>/members/<int:member>/", people.OneMember.as_view(), name="api-member"),
    path("topics/<int:pk>/membership/", people.MyMembership.as_view(), name="api-topic-membership"),
    path("topics/<int:pk>/share-links/", people.ShareLinks.as_view(), name="api-topic-share-links"),
    path("share-links/<int:pk>/", people.OneShareLink.as_view(), name="api-share-link"),
    path("joins/", people.Joins.as_view(), name="api-joins"),
    # -- statements
    path("statements/<int:pk>/", statements.OneStatement.as_view(), name="api-statement"),
    path("statements/<int:pk>/arguments/", statements.Arguments.as_view(), name="api-statement-arguments"),
    path("statements/<int:pk>/wording/", wording.OneWording.as_view(), name="api-statement-wording"),
    path("statements/<int:pk>/place/", places.Place.as_view(), name="api-statement-place"),
    path("statements/<int:pk>/stance/", places.StanceOf.as_view(), name="api-statement-stance"),
    path("statements/<int:pk>/links/", statements.Links.as_view(), name="api-statement-links"),
    path("statements/<int:pk>/withdrawal/", standing.Withdrawal.as_view(), name="api-statement-withdrawal"),
    path("statements/<int:pk>/removal/", standing.Removal.as_view(), name="api-statement-removal"),
    path("statements/<int:pk>/acceptance/", standing.Acceptance.as_view(), name="api-statement-acceptance"),
    path("statements/<int:pk>/vote/", votes.OneVote.as_view(), name="api-statement-vote"),
    path("statements/<int:pk>/tally/", votes.TallyOf.as_view(), name="api-statement-tally"),
    path("statements/<int:pk>/sources/", evidence.Sources.as_view(), name="api-statement-sources"),
    path("statements/<int:pk>/passages/", evidence.Passages.as_view(), name="api-statement-passages"),
    path("statements/<int:pk>/comments/", comments.Comments.as_view(), name="api-statement-comments"),
    path("statements/<int:pk>/changes/", changes.StatementChanges.as_view(), name="api-statement-changes"),
    # -- what belongs to statements and topics
    path("sources/<int:pk>/", evidence.OneSource.as_view(), name="api-source"),
    path("passages/<int:pk>/", evidence.OnePassage.as_view(), name="api-passage"),
    path("comments/<int:pk>/", comments.OneComment.as_view(), name="api-comment"),
    path("passages/<int:pk>/place/", essays.PassagePlace.as_view(), name="api-passage-place"),
    path("essays/<int:pk>/", essays.OneEssay.as_view(), name="api-essay"),
    path("essays/<int:pk>/versions/", essays.EssayVersions.as_view(), name="api-essay-versions"),
    path("essays/<int:pk>/versions/<int:number>/", essays.OneEssayVersion.as_view(), name="api-essay-version"),
    # -- everything else: the last one
    re_path(r"^(?P<rest>[\w\W]+)\Z", Nowhere.as_view(), name="api-nowhere"),
]
