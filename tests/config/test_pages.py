"""The pages about the site, the errors, and rules that hold for every template."""

import re
from html import unescape
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django.asserts import assertNumQueries

from config.storage import IMPORT, stylesheet
from tests.markup import by_id

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg"})
SCRIPTS_AND_STYLES = sorted(
    path
    for path in (ROOT / "static").rglob("*")
    if path.suffix in {".js", ".css", ".svg"} and "vendor" not in path.parts
)
# A download that people open from their own disk, where no policy reaches and no stylesheet could be found.
DOWNLOADS = {"templates/accounts/data.html", "templates/classrooms/portfolio.html"}
PAGES = ["/help/", "/about/", "/accessibility/", "/privacy/"]

NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


SERVED = [path for path in TEMPLATES if named(path) not in DOWNLOADS]


def headings(html: str) -> list[str]:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return ["".join(heading.itertext()).strip() for heading in tree.iter("h1")]


@pytest.mark.django_db
def test_help_lists_every_key_that_the_scripts_know(client: Client) -> None:
    script = (ROOT / "static/js/keyboard.js").read_text(encoding="utf-8")
    tables = re.findall(r"const (?:VIEWS|ADDS) = \{(.*?)\};", script)
    known = {key for table in tables for key in re.findall(r"(\w):", table)}

    listed = {"".join(key.itertext()) for key in by_id(client.get("/help/"), "keys").iter("kbd")}

    assert (len(tables), known - listed) == (2, set())


@pytest.mark.django_db
@pytest.mark.parametrize("url", PAGES)
def test_page_answers_everyone_with_one_heading(client: Client, url: str) -> None:
    response = client.get(url)

    assert response.status_code == 200
    assert len(headings(response.content.decode())) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("url", PAGES)
def test_page_refuses_to_be_written_to(client: Client, url: str) -> None:
    assert client.post(url).status_code == 405


@pytest.mark.django_db
def test_frame_says_the_theme_and_the_keys_of_the_cookies(client: Client) -> None:
    client.cookies.load({"theme": "dark", "keys": "off"})

    html = html5lib.parse(client.get("/help/").content, namespaceHTMLElements=False)

    assert html.get("data-theme") == "dark"
    assert html.get("data-keys") == "off"


@pytest.mark.django_db
def test_frame_ignores_a_theme_that_does_not_exist(client: Client) -> None:
    client.cookies.load({"theme": 'x" onload="alert(1)'})

    html = html5lib.parse(client.get("/help/").content, namespaceHTMLElements=False)

    assert html.get("data-theme") == ""
    assert html.get("onload") is None


@pytest.mark.django_db
def test_page_for_anonymous_costs_no_query(client: Client) -> None:
    with assertNumQueries(0):
        client.get("/help/")


@pytest.mark.django_db
def test_missing_page_shows_the_address_as_text(client: Client) -> None:
    response = client.get("/<script>alert(1)</script>/")

    assert response.status_code == 404
    html = response.content.decode()
    assert "<script>alert" not in html
    assert "/<script>alert(1)</script>/" in unescape(html)
    assert headings(html) == ["Nothing supports that claim."]


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_bare_error_stands_without_request_or_database(name: str) -> None:
    html = render_to_string(name)

    assert len(headings(html)) == 1
    assert "<main" in html


@pytest.mark.django_db
def test_refusal_says_why(client: Client) -> None:
    request = RequestFactory().get("/")
    request.user = client.get("/help/").wsgi_request.user

    html = render_to_string("403.html", {"exception": "Only <b>owners</b> close a topic."}, request)

    assert "Only &lt;b&gt;owners&lt;/b&gt; close a topic." in html


def test_form_without_its_token_gets_our_own_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/theme/", {"theme": "dark"})

    assert response.status_code == 403
    assert headings(response.content.decode()) == ["We could not be sure of that."]


# -- Rules for every template ------------------------------------------------------------------------

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an on… attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\s(?:data-)?hx-on[:-]", re.IGNORECASE),
    "hx-vals or hx-headers with js:": re.compile(
        r"hx-(?:vals|headers|confirm)\s*=\s*[\"']?(?:js|javascript):", re.IGNORECASE
    ),
    "a javascript: address": re.compile(r"(?:href|action|src)\s*=\s*[\"']?javascript:", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE),
}


@pytest.mark.parametrize("path", SERVED, ids=named)
def test_template_holds_nothing_the_policy_refuses(path: Path) -> None:
    text = path.read_text()

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS_AND_STYLES], ids=named)
def test_file_asks_no_other_host(path: Path) -> None:
    text = path.read_text()
    for namespace in NAMESPACES:
        text = text.replace(namespace, "")

    assert re.findall(r"(?:src|href|action|url\(|@import|fetch\()\s*[=(]?\s*[\"']?(?:https?:)?//[\w.-]+", text) == []


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="(i-[\w-]+)"', (ROOT / "templates/_icons.svg").read_text()))
    used = {name for path in TEMPLATES for name in re.findall(r'href="#(i-[a-z][\w-]*)"', path.read_text())}

    assert used - sprite == set()


def test_stylesheet_imports_every_part_once() -> None:
    folder = ROOT / "static/css"
    imported = re.findall(r'@import url\("([\w-]+\.css)"\);', (folder / "counterpoint.css").read_text())

    assert sorted(imported) == sorted(path.name for path in folder.glob("*.css") if path.name != "counterpoint.css")


@pytest.mark.parametrize("path", sorted((ROOT / "static/css").glob("*.css")), ids=named)
def test_stylesheet_part_stands_in_a_layer(path: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL).strip()

    assert rules.startswith("@layer")


def test_collected_stylesheet_is_one_file() -> None:
    paths = {name: (storage, name) for finder in get_finders() for name, storage in finder.list(None)}

    whole = stylesheet(paths).decode()

    assert not IMPORT.search(whole)
    assert "--paper:" in whole
    assert ".composer" in whole
