"""What somebody's own lines still ask for, over all their topics, by the definitions of debates.analysis.

Three lists: objections to their lines that nothing opposes, their arguments without a source, and open questions
about their lines that nobody answered. A closed topic asks for nothing, nor does one in which they may not do it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from debates.desk.paths import COUNTED, Candidates, Hanging, hanging, marks
from debates.models import Comment, Statement
from debates.permissions import COMMENT, SUGGEST, WRITE
from debates.rows import REPLY_SHOWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User
    from debates.desk.places import Mine
    from debates.models import Topic

SHOWN = 10

_OBJECTIONS = f"""
SELECT s.topic_id, s.id, s.parent_id FROM debates_statement m JOIN debates_statement s ON s.parent_id = m.id
LEFT JOIN debates_statement target ON target.id = s.refers_to_id
WHERE m.author_id = %s AND m.topic_id IN ({{topics}}) AND s.stance = 'opposes' AND s.status = 'visible'
 AND (target.id IS NULL OR target.status = 'visible') AND NOT EXISTS (
  SELECT 1 FROM debates_statement c WHERE c.parent_id = COALESCE(s.refers_to_id, s.id) AND c.stance = 'opposes'
   AND {REPLY_SHOWS})"""  # noqa: S608 - no outside text in it
_UNSOURCED = """
SELECT s.topic_id, s.id, s.parent_id FROM debates_statement s
WHERE s.author_id = %s AND s.topic_id IN ({topics}) AND s.depth > 0 AND s.refers_to_id IS NULL AND s.status = 'visible'
 AND NOT EXISTS (SELECT 1 FROM debates_source o WHERE o.statement_id = s.id)"""
_QUESTIONS = """
SELECT s.topic_id, q.id, s.parent_id FROM debates_statement s JOIN debates_comment q ON q.statement_id = s.id
WHERE s.author_id = %s AND s.topic_id IN ({topics}) AND s.status = 'visible' AND q.kind = 'question'
 AND q.reply_to_id IS NULL AND NOT q.removed AND NOT EXISTS (
  SELECT 1 FROM debates_comment a WHERE a.reply_to_id = q.id AND NOT a.removed)"""

# Each list: how to find it, and the right that doing something about it takes.
_LISTS = {"objections": (_OBJECTIONS, SUGGEST), "sources": (_UNSOURCED, WRITE), "questions": (_QUESTIONS, COMMENT)}


class Item(NamedTuple):
    """One line to do something about. `pk` is where: of the statement, the comment beside it "" but for questions."""

    topic: Topic
    pk: str
    stance: str
    text: str
    above: str
    comment: str = ""


class InTopic(NamedTuple):
    topic: Topic
    lines: int


@dataclass(frozen=True, slots=True)
class Todo:
    """One list: the newest few, and how many there are in each topic."""

    name: str
    items: tuple[Item, ...]
    total: int
    by_topic: tuple[InTopic, ...]

    @property
    def rest(self) -> int:
        return self.total - len(self.items)


def todos_of(user: User, mine: Sequence[Mine]) -> tuple[Todo, ...]:
    """The lists with something in them. Five queries."""
    topics = {each.topic.pk: each.topic for each in mine}
    found = {}
    for name, (sql, right) in _LISTS.items():
        asked = [each.topic.pk for each in mine if each.may(right)]
        if asked:
            found[name] = hanging(Candidates(sql.format(topics=marks(asked)), (user.pk, *asked)), COUNTED)
    items = _Words(found, topics).items
    return tuple(_todo(name, each, items[name], topics) for name, each in found.items() if each.ids)


def _todo(name: str, found: Hanging, items: Sequence[Item], topics: Mapping[int, Topic]) -> Todo:
    by_topic = tuple(InTopic(topics[pk], lines) for pk, lines in found.by_topic.most_common(SHOWN))
    return Todo(name, tuple(items), len(found.ids), by_topic)


class _Words:
    """The words of what is shown of each list, and of nothing else. Two queries."""

    def __init__(self, found: Mapping[str, Hanging], topics: Mapping[int, Topic]) -> None:
        self.topics = topics
        shown = {name: list(each.ids[:SHOWN]) for name, each in found.items()}
        asked = Comment.objects.filter(pk__in=shown.pop("questions", [])).order_by("-pk")
        questions = list(asked.values_list("pk", "statement_id", "text"))
        lines = {pk for ids in shown.values() for pk in ids} | {pk for _question, pk, _text in questions}
        fields = ("topic_id", "stance", "text", "refers_to__text", "parent__text")
        self.rows = {row.pop("pk"): row for row in Statement.objects.filter(pk__in=lines).values("pk", *fields)}
        self.items = {name: [self._line(name, pk) for pk in ids] for name, ids in shown.items()}
        self.items["questions"] = [self._question(*question) for question in questions]

    def _line(self, name: str, pk: int) -> Item:
        """An objection is answered where its words stand, which for a link is at its target."""
        row = self.rows[pk]
        words = str(row["text"] or row["refers_to__text"] or "")
        return Item(self.topics[row["topic_id"]], str(pk), row["stance"], words, row["parent__text"] or "")

    def _question(self, pk: int, statement: int, text: str) -> Item:
        row = self.rows[statement]
        return Item(self.topics[row["topic_id"]], str(statement), "", text, str(row["text"]), comment=str(pk))
