"""Sources: pasted, changed, brought in from a file, and the reference list of a topic."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Source, Statement, Topic
from tests.conftest import LogIn
from tests.factories import make_member, make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def lines(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, "Nine is better\n  + they sleep\n  - the bus leaves")


@pytest.fixture
def line(lines: dict[str, Statement]) -> Statement:
    return lines["they sleep"]


def values(response: Response) -> dict[str, str]:
    """What stands in the fields of the form, the chosen ones of the lists too."""
    tree = dom(response)
    found = {each.get("name", ""): each.get("value", "") for each in tree.iter("input") if each.get("name")}
    for choice in tree.iter("select"):
        chosen = [each.get("value", "") for each in choice.iter("option") if each.get("selected") is not None]
        found[choice.get("name", "")] = (chosen or [""])[0]
    return found


def sources_of(line: Statement) -> list[str]:
    return list(line.sources.order_by("pk").values_list("title", flat=True))


# -- pasting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_pasted_doi_is_put_in_its_place(line: Statement, bob: User, log_in: LogIn, headers: dict[str, str]) -> None:
    typed = {"pasted": "https://doi.org/10.1000/ABC", "look": "on", "title": "A study", "quotation": "Nine hours."}

    response = log_in(bob).post(reverse("statement-sources", args=[line.pk]), typed, headers=headers)

    assert (response.status_code, is_fragment(response)) == (200, bool(headers))
    shown = values(response)
    assert (shown["doi"], shown["url"], shown["pasted"], shown["medium"]) == ("10.1000/abc", "", "", "article-journal")
    assert (shown["title"], text(by_id(response, "id_quotation"))) == ("A study", "Nine hours.")
    assert not Source.objects.exists()


def test_enter_after_pasting_puts_it_in_its_place(line: Statement, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(reverse("statement-sources", args=[line.pk]), {"pasted": "example.org/a", "title": ""})

    assert response.status_code == 200
    assert (values(response)["url"], values(response)["medium"]) == ("https://example.org/a", "webpage")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"pasted": "doi:10.1000/182"}, ("", "10.1000/182", "article-journal")),
        ({"pasted": "HTTPS://Example.org/a?utm_source=b"}, ("https://example.org/a", "", "webpage")),
        ({"url": "https://doi.org/10.1000/182"}, ("", "10.1000/182", "document")),
        ({"pasted": "https://example.org/a", "medium": "book"}, ("https://example.org/a", "", "book")),
        ({"pasted": "https://example.org/a", "url": "https://example.org/b"}, ("https://example.org/b", "", "webpage")),
        ({"doi": "DOI 10.1000/182"}, ("", "10.1000/182", "document")),
        ({"doi": "unsure"}, ("", "unsure", "document")),
    ],
)
def test_pasted_text_is_stored_where_it_belongs(
    line: Statement, bob: User, log_in: LogIn, typed: dict[str, str], stored: tuple[str, ...]
) -> None:
    log_in(bob).post(reverse("statement-sources", args=[line.pk]), {"title": "A study"} | typed)

    source = Source.objects.get()
    assert (source.url, source.doi, source.medium) == stored


def test_what_is_neither_address_nor_doi_is_given_back(line: Statement, bob: User, log_in: LogIn) -> None:
    typed = {"pasted": "what my teacher said", "title": "A study", "author": "Ann"}

    response = log_in(bob).post(reverse("statement-sources", args=[line.pk]), typed)

    assert response.status_code == 422
    assert texts(dom(response), "error") == [
        "This is no address and no DOI. One begins with https://, the other with 10. as in 10.1000/182."
    ]
    assert values(response).items() >= typed.items()
    assert not Source.objects.exists()


def test_what_a_source_lacks_is_said_and_not_filled_in(line: Statement, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)

    browser.post(reverse("statement-sources", args=[line.pk]), {"title": "A study", "author": "Kim, Minsu"})

    said = text(by_class(dom(browser.get(line.get_absolute_url())), "messages")[0])
    assert "The source is added. No date: the list has to say that there is none." in said
    assert Source.objects.get().published == ""


# -- changing --------------------------------------------------------------------------------------------------------


def test_source_is_changed_and_the_change_undone(line: Statement, bob: User, log_in: LogIn, topic: Topic) -> None:
    source = line.cite(by=bob, title="A study", author="Ann")
    browser, address = log_in(bob), reverse("source", args=[source.pk])
    shown = values(browser.get(address))

    response = browser.post(address, {"title": "Another study", "author": "Ann", "version": shown["version"]})

    assert (response.status_code, response["Location"]) == (303, f"{line.get_absolute_url()}#sources")
    source.refresh_from_db()
    assert (source.title, source.author, source.version) == ("Another study", "Ann", 2)
    change = topic.changes.order_by("-number")[0]
    assert (change.verb, change.actor) == ("recite", bob)
    browser.post(reverse("change-undo", args=[topic.slug, change.number]))
    source.refresh_from_db()
    assert source.title == "A study"


def test_card_of_a_source_gives_all_it_says(line: Statement, bob: User, log_in: LogIn) -> None:
    said = dict.fromkeys(Source.FIELDS, "7") | {
        "kind": "data", "medium": "book", "url": "https://example.org/", "quotation": "", "title": "A study",
    }  # fmt: skip
    source = line.cite(by=bob, **said)

    shown = values(log_in(bob).get(reverse("source", args=[source.pk])))

    assert shown.items() >= {name: value for name, value in said.items() if name != "quotation"}.items()


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_meanwhile_changed_source_is_shown_beside_what_was_typed(
    line: Statement, alice: User, bob: User, log_in: LogIn, headers: dict[str, str]
) -> None:
    source = line.cite(by=bob, title="A study")
    line.recite(source, by=alice, title="Alice’s study")

    response = log_in(bob).post(
        reverse("source", args=[source.pk]), {"title": "Bob’s study", "version": 1}, headers=headers
    )

    assert (response.status_code, is_fragment(response)) == (409, bool(headers))
    assert values(response).items() >= {"title": "Bob’s study", "version": "2"}.items()
    assert "Alice’s study" in text(by_class(dom(response), "notice")[0])
    source.refresh_from_db()
    assert source.title == "Alice’s study"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"title": "", "version": 1}, 422),
        ({"title": "B"}, 422),
        ({"title": "B", "url": "ftp://a.b", "version": 1}, 422),
    ],
)
def test_change_that_cannot_be_is_given_back(
    line: Statement, bob: User, log_in: LogIn, fields: dict[str, Any], status: int
) -> None:
    source = line.cite(by=bob, title="A study")

    response = log_in(bob).post(reverse("source", args=[source.pk]), fields)

    assert response.status_code == status
    assert sources_of(line) == ["A study"]


def test_outsider_changes_no_source(line: Statement, alice: User, charlie: User, log_in: LogIn, topic: Topic) -> None:
    source = line.cite(by=alice, title="A study")
    address = reverse("source", args=[source.pk])

    assert log_in(charlie).post(address, {"title": "B", "version": 1}).status_code == 403
    topic.revise(by=alice, visibility="private")
    assert log_in(charlie).get(address).status_code == 404
    assert Client().post(address, {"title": "B", "version": 1}).status_code == 404
    assert sources_of(line) == ["A study"]


def test_source_that_was_taken_away_meanwhile_is_gone(line: Statement, bob: User, log_in: LogIn) -> None:
    source = line.cite(by=bob, title="A study")
    line.uncite(source, by=bob)

    assert log_in(bob).post(reverse("source", args=[source.pk]), {"title": "B", "version": 1}).status_code == 404


# -- a file of them --------------------------------------------------------------------------------------------------

ITEMS = [
    {"type": "book", "title": "A study", "author": [{"family": "Kim", "given": "Minsu"}], "issued": {"raw": "2020"}},
    {"type": "webpage", "title": "A page", "URL": "https://example.org/?utm_source=x"},
]


@pytest.mark.parametrize("as_file", [True, False])
def test_sources_come_in_from_a_file(line: Statement, bob: User, log_in: LogIn, as_file: bool) -> None:
    content = json.dumps(ITEMS)
    sent = {"file": SimpleUploadedFile("a.json", content.encode())} if as_file else {"text": content}

    response = log_in(bob).post(reverse("statement-sources-file", args=[line.pk]), sent)

    assert (response.status_code, response["Location"]) == (303, f"{line.get_absolute_url()}#sources")
    rows = list(Source.objects.order_by("pk").values_list("title", "author", "published", "url", "medium", "added_by"))
    assert rows == [
        ("A study", "Kim, Minsu", "2020", "", "book", bob.pk),
        ("A page", "", "", "https://example.org/", "webpage", bob.pk),
    ]
    assert line.changes.filter(verb="cite").count() == 2


def test_what_the_line_has_already_is_not_doubled(line: Statement, bob: User, log_in: LogIn) -> None:
    browser, address = log_in(bob), reverse("statement-sources-file", args=[line.pk])
    line.cite(by=bob, title="A study", author="Kim, Minsu")

    for _time in range(2):
        browser.post(address, {"text": json.dumps([*ITEMS, ITEMS[0]])})

    assert sources_of(line) == ["A study", "A page"]
    said = text(by_class(dom(browser.get(line.get_absolute_url())), "messages")[0])
    assert "1 source is added. 2 stood here already." in said
    assert "0 sources are added. 3 stood here already." in said


@pytest.mark.parametrize("content", ["", "[]", "@book{x}", '{"items": 3}', "[" * 400])
def test_what_is_no_such_file_is_refused(line: Statement, bob: User, log_in: LogIn, content: str) -> None:
    response = log_in(bob).post(reverse("statement-sources-file", args=[line.pk]), {"text": content})

    assert response.status_code == 422
    assert len(texts(dom(response), "error")) == 1
    assert text(by_id(response, "id_text")) == content
    assert not Source.objects.exists()


def test_file_that_is_too_large_is_refused(line: Statement, bob: User, log_in: LogIn) -> None:
    large = SimpleUploadedFile("a.json", b" " * 1_000_001)

    response = log_in(bob).post(reverse("statement-sources-file", args=[line.pk]), {"file": large})

    assert (response.status_code, texts(dom(response), "error")) == (422, ["The file is larger than 1 MB."])


def test_visitor_brings_sources_in_once_they_said_who_they_are(line: Statement, topic: Topic, alice: User) -> None:
    topic.revise(by=alice, visitor_role="writer")
    browser = Client()
    sent = {"file": SimpleUploadedFile("a.json", json.dumps(ITEMS).encode())}

    asked = browser.post(reverse("statement-sources-file", args=[line.pk]), sent)
    browser.post(reverse("who-guest"))

    assert asked["Location"].startswith("/who/")
    assert sources_of(line) == ["A study", "A page"]


# -- the list --------------------------------------------------------------------------------------------------------


def cite_some(lines: dict[str, Statement], by: User) -> None:
    article = {
        "title": "Sleep & school",
        "author": "Wheaton, Anne",
        "medium": "article-journal",
        "doi": "10.1111/josh.1",
    }
    lines["they sleep"].cite(by=by, **article, published="2016", locator="p. 3")
    lines["the bus leaves"].cite(by=by, title="Sleep and school", doi="https://doi.org/10.1111/JOSH.1")
    lines["the bus leaves"].cite(by=by, title="<b>Timetable</b>", author="Ministry of Buses", published="2024")


def test_work_is_listed_once_with_the_lines_that_rest_on_it(
    lines: dict[str, Statement], topic: Topic, alice: User
) -> None:
    cite_some(lines, alice)

    tree = dom(Client().get(reverse("topic-sources", args=[topic.slug])))

    assert texts(tree, "reference__words") == [
        "Ministry of Buses. (2024). <b>Timetable</b>.",
        "Wheaton, A. (2016). Sleep & school. https://doi.org/10.1111/josh.1",
    ]
    uses = [[(link.get("href"), text(link)) for link in each.iter("a")] for each in by_class(tree, "reference__uses")]
    sleep, bus = (f"/statements/{lines[words].pk}/#sources" for words in ("they sleep", "the bus leaves"))
    assert uses == [[(bus, "the bus leaves")], [(sleep, "they sleep"), (bus, "the bus leaves")]]
    assert [text(each) for each in by_class(tree, "reference__lacks")] == [
        "The title of the journal is missing. The volume of the journal is missing."
    ]


@pytest.mark.parametrize(
    ("style", "heading", "first"),
    [
        ("apa", "References", "Ministry of Buses. (2024)."),
        ("mla", "Works Cited", "Ministry of Buses. “<b>timetable</b>.” 2024."),
        ("chicago", "References", "Ministry of Buses. 2024."),
        ("chicago-notes", "Bibliography", "Ministry of Buses. <b>timetable</b>. 2024."),
        ("harvard", "References", "Ministry of Buses. (2024)."),
    ],
)
def test_style_is_chosen_in_the_address(
    lines: dict[str, Statement], topic: Topic, alice: User, style: str, heading: str, first: str
) -> None:
    cite_some(lines, alice)

    response = Client().get(reverse("topic-sources", args=[topic.slug]), {"style": style})

    assert text(by_id(response, "references-title")) == heading
    assert texts(dom(response), "reference__words")[0].casefold().startswith(first.casefold())


def test_sources_of_lines_that_do_not_show_are_not_listed(
    lines: dict[str, Statement], topic: Topic, alice: User, bob: User
) -> None:
    cite_some(lines, alice)
    lines["the bus leaves"].withdraw(by=alice)
    suggested = lines["Nine is better"].add_argument("supports", "Perhaps", by=bob, suggested=True)
    Source.objects.create(statement=suggested, title="Not yet")

    page = dom(Client().get(reverse("topic-sources", args=[topic.slug])))
    file = Client().get(reverse("topic-sources-file", args=[topic.slug, "txt"])).content.decode()

    assert len(by_class(page, "reference")) == 1
    assert "Timetable" not in file
    assert "Not yet" not in file


def test_topic_without_sources_says_so(topic: Topic, lines: dict[str, Statement]) -> None:
    response = Client().get(reverse("topic-sources", args=[topic.slug]))

    assert response.status_code == 200
    assert len(by_class(dom(response), "empty")) == 1
    assert not by_class(dom(response), "references")


def test_list_costs_the_same_whatever_its_size(lines: dict[str, Statement], topic: Topic, alice: User) -> None:
    counts: list[int] = []
    for _more in range(2):
        cite_some(lines, alice)
        lines["they sleep"].cite(by=alice, title=f"Study {len(counts)}", author="Kim, Minsu")
        with data_queries() as asked:
            assert Client().get(reverse("topic-sources", args=[topic.slug])).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 4


def test_lines_to_bring_sources_in_for_are_offered_to_writers(
    lines: dict[str, Statement], topic: Topic, alice: User, bob: User, log_in: LogIn
) -> None:
    address = reverse("topic-sources", args=[topic.slug])

    found = by_id(log_in(bob).get(address, {"q": "bus"}), "bringing")

    offered = [each.get("href") for each in found.iter("a")]
    assert offered == [reverse("statement-sources-file", args=[lines["the bus leaves"].pk])]
    topic.revise(by=alice, visitor_role="viewer")
    assert not [each for each in dom(Client().get(address)).iter() if each.get("id") == "bringing"]


def test_header_of_a_topic_leads_to_its_sources(topic: Topic) -> None:
    page = dom(Client().get(topic.get_absolute_url()))

    assert reverse("topic-sources", args=[topic.slug]) in [each.get("href") for each in page.iter("a")]


@pytest.mark.parametrize(
    ("extension", "kind"),
    [("json", "application/vnd.citationstyles.csl+json"), ("txt", "text/plain"), ("md", "text/markdown")],
)
def test_list_leaves_as_a_file(
    lines: dict[str, Statement], topic: Topic, alice: User, extension: str, kind: str
) -> None:
    cite_some(lines, alice)

    response = Client().get(reverse("topic-sources-file", args=[topic.slug, extension]), {"style": "mla"})

    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{topic.slug}-sources.{extension}"'
    assert "sandbox" in response["Content-Security-Policy"]
    assert "Ministry of Buses" in response.content.decode()


def test_files_say_what_the_page_says(lines: dict[str, Statement], topic: Topic, alice: User) -> None:
    cite_some(lines, alice)
    plain, marked, items = (
        Client().get(reverse("topic-sources-file", args=[topic.slug, each])).content.decode()
        for each in ("txt", "md", "json")
    )

    assert plain.split("\n\n")[:2] == ["References", "Ministry of Buses. (2024). <b>Timetable</b>."]
    assert marked.split("\n\n")[:2] == ["## References", r"Ministry of Buses. (2024). *\<b\>Timetable\</b\>*."]
    assert [(item["type"], item["title"]) for item in json.loads(items)] == [
        ("article-journal", "Sleep & school"), ("document", "<b>Timetable</b>"),
    ]  # fmt: skip


@pytest.mark.parametrize("extension", ["exe", "jsonx", "JSON"])
def test_there_is_no_other_file(topic: Topic, extension: str) -> None:
    assert Client().get(f"/topics/{topic.slug}/sources.{extension}").status_code == 404
