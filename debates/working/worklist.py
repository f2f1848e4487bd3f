"""The work list: what debates.analysis finds still open, as lists of lines with their words, as far as they show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from debates.analysis.balance import Balance, Place, balance_of, emptiest_place
from debates.analysis.scope import scope_of
from debates.analysis.whole import Analysis, analyse
from debates.models import Passage, Statement
from debates.tree import MOST_CLAIMS
from debates.working.coverage import Covered, coverage_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debates.analysis.scope import Scope
    from debates.models import Topic
    from debates.working.coverage import Unused
    from debates.working.loading import Loaded

SHOWN = 5
PER_PAGE = 50
MOST_BRANCHES = 20

# The lists by the names they have in addresses, in the order of the page.
LISTS = ("objections", "counter", "reinstated", "untested", "unsupported", "sources", "repeated", "sentences")


class Asked(NamedTuple):
    """What the reader asked for: a branch, their own part, one list in full."""

    branch: int | None = None
    author: int | None = None
    only: str = ""
    page: int = 1

    @property
    def shown(self) -> slice:
        """Which lines of each list."""
        if not self.only:
            return slice(0, SHOWN)
        return slice((self.page - 1) * PER_PAGE, self.page * PER_PAGE)


@dataclass(frozen=True, slots=True)
class Words:
    """A statement as the page names it."""

    pk: str
    text: str
    stance: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: a statement under the one above it, several that rest on the same words, or a sentence."""

    text: str
    line: Words | None = None
    above: str = ""
    below: int = 0
    lines: tuple[Words, ...] = ()
    essay: str = ""
    sentence: Unused | None = None


@dataclass(frozen=True, slots=True)
class Todo:
    """One list: the lines that are shown, of how many."""

    name: str
    items: tuple[Item, ...]
    total: int
    page: int
    last: int  # the number of the last line shown

    @property
    def rest(self) -> int:
        """How many follow on later pages."""
        return self.total - self.last if self.items else 0

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1


@dataclass(frozen=True, slots=True)
class Level:
    """A bar of the histogram: `width` in hundredths of the largest."""

    depth: int
    count: int
    width: int


@dataclass(frozen=True, slots=True)
class WorkList:
    analysis: Analysis
    todos: tuple[Todo, ...]  # those with something in them
    done: tuple[str, ...]  # the names of the lists with nothing in them
    exchange: tuple[Words, ...]
    claims: tuple[Words, ...]
    branches: tuple[Words, ...]  # what stands right below the branch's root
    root: Words | None = None
    above: Words | None = None  # the line above the root
    covered: Covered = field(default_factory=Covered)

    @property
    def levels(self) -> list[Level]:
        most = max(self.analysis.depths, default=1)
        found = enumerate(self.analysis.depths)
        return [Level(depth, count, max(1, 100 * count // most)) for depth, count in found if count]


@dataclass(frozen=True, slots=True)
class MyPart:
    """How the reader's own arguments are spread, and the emptiest place on the side that has fewer of them."""

    lines: int
    balance: Balance
    place: Place | None

    @property
    def arguments(self) -> int:
        return sum(self.balance)


def part_of(loaded: Loaded, author: int | None) -> MyPart:
    scope = scope_of(loaded.forest, author=author)
    if author is None:
        return MyPart(0, Balance(0, 0), None)
    balance = balance_of(loaded.forest, scope.arguments)
    place = emptiest_place(loaded.forest, balance.thin) if balance.thin else None
    return MyPart(len(scope.lines), balance, place)


def work_list(topic: Topic, loaded: Loaded, asked: Asked) -> WorkList:
    """What is open in `topic`. Four queries whatever its size. Raises KeyError where the branch is in no count."""
    scope = scope_of(loaded.forest, root=asked.branch, author=asked.author)
    whole = asked.branch is None and asked.author is None
    covered = coverage_of(topic, loaded.passages) if whole else Covered()
    return _Writer(scope, analyse(scope, loaded.passages), covered, asked).written()


class _Writer:
    """Finds the words of what is shown, and of nothing else."""

    def __init__(self, scope: Scope, analysis: Analysis, covered: Covered, asked: Asked) -> None:
        self.scope, self.analysis, self.covered, self.asked = scope, analysis, covered, asked
        self.records = scope.forest.records
        self.claims = [pk for pk, record in self.records.items() if record.depth == 0][:MOST_CLAIMS]
        replies = () if scope.root is None else scope.forest.replies.get(scope.root, ())
        self.branches = [reply.id for reply in replies if reply.target is None][:MOST_BRANCHES]
        self.lines = self._lines()
        self.shown = {name: ids[asked.shown] for name, ids in self.lines.items()}
        self.repeated = analysis.repeated[asked.shown]
        self.words = self._words()

    def _lines(self) -> dict[str, tuple[int, ...]]:
        """The ids of each list of statements."""
        found, objections, again = self.analysis, self.analysis.open_objections, self.analysis.reinstated
        mine = self.asked.author is not None  # objections to one's own lines are one list, whatever their side
        return {
            "objections": objections.for_it + (objections.against_it if mine else ()),
            "counter": () if mine else objections.against_it,
            "reinstated": again.for_it + again.against_it,
            "untested": found.untested,
            "unsupported": found.unsupported,
            "sources": tuple(resting.id for resting in found.unsourced),
        }

    def _words(self) -> dict[int, Words]:
        """The words of every statement that is named on the page. One query."""
        below = [pk for ids in self.shown.values() for pk in ids] + [self.scope.root or 0]
        above = [record.parent for pk in below if (record := self.records.get(pk)) and record.parent]
        twice = [pk for each in self.repeated for pk in each.statements[:SHOWN]]
        named = {*self.claims, *self.branches, *self.analysis.longest_exchange, *below, *above, *twice}
        rows = Statement.objects.filter(pk__in=named).values_list("pk", "text", "refers_to__text", "stance")
        return {pk: Words(str(pk), text or target or "", stance) for pk, text, target, stance in rows}

    def _known(self, ids: Iterable[int]) -> tuple[Words, ...]:
        return tuple(self.words[pk] for pk in ids)

    def written(self) -> WorkList:
        todos = {todo.name: todo for todo in self._todos()}
        root = self.records.get(self.scope.root or 0)
        return WorkList(
            analysis=self.analysis,
            todos=tuple(todo for todo in todos.values() if todo.total and self.asked.only in ("", todo.name)),
            done=tuple(name for name, todo in todos.items() if not todo.total),
            exchange=self._known(self.analysis.longest_exchange),
            claims=self._known(self.claims),
            branches=self._known(self.branches),
            root=root and self.words[root.id],
            above=self.words[root.parent] if root and root.parent else None,
            covered=self.covered,
        )

    def _todos(self) -> Iterable[Todo]:
        """Every list, empty or not, in the order of LISTS."""
        sizes = dict(self.analysis.unsourced)
        for name, ids in self.lines.items():
            items = [self._item(pk, sizes.get(pk, 0)) for pk in self.shown[name]]
            yield self._todo(name, items, len(ids))
        yield self._todo("repeated", self._repeated(), len(self.analysis.repeated))
        unused = [(essay.pk, sentence) for essay in self.covered.essays for sentence in essay.unused]
        sentences = [Item(each.text, essay=pk, sentence=each) for pk, each in unused[self.asked.shown]]
        yield self._todo("sentences", sentences, len(unused))

    def _todo(self, name: str, items: Sequence[Item], total: int) -> Todo:
        return Todo(name, tuple(items), total, self.asked.page, self.asked.shown.start + len(items))

    def _item(self, pk: int, below: int) -> Item:
        parent = self.records[pk].parent
        line = self.words[pk]
        return Item(line.text, line, self.words[parent].text if parent else "", below)

    def _repeated(self) -> list[Item]:
        """The words of the passages with what rests on them. One query, none where there are none."""
        ids = [each.id for each in self.repeated]
        quotes = dict(Passage.objects.filter(pk__in=ids).values_list("pk", "quote")) if ids else {}
        return [
            Item(quotes.get(each.id, ""), lines=self._known(each.statements[:SHOWN]), essay=str(each.essay))
            for each in self.repeated
        ]
