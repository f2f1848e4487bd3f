"""Examples of bodies for the description and the reference, by the name of the shape."""

from __future__ import annotations

from typing import Any

_WHEN = "2026-03-02T09:30:00Z"
_TALLY = {"votes": 3, "histogram": [0, 0, 1, 1, 1], "mean": 3.0}
_STATEMENT = {
    "id": 42, "topic": 7, "parent": 40, "stance": "opposes", "depth": 1, "position": 65536, "status": "visible",
    "text": "Pupils who sleep longer miss their bus.", "note": "", "version": 1, "refers_to": None,
    "author": "Amber Heron", "mine": False, "created": _WHEN, "supporting": 1, "opposing": 0, "sources": 1,
    "passages": 0, "comments": 0, "premise_group": None, "my_vote": None, "tally": _TALLY,
}  # fmt: skip
_SOURCE = {"kind": "data", "title": "Timetable of the night bus", "url": "https://example.org/timetable"}
_CHANGE = {
    "number": 12, "verb": "revise", "statement": 42, "before": {"text": "Pupils miss their bus."},
    "after": {"text": "Pupils who sleep longer miss their bus."}, "hidden": False, "actor": "Amber Heron",
    "at": _WHEN, "undoes": None,
}  # fmt: skip

EXAMPLES: dict[str, dict[str, Any]] = {
    "NewTopic": {"question": "Should school begin at nine?", "visibility": "private", "claim": "It should."},
    "TopicSettings": {"visibility": "public", "visitor_role": "suggester"},
    "NewCopy": {"title": "Should school begin at nine? (8b)", "extent": "claims"},
    "NewClaim": {"text": "School should begin at nine."},
    "NewArgument": {"stance": "opposes", "text": "Pupils who sleep longer miss their bus."},
    "Wording": {"text": "Pupils who sleep longer miss the only bus.", "note": ""},
    "WordingChange": {"text": "Pupils who sleep longer miss the only bus."},
    "Place": {"parent": 40, "stance": "supports", "after": None},
    "StanceChoice": {"stance": "supports"},
    "NewLink": {"parent": 41, "stance": "supports"},
    "VoteValue": {"value": 3},
    "NewSource": _SOURCE,
    "SourceChange": {"published": "2026-11-25"},
    "NewPassage": {"quote": "the last bus leaves at eight"},
    "PassagePlace": {"quote": "the last bus leaves at nine"},
    "NewEssay": {"title": "Buses at night", "text": "The last bus leaves at eight.", "source": "School paper, 2026"},
    "EssayChange": {"text": "The last bus leaves at nine."},
    "NewComment": {"text": "Which bus is meant?", "kind": "question"},
    "RoleChoice": {"role": "editor"},
    "NewShareLink": {"role": "writer", "days": 14},
    "Join": {"token": "Zm9yIGV4YW1wbGUgb25seQ"},
    "Statement": _STATEMENT,
    "MyVote": {"value": 3, "tally": _TALLY},
    "TallyNow": {"tally": _TALLY},
    "WordingNow": {"text": "Pupils who sleep longer miss their bus.", "note": "", "version": 1},
    "Source": {
        "id": 5, "statement": 42, "medium": "webpage", "author": "", "container": "", "volume": "", "issue": "",
        "pages": "", "edition": "", "publisher": "", "published": "", "doi": "", "accessed": "", "locator": "",
        "quotation": "", "version": 1, "created": _WHEN, **_SOURCE,
    },
    "Feed": {"changes": [_CHANGE], "last": 12, "next": None},
    "Change": _CHANGE,
}  # fmt: skip
PROBLEM_EXAMPLES: dict[int, dict[str, Any]] = {
    400: {"detail": "The body is no JSON that can be read: unexpected end of data."},
    401: {"detail": "This token is wrong, expired or revoked. Make another one on your account page."},
    403: {"detail": "Only the editors of this topic may do that."},
    404: {"detail": "Either it does not exist or you may not see it. Addresses end with a slash."},
    412: {
        "detail": "Someone changed this while you were writing. Both texts are below.",
        "yours": {"text": "Pupils miss the only bus.", "note": ""},
        "current": {"text": "Pupils who sleep longer miss their bus.", "note": "", "version": 2},
    },
    422: {
        "detail": "Write one sentence first.",
        "errors": [{"field": "text", "message": "Write one sentence first."}],
    },
}
