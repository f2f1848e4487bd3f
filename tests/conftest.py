"""What every test may ask for: the three people, and a cache that remembers nothing of the test before."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, settings

from accounts.models import User

# How fast a machine draws examples says nothing about the program.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

PASSWORD = "correct horse battery"

# A browser of its own for a person: the type of the fixture `log_in`.
type LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    # Rate limits live in the cache: without this, one test's posts would slow down the next one's person.
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def alice(db: None) -> User:
    """The owner."""
    return User.objects.create_user("alice", password=PASSWORD)


@pytest.fixture
def bob(db: None) -> User:
    """The member."""
    return User.objects.create_user("bob", password=PASSWORD)


@pytest.fixture
def charlie(db: None) -> User:
    """The outsider."""
    return User.objects.create_user("charlie", password=PASSWORD)


@pytest.fixture
def log_in() -> Callable[[User], Client]:
    """A browser of its own for the person given: `log_in(alice).get(...)`."""

    def browser_of(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser_of
