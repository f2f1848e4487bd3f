"""The domain: one file per noun, with its fields, constraints and verbs."""

from debates.models.change import Change
from debates.models.comment import Comment, CommentKind
from debates.models.draft import Draft, DraftVersion
from debates.models.errors import Closed, Conflict, Gone, Refused, SlowDown, TimeOver
from debates.models.essay import Essay, EssayVersion
from debates.models.idempotent_answer import IdempotentAnswer
from debates.models.kinds import MAX_DEPTH, Stance, Status
from debates.models.membership import Membership, Role, ShareLink, Standing
from debates.models.passage import Passage
from debates.models.pseudonym import Pseudonym
from debates.models.rate_window import RateWindow
from debates.models.source import Source, SourceKind, SourceMedium
from debates.models.statement import Argument, Claim, Rebuttal, Statement
from debates.models.topic import NamesShown, Topic, Visibility, VotesShown
from debates.models.upload import Upload
from debates.models.visit import Visit
from debates.models.vote import VOTE_WORDS, Vote

__all__ = [
    "MAX_DEPTH",
    "VOTE_WORDS",
    "Argument",
    "Change",
    "Claim",
    "Closed",
    "Comment",
    "CommentKind",
    "Conflict",
    "Draft",
    "DraftVersion",
    "Essay",
    "EssayVersion",
    "Gone",
    "IdempotentAnswer",
    "Membership",
    "NamesShown",
    "Passage",
    "Pseudonym",
    "RateWindow",
    "Rebuttal",
    "Refused",
    "Role",
    "ShareLink",
    "SlowDown",
    "Source",
    "SourceKind",
    "SourceMedium",
    "Stance",
    "Standing",
    "Statement",
    "Status",
    "TimeOver",
    "Topic",
    "Upload",
    "Visibility",
    "Visit",
    "Vote",
    "VotesShown",
]
