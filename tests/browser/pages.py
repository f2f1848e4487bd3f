"""Pages for the scripts alone: the site's frame around the smallest markup that each script works on."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config.urls import urlpatterns as site

FRAME = '{% extends "base.html" %}{% block title %}Test{% endblock %}{% block main %}<h1>Test</h1>'

COMPOSER = """
<form class="composer" id="composer" data-draft-key="test" data-stance="opposes" method="post" action="/test/post/"
 hx-post="/test/post/" hx-target="#composer" hx-swap="outerHTML">
  {% csrf_token %}<span data-counter></span>
  <label for="text">Text</label><textarea id="text" name="text" maxlength="300">{{ text }}</textarea>
  <p data-reading-new></p>
  <input type="hidden" name="key" value="k-1">
  <details id="more"><summary>More</summary>
    <label for="note">Note</label><textarea id="note" name="note"></textarea>
    <label for="source">Source</label><input id="source" name="source_title">
    <label for="kind">Kind</label><select id="kind" name="kind"><option value="a">A</option><option value="b">B</option>
    </select>
    <label><input type="radio" name="open" value="yes" checked>Yes</label>
    <label><input type="radio" name="open" value="no" id="no">No</label>
    <label><input type="checkbox" name="votes" id="votes">Votes</label></details>
  <div class="composer__foot"><span role="status" data-composer-status></span><button class="button">Post</button></div>
</form>"""

LINES = """
<a href="/test/up/" data-up>Up</a><a href="/test/add/" data-add="supports">Because</a>
<a href="/test/map/" data-view="map">Map</a><button class="button" type="button" data-undo>Undo</button>
<div class="outline"><ul>
  <li><div class="outline__line" data-line id="one">
    <button class="outline__toggle" type="button" aria-expanded="true" aria-controls="below-one" aria-label="Branch"
    >▸</button>
    <a data-line-link href="/test/one/">One</a>
    <a data-add="opposes" href="/test/but-one/">But</a></div>
    <ul class="outline__branch" id="below-one">
      <li><div class="outline__line" data-line id="one-a">One a
        <form class="vote">
          <label class="vote__step"><input type="radio" name="value" value="3">3</label></form></div></li>
      <li><div class="outline__line" data-line id="one-b">One b
        <button class="button" type="button" data-move="up">Up</button></div></li>
    </ul></li>
  <li><div class="outline__line" data-line id="two">
    <a class="outline__toggle" href="/test/two/" aria-expanded="false" aria-controls="below-two"
     hx-get="/test/branch/" hx-target="#below-two" hx-swap="outerHTML" aria-label="Two">▸</a></div>
    <ul id="below-two" hidden></ul></li>
</ul></div>
<div data-line id="far"><a data-line-link href="/test/far/">Far</a></div>
<details class="disclosure"><summary>More</summary><p>What was left out.</p></details>
<button class="button" type="button" hidden data-js data-copy="A line. Its source.">Copy</button>"""

MAP = """
<div class="map" id="map"><div class="map__tools">
  <button class="button" type="button" hidden data-js data-zoom="in">Larger</button>
  <button class="button" type="button" hidden data-js data-zoom="out">Smaller</button>
  <button class="button" type="button" hidden data-js data-zoom="fit">Fit</button></div>
  <div class="map__frame" tabindex="0" role="region" aria-label="Map"><svg class="map__drawing"
   viewBox="0 0 4000 3000" width="4000" height="3000" aria-hidden="true"><rect width="4000" height="3000"/></svg></div>
</div>"""

BRANCH = '<ul id="below-two"><li><div class="outline__line" data-line id="two-a">Two a</div></li></ul>'


def show(request: HttpRequest, body: str) -> HttpResponse:
    template = engines["django"].from_string(FRAME + body + "{% endblock %}")
    return HttpResponse(template.render({"text": ""}, request))


def post(request: HttpRequest) -> HttpResponse:
    """Post what was written: "broken" breaks the server, "refused" comes back, "another" is answered as if something
    else had been stored, anything else is taken."""
    text = request.POST["text"]
    if text == "broken":
        return HttpResponse("<h1>Broken</h1>", status=500)
    if text == "slow down":
        return HttpResponse("<p data-sentence>One thing after the other.</p>", status=429)
    if text == "refused":
        return HttpResponse(engines["django"].from_string(COMPOSER).render({"text": text}, request), status=422)
    stored = "" if text == "another" else ' data-draft-clear="test"'
    return HttpResponse(f'<p id="posted"{stored} tabindex="-1" autofocus>Taken with {request.POST["key"]}</p>')


def answer(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(BRANCH if name == "branch" else f'<link rel="icon" href="/static/favicon.svg"><h1>{name}</h1>')


urlpatterns = [
    path("test/composer/", show, {"body": COMPOSER}),
    path("test/lines/", show, {"body": LINES}),
    path("test/map-drawing/", show, {"body": MAP}),
    path("test/post/", post),
    path("test/<slug:name>/", answer),
    *site,
]
