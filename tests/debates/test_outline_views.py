"""The outline: the whole tree, one branch, and the lines that ask for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from debates.branches import LINES_AT_ONCE, SIBLINGS_AT_ONCE
from debates.filters import FILTERS, FOUND_AT_ONCE
from debates.models import Statement, Topic
from tests.debates.large import bushy, grow
from tests.factories import make_member, make_topic, make_tree, make_votes
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from accounts.models import User
    from tests.conftest import LogIn
    from tests.markup import Response

TREE = """
Four days are enough
  + Rest helps learning
    - Rest is not free
      + Somebody pays
        - Not always
  - Parents work five days
    - Schools can look after children
Five days are few
"""


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> dict[str, Statement]:
    return make_tree(topic, bob, TREE)


def outline(topic: Topic, query: str = "") -> str:
    return reverse("topic-outline", args=[topic.slug]) + query


def branch(statement: Statement, query: str = "") -> str:
    return reverse("statement-branch", args=[statement.pk]) + query


def lines(response: Response) -> list[str]:
    """The words of every line in the page, shown or shut."""
    return texts(dom(response), "outline__text")


def shut(response: Response) -> set[str | None]:
    """The ids of the branches that are in the page and not shown, or not in it yet."""
    return {each.get("id") for each in dom(response).iter("ul") if "hidden" in each.attrib}


def found(response: Response) -> list[str]:
    """The words of the lines that a filter found."""
    return [text(link) for each in by_class(dom(response), "reading") for link in each.findall(".//a[@data-line-link]")]


# -- the whole tree -------------------------------------------------------------------------------------------------


def test_outline_nests_every_line_of_the_topic(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(outline(topic))

    assert [text(heading) for heading in by_id(response, "outline").iter("h2")] == [
        "Four days are enough", "Five days are few",
    ]  # fmt: skip
    assert lines(response) == [
        "Rest helps learning", "Rest is not free", "Somebody pays", "Not always", "Parents work five days",
        "Schools can look after children",
    ]  # fmt: skip
    below = by_id(response, f"ob-{tree['Parents work five days'].pk}")
    assert [text(each) for each in by_class(below, "outline__text")] == ["Schools can look after children"]


def test_line_says_its_word_level_and_counts(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(outline(topic))

    line = by_id(response, f"o-{tree['Rest is not free'].pk}")
    assert texts(line, "stance") == ["But, level 2"]
    assert texts(line, "count") == ["1 supporting", "0 opposing"]
    assert texts(line, "open-mark") == ["Not answered yet"]


def test_only_what_hurts_the_claim_waits_for_an_answer(
    client: Client, topic: Topic, tree: dict[str, Statement]
) -> None:
    response = client.get(outline(topic, "?levels=all"))

    marked = [text(each) for each in by_class(dom(response), "outline__line") if by_class(each, "open-mark")]
    assert [line.split(", level")[0] for line in marked] == ["But"]
    assert "Rest is not free" in marked[0]


@pytest.mark.parametrize(
    ("levels", "hidden"),
    [
        ("1", {"Rest helps learning", "Rest is not free", "Somebody pays", "Parents work five days"}),
        ("2", {"Rest is not free", "Somebody pays"}),
        ("3", {"Somebody pays"}),
        ("all", set()),
        ("nonsense", {"Somebody pays"}),
    ],
)
def test_levels_say_how_much_is_open(
    client: Client, topic: Topic, tree: dict[str, Statement], levels: str, hidden: set[str]
) -> None:
    response = client.get(outline(topic, f"?levels={levels}"))

    assert shut(response) == {f"ob-{tree[words].pk}" for words in hidden}
    toggles = by_class(dom(response), "outline__toggle")
    assert sum(toggle.get("aria-expanded") == "false" for toggle in toggles) == len(hidden)


def test_shut_branch_is_one_link_away_without_scripts(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(outline(topic, "?levels=1"))

    [toggle] = by_class(by_id(response, f"o-{tree['Rest helps learning'].pk}"), "outline__toggle")
    page = client.get(toggle.get("href", ""))
    assert lines(page) == ["Rest is not free", "Somebody pays", "Not always"]


def test_one_claim_alone_has_its_score_and_counts(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(outline(topic, f"?claim={tree['Four days are enough'].pk}"))

    page = dom(response)
    assert texts(page, "claim__label") == ["Claim 1 of 2"]
    assert len(lines(response)) == 6
    [score] = by_class(page, "score")
    assert "3 pointing up for the claim, 3 pointing down against it." in score.get("aria-label", "")
    [claim] = by_class(page, "claim")
    assert [text(each) for each in by_class(claim, "facts")[0]] == ["6 arguments", "4 levels", "1 open objection"]


@pytest.mark.parametrize("claim", ["0", "x", "99999999999999999999"])
def test_unknown_claim_is_not_found(client: Client, topic: Topic, tree: object, claim: str) -> None:
    assert client.get(outline(topic, f"?claim={claim}")).status_code == 404


def test_argument_is_no_claim(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    assert client.get(outline(topic, f"?claim={tree['Rest helps learning'].pk}")).status_code == 404


def test_topic_without_claims_says_so(client: Client, topic: Topic) -> None:
    response = client.get(outline(topic))

    assert texts(dom(response), "empty")[0].startswith("No claim yet")


def test_sort_orders_siblings(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    make_votes(tree["Parents work five days"], 4, 4, 4)
    topic.revise(by=topic.created_by, votes_shown="always")  # type: ignore[arg-type]

    response = client.get(outline(topic, f"?claim={tree['Four days are enough'].pk}&sort=votes"))

    assert lines(response)[0] == "Parents work five days"
    assert client.get(outline(topic, "?sort=nonsense")).status_code == 200


def test_fragment_of_the_outline_is_the_list_alone(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(outline(topic), headers=PARTIAL)

    assert is_fragment(response)
    assert len(lines(response)) == 6


def test_reader_who_may_write_can_answer_each_line_by_key(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    line = tree["Somebody pays"]
    address = reverse("statement", args=[line.pk])

    links = list(by_id(client.get(outline(topic)), f"o-{line.pk}").iter("a"))

    added = {link.get("data-add"): link.get("href") for link in links}
    assert added["supports"] == f"{address}?add=supports"
    assert added["opposes"] == f"{address}?add=opposes"
    topic.close(by=alice)
    assert by_id(client.get(outline(topic)), f"o-{line.pk}").findall(".//a[@data-add]") == []


def test_words_are_escaped(client: Client, topic: Topic, bob: User) -> None:
    hostile = '<script>alert(1)</script> & "quotes" 100% {{ x }} %(text)s'
    make_tree(topic, bob, "A claim\n  + Because")["Because"].add_argument("opposes", hostile, by=bob)

    response = client.get(outline(topic, "?levels=all"))

    assert lines(response) == ["Because", hostile]
    assert by_id(response, "outline").find(".//script") is None


# -- what is taken back, waits, or stands twice ---------------------------------------------------------------------


def test_withdrawn_line_keeps_its_place_and_loses_its_words(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    tree["Rest is not free"].withdraw(by=bob)
    tree["Schools can look after children"].withdraw(by=bob)

    response = client.get(outline(topic, "?levels=all"))

    assert lines(response) == [
        "Rest helps learning", "Withdrawn by its author", "Somebody pays", "Not always", "Parents work five days",
    ]  # fmt: skip
    assert "Rest is not free" not in response.content.decode()


def test_removed_line_keeps_its_place(client: Client, topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["Rest helps learning"].remove(by=alice)

    assert lines(client.get(outline(topic)))[0] == "Removed by a moderator"


@pytest.mark.parametrize("query", ["", "?levels=all", *(f"?show={name}" for name in FILTERS if name != "mine")])
def test_suggestion_does_not_show(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User, query: str
) -> None:
    before = text(dom(client.get(outline(topic, query))))

    tree["Somebody pays"].add_argument("opposes", "A quiet idea", by=bob, suggested=True)
    topic.add_claim("A quiet claim", by=bob, suggested=True)

    assert text(dom(client.get(outline(topic, query)))) == before


def test_suggestion_does_not_show_in_a_branch(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    tree["Not always"].add_argument("opposes", "A quiet idea", by=bob, suggested=True)

    response = client.get(branch(tree["Not always"]), headers=PARTIAL)

    assert lines(response) == []
    assert "quiet" not in response.content.decode()


def test_link_leads_to_the_one_branch_and_does_not_repeat_it(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    target = tree["Parents work five days"]
    link = target.link_under(tree["Five days are few"], stance="supports", by=bob)

    line = by_id(client.get(outline(topic)), f"o-{link.pk}")

    assert texts(line, "outline__text") == ["Parents work five days"]
    assert "stands elsewhere too" in text(line)
    assert by_class(line, "outline__toggle") == []
    assert line.find(".//a[@data-line-link]").get("href") == reverse("statement", args=[target.pk])  # type: ignore[union-attr]


# -- one branch -----------------------------------------------------------------------------------------------------


def test_branch_is_a_fragment_for_the_outline(client: Client, tree: dict[str, Statement]) -> None:
    top = tree["Rest helps learning"]

    response = client.get(branch(top), headers=PARTIAL)

    assert is_fragment(response)
    assert by_id(response, f"ob-{top.pk}").tag == "ul"
    assert "hidden" not in by_id(response, f"ob-{top.pk}").attrib
    assert lines(response) == ["Rest is not free", "Somebody pays", "Not always"]
    assert texts(dom(response), "open-mark") == ["Not answered yet"]


def test_branch_page_shows_the_lines_above(client: Client, tree: dict[str, Statement]) -> None:
    response = client.get(branch(tree["Rest is not free"]))

    [path] = by_class(dom(response), "breadcrumb")
    assert [text(item) for item in path.iter("li")] == [
        "TopicThe whole outline", "ClaimFour days are enough", "Because Rest helps learning",
    ]  # fmt: skip
    assert text(by_id(response, "branch-title")) == "Rest is not free"
    assert lines(response) == ["Somebody pays", "Not always"]


def test_branch_page_of_a_leaf_says_that_nothing_is_below(client: Client, tree: dict[str, Statement]) -> None:
    response = client.get(branch(tree["Not always"]))

    assert lines(response) == []
    assert "Nothing stands below this line yet." in text(dom(response))


def test_large_topic_is_complete_through_its_branches(client: Client, topic: Topic, alice: User) -> None:
    made = grow(topic, alice, bushy(450))

    response = client.get(outline(topic))
    met = set(lines(response)) | {text(heading) for heading in by_id(response, "outline").iter("h2")}
    assert len(met) <= LINES_AT_ONCE
    waiting = [each.get("hx-get") for each in by_class(dom(response), "outline__toggle") if each.get("hx-get")]
    while waiting:
        fragment = client.get(waiting.pop() or "", headers=PARTIAL)
        met |= set(lines(fragment))
        waiting += [each.get("hx-get") for each in by_class(dom(fragment), "outline__toggle") if each.get("hx-get")]

    assert met == {statement.text for statement in made}


def test_line_with_many_replies_gives_them_in_pages(client: Client, topic: Topic, alice: User) -> None:
    count = 2 * SIBLINGS_AT_ONCE + 30
    claim, *arguments = grow(topic, alice, [None, *[0] * count])

    met: list[str] = []
    address: str | None = outline(topic, f"?claim={claim.pk}")
    sizes = []
    while address:
        response = client.get(address, headers=PARTIAL)
        sizes.append(len(lines(response)))
        met += lines(response)
        rest = by_class(dom(response), "outline__more")
        address = rest[0].find("a").get("hx-get") if rest else None  # type: ignore[union-attr]

    assert sizes == [SIBLINGS_AT_ONCE, SIBLINGS_AT_ONCE, 30]
    assert met == [argument.text for argument in arguments]


def test_whole_outline_shows_the_first_arguments_of_each_claim(client: Client, topic: Topic, alice: User) -> None:
    first, second, *_arguments = grow(topic, alice, [None, None, *[0] * 230, *[1] * 40])

    response = client.get(outline(topic))

    shown = [len(by_class(by_id(response, f"ob-{claim.pk}"), "outline__text")) for claim in (first, second)]
    assert shown == [SIBLINGS_AT_ONCE // 2, 40]
    [rest] = by_class(dom(response), "outline__more")
    assert text(rest) == "180 more"
    assert rest.find("a").get("href") == f"?claim={first.pk}"  # type: ignore[union-attr]


def test_more_claims_than_fit_stand_on_further_pages(client: Client, topic: Topic, alice: User) -> None:
    grow(topic, alice, [None] * (SIBLINGS_AT_ONCE + 20))

    first, second = client.get(outline(topic)), client.get(outline(topic, "?page=2"))

    counts = [len(list(by_id(response, "outline").iter("h2"))) for response in (first, second)]
    assert counts == [SIBLINGS_AT_ONCE, 20]


# -- lines that ask for something -----------------------------------------------------------------------------------


def test_unanswered_lists_objections_against_the_claim(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    assert found(client.get(outline(topic, "?show=unanswered"))) == ["Rest is not free"]

    tree["Rest is not free"].add_argument("opposes", "It costs nothing", by=bob)

    response = client.get(outline(topic, "?show=unanswered"))
    assert found(response) == []
    assert texts(dom(response), "empty") == ["Every objection has an answer. Is there a stronger one?"]


def test_unanswered_agrees_with_the_marks_of_the_outline(client: Client, topic: Topic, alice: User) -> None:
    grow(topic, alice, bushy(120))

    listed = client.get(outline(topic, "?show=unanswered"))
    page = client.get(outline(topic, "?levels=all"))

    marked = [each for each in by_class(dom(page), "outline__line") if by_class(each, "open-mark")]
    assert set(found(listed)) == {texts(each, "outline__text")[0] for each in marked}
    assert marked


def test_unsourced_lists_arguments_that_rest_on_nothing(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    tree["Rest helps learning"].cite(by=alice, title="Sleep")

    assert found(client.get(outline(topic, "?show=unsourced"))) == [
        "Parents work five days", "Rest is not free", "Schools can look after children", "Somebody pays", "Not always",
    ]  # fmt: skip


def test_mine_lists_what_the_reader_wrote(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User, bob: User, log_in: LogIn
) -> None:
    tree["Somebody pays"].add_argument("supports", "We all do", by=alice)
    tree["Somebody pays"].add_argument("supports", "Maybe the state", by=alice, suggested=True)

    response = log_in(alice).get(outline(topic, "?show=mine"))

    assert found(response) == ["Maybe the state", "We all do"]
    assert "Suggested, waiting for an editor" in text(dom(response))
    assert len(found(log_in(bob).get(outline(topic, "?show=mine")))) == 8
    assert found(client.get(outline(topic, "?show=mine"))) == []


def test_newest_lists_the_last_line_first_with_the_line_above(
    client: Client, topic: Topic, tree: dict[str, Statement]
) -> None:
    response = client.get(outline(topic, "?show=newest"))

    assert found(response)[:2] == ["Five days are few", "Schools can look after children"]
    assert texts(dom(response), "reading__parent")[0] == "Parents work five days"


def test_line_above_that_was_taken_back_is_not_told(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    tree["Parents work five days"].withdraw(by=bob)

    response = client.get(outline(topic, "?show=newest"))

    assert "Schools can look after children" in found(response)
    assert "Parents work five days" not in response.content.decode()


@pytest.mark.parametrize("name", FILTERS)
def test_filter_below_one_claim_leaves_the_others_out(
    topic: Topic, tree: dict[str, Statement], bob: User, log_in: LogIn, name: str
) -> None:
    tree["Five days are few"].add_argument("opposes", "They are many", by=bob)

    response = log_in(bob).get(outline(topic, f"?show={name}&claim={tree['Five days are few'].pk}"))

    assert set(found(response)) - {"Five days are few"} == {"They are many"}


def test_filter_gives_its_lines_in_pages(client: Client, topic: Topic, alice: User) -> None:
    made = grow(topic, alice, bushy(FOUND_AT_ONCE + 20))

    first = client.get(outline(topic, "?show=newest"))
    second = client.get(outline(topic, "?show=newest&page=2"))
    third = client.get(outline(topic, "?show=newest&page=3"))

    assert found(first) + found(second) == [statement.text for statement in reversed(made)]
    assert texts(dom(third), "empty") == ["There are no more."]
    assert client.get(outline(topic, "?show=newest&page=x")).status_code == 200


# -- who may read, and what it costs --------------------------------------------------------------------------------


def test_private_topic_is_not_found_by_others(
    topic: Topic, tree: dict[str, Statement], charlie: User, log_in: LogIn
) -> None:
    Topic.objects.update(visibility="private")

    for person in (Client(), log_in(charlie)):
        assert person.get(outline(topic)).status_code == 404
        assert person.get(outline(topic, "?show=newest")).status_code == 404
        assert person.get(branch(tree["Somebody pays"])).status_code == 404
        assert person.get(branch(tree["Somebody pays"]), headers=PARTIAL).status_code == 404


def test_outline_takes_no_writes(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    assert client.post(outline(topic)).status_code == 405
    assert client.post(branch(tree["Somebody pays"])).status_code == 405


@pytest.mark.parametrize("query", ["", "?levels=all", "?claim=", *(f"?show={name}" for name in FILTERS)])
def test_outline_costs_the_same_queries_whatever_the_size(topic: Topic, alice: User, log_in: LogIn, query: str) -> None:
    grow(topic, alice, bushy(30))
    other = make_topic(alice, visibility="public")
    grow(other, alice, bushy(300))
    browser = log_in(alice)

    counts = []
    for each in (topic, other):
        claim = Statement.objects.filter(topic=each, parent=None).earliest("pk")
        with data_queries() as asked:
            assert browser.get(outline(each, query.replace("claim=", f"claim={claim.pk}"))).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12


def test_branch_costs_the_same_queries_whatever_the_size(topic: Topic, alice: User, log_in: LogIn) -> None:
    small = grow(topic, alice, bushy(30))[0]
    large = grow(topic, alice, bushy(300))[0]
    browser = log_in(alice)

    for headers, most in ((PARTIAL, 10), ({}, 12)):
        counts = []
        for top in (small, large):
            with data_queries() as asked:
                assert browser.get(branch(top), headers=headers).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1] <= most
