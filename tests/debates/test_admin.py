"""The debates in the admin site: found and hidden, never broken, and nobody's vote is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Membership, ShareLink, Statement, Topic
from tests.factories import make_topic, make_tree, make_votes

type LogIn = Callable[[User], Client]

MODELS = sorted(model._meta.model_name or "" for model in admin.site._registry if model._meta.app_label == "debates")
LOOK_ONLY = sorted(set(MODELS) - {"topic", "membership"})


@pytest.fixture
def root(db: None, log_in: LogIn) -> Client:
    return log_in(User.objects.create_superuser("root", password="correct horse battery"))


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    tree = make_tree(topic, alice, "Four days are enough\n  + Rest helps\n    - Rest is not free\n")
    make_votes(tree["Rest helps"], 3)
    tree["Rest helps"].cite(by=alice, title="Sleep")
    tree["Rest helps"].comment("Why?", by=alice)
    topic.share("writer", by=alice)
    return tree


def act(root: Client, model: str, action: str, *rows: int) -> None:
    address = reverse(f"admin:debates_{model}_changelist")
    answer = root.post(address, {"action": action, "_selected_action": [str(pk) for pk in rows]})
    assert answer.status_code == 302


def test_main_models_are_registered() -> None:
    wanted = {"topic", "statement", "claim", "argument", "rebuttal", "vote", "source", "comment", "essay", "change"}
    assert wanted | {"membership", "sharelink"} <= set(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_list_is_searched_and_each_row_opens(root: Client, tree: dict[str, Statement], model: str) -> None:
    assert root.get(reverse(f"admin:debates_{model}_changelist"), {"q": "rest"}).status_code == 200
    row = apps.get_model("debates", model).objects.first()
    if row is not None:
        assert root.get(reverse(f"admin:debates_{model}_change", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("model", LOOK_ONLY)
def test_what_makes_the_tree_is_only_looked_at(root: Client, tree: dict[str, Statement], model: str) -> None:
    assert root.get(reverse(f"admin:debates_{model}_add")).status_code == 403
    row = apps.get_model("debates", model).objects.first()
    if row is not None:
        assert root.post(reverse(f"admin:debates_{model}_change", args=[row.pk]), {}).status_code == 403
        assert root.post(reverse(f"admin:debates_{model}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
        assert apps.get_model("debates", model).objects.filter(pk=row.pk).exists()


def test_moderator_hides_and_shows_by_the_verbs(root: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    hidden = tree["Rest helps"]
    act(root, "argument", "hide", hidden.pk)
    hidden.refresh_from_db()
    assert hidden.status == "removed"
    act(root, "statement", "show", hidden.pk)
    hidden.refresh_from_db()
    assert hidden.status == "visible"
    assert list(topic.changes.order_by("-number").values_list("verb", flat=True)[:2]) == ["restore", "remove"]


def test_moderator_is_told_what_was_refused(
    root: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    topic.close(by=alice)
    act(root, "statement", "hide", tree["Rest helps"].pk)
    page = root.get(reverse("admin:debates_statement_changelist"))
    assert "This topic is closed" in page.content.decode()
    assert Statement.objects.filter(status="removed").count() == 0


def test_comment_is_taken_back(root: Client, tree: dict[str, Statement]) -> None:
    comment = tree["Rest helps"].comments.get()
    act(root, "comment", "hide", comment.pk)
    comment.refresh_from_db()
    assert comment.removed


def test_link_is_revoked_and_its_token_not_told(root: Client, tree: dict[str, Statement]) -> None:
    link = ShareLink.objects.get()
    page = root.get(reverse("admin:debates_sharelink_change", args=[link.pk]))
    assert link.token not in page.content.decode()
    act(root, "sharelink", "revoke", link.pk)
    link.refresh_from_db()
    assert not link.works


def test_value_of_a_vote_is_not_told(root: Client, tree: dict[str, Statement]) -> None:
    vote = tree["Rest helps"].votes.get()
    page = root.get(reverse("admin:debates_vote_change", args=[vote.pk]))
    assert "field-voter" in page.content.decode()
    assert "field-value" not in page.content.decode()


def test_settings_changed_here_stand_in_the_history(root: Client, topic: Topic) -> None:
    fields = topic.settings() | {"title": "Five days"}
    fields.pop("guests_vote")
    answer = root.post(reverse("admin:debates_topic_change", args=[topic.pk]), fields)
    assert answer.status_code == 302
    topic.refresh_from_db()
    assert topic.title == "Five days"
    assert topic.changes.get(verb="topic-revised").after == {"title": "Five days"}


def test_whole_topic_is_deleted(root: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    address = reverse("admin:debates_topic_delete", args=[topic.pk])
    assert root.get(address).status_code == 200
    assert root.post(address, {"post": "yes"}).status_code == 302
    assert not Topic.objects.exists()
    assert not Statement.objects.exists()
    assert not Membership.objects.exists()


def test_looking_needs_the_staff(client: Client, alice: User, log_in: LogIn) -> None:
    for browser in (client, log_in(alice)):
        assert browser.get(reverse("admin:debates_topic_changelist")).status_code in {302, 403}


def test_admin_cannot_unmask_who_wrote_under_a_pseudonym(root: Client, topic: Topic, bob: User) -> None:
    topic.add_claim("Mine", by=bob)
    fields = {name: value for name, value in topic.settings().items() if value} | {"names_shown": "names"}

    answer = root.post(reverse("admin:debates_topic_change", args=[topic.pk]), fields, follow=True)

    assert "Others have a pseudonym here" in answer.content.decode()
    topic.refresh_from_db()
    assert topic.names_shown == "pseudonyms"
