"""The constant parts of the frame: kept for each language and page, and never a person's own."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings

from accounts.models import User
from config.templatetags.frame import _rendered

PART = Template('{% load frame %}{% constant "_header.html" page=page %}')


def test_constant_part_is_rendered_once(settings: Settings) -> None:
    settings.DEBUG = False
    _rendered.cache_clear()

    first = PART.render(Context({"page": "help"}))
    second = PART.render(Context({"page": "help"}))

    assert first == second
    assert (_rendered.cache_info().misses, _rendered.cache_info().hits) == (1, 1)


def test_constant_part_marks_the_page_that_is_read() -> None:
    assert 'aria-current="page"' in PART.render(Context({"page": "topic-list"}))
    assert "aria-current" not in PART.render(Context({"page": "help"}))


def test_constant_part_is_kept_for_each_language(settings: Settings) -> None:
    settings.DEBUG = False
    _rendered.cache_clear()

    for language in ("en", "de"):
        with translation.override(language):
            PART.render(Context({"page": "help"}))

    assert _rendered.cache_info().misses == 2


def test_constant_part_sees_nothing_of_the_page_around_it(settings: Settings) -> None:
    settings.DEBUG = False
    _rendered.cache_clear()

    assert "alice" not in PART.render(Context({"page": "help", "user": "alice", "theme": "alice"}))


@pytest.mark.django_db
def test_page_after_a_signed_in_reader_shows_none_of_them(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert "alice" in client.get("/help/").content.decode()

    assert "alice" not in Client().get("/help/").content.decode()
