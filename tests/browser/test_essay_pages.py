"""A text on its way beside the map, as only a browser shows it: dropped, and kept on the device until it is stored."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Essay, Topic
from tests.browser.test_history import sign_in
from tests.browser.test_js_composer import drafts
from tests.factories import make_topic, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """() => {
  const carried = new DataTransfer();
  carried.items.add(new File(["Dropped words."], "drop.txt", { type: "text/plain" }));
  const target = document.querySelector("[data-drop] label");
  for (const kind of ["dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
}"""


@pytest.fixture
def alice(transactional_db: None) -> User:
    return make_user("alice")


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


def test_dropped_file_is_read_and_kept_here_until_it_is_stored(
    context: BrowserContext, page: Page, live_server: LiveServer, topic: Topic, alice: User
) -> None:
    sign_in(context, live_server, alice)
    address = f"{live_server}{reverse('essay-create', args=[topic.slug])}"
    page.goto(address)
    page.get_by_label("Where it is from").fill("The Daily Post")
    expect(page.locator("[data-composer-status]")).to_have_text("Draft kept on this device")
    page.goto(address)
    expect(page.get_by_label("Where it is from")).to_have_value("The Daily Post")

    page.evaluate(DROP)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("The text")).to_have_value("Dropped words.")
    page.get_by_role("button", name="Lay it beside the map").click()

    expect(page.locator("#messages")).to_contain_text("The text lies beside the map.")
    assert (Essay.objects.get().text, Essay.objects.get().source) == ("Dropped words.", "The Daily Post")
    assert not drafts(page)
