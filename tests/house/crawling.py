"""Collects every address that the site gives out: on pages, in redirects, letters and documents."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask, Response, request, request_finished
from flask.testing import FlaskClient
from justhtml import JustHTML
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

from tests.support.page_client import Page
from tests.support.paths import DOCS, TOP
from tests.support.review_parts import SITE

MOST_OF_A_KIND = 2
"""How many addresses a visitor opens that differ in an id, a number or a query only."""
SOME_ID = "00000000-0000-4000-8000-000000000000"


class Crawl:
    """Which routes of an app are reached, by endpoint and method.

    It notes what every answer of the app leads to, whoever asked for it.
    """

    def __init__(self, app: Flask) -> None:
        self._sites = (SITE, app.extensions["quiet_corner"].settings.site_address)
        self._rules = list(app.url_map.iter_rules())
        self._adapter: MapAdapter = app.url_map.bind("localhost")
        self._reached: set[tuple[str, str]] = set()
        self._links: list[str] = []
        request_finished.connect(self._look, app)

    def missing(self) -> list[str]:
        """The routes that nothing leads to."""
        return sorted(
            f"{method} {rule.rule}"
            for rule in self._rules
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
            if (rule.endpoint, method) not in self._reached
        )

    def walk(self, client: FlaskClient, *starts: str) -> None:
        """Open these addresses, and those that they lead to."""
        waiting, seen, opened = list(starts), set(starts), Counter[tuple[str, bool]]()
        while waiting:
            self._links = []
            client.get(waiting.pop(0))
            for link in self._links:
                kind = re.sub(r"[0-9a-f-]{36}|\d+", "*", link.partition("?")[0]), "?" in link
                if self._note(link) and link not in seen and opened[kind] < MOST_OF_A_KIND:
                    seen.add(link)
                    opened[kind] += 1
                    waiting.append(link)

    def read(self, text: str) -> list[str]:
        """Note every address in a text. Gives those of this site."""
        text = re.sub(r"<[a-z_:]+>|\{[a-z_]+\}", SOME_ID, text)
        site = "|".join(map(re.escape, self._sites))
        found = re.findall(rf"(?:{site}|(?<![\w./*-]))(/[\w/.-]*)", text)
        return [address for address in found if self._note(address)]

    def _note(self, address: str, method: str = "GET") -> str:
        """Keep that an address was given out. Gives its endpoint, "" where it is not ours."""
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" not in {"://", *self._sites}:
            return ""
        try:
            endpoint, _ = self._adapter.match(parts.path, method)
        except RequestRedirect as elsewhere:
            return self._note(elsewhere.new_url, method)
        except HTTPException:
            return ""
        self._reached.add((endpoint, method))
        return str(endpoint)

    def _look(self, _app: Flask, response: Response, **_: Any) -> None:
        assert response.status_code < 500, f"{request.path} answered {response.status_code}"
        if response.location:
            self._lead(response.location, "GET")
        elif response.mimetype == "text/html":
            for address, method in addresses_of(response.get_data(as_text=True), request.full_path):
                self._lead(address, method)
        elif request.path.endswith("openapi.json"):
            api = response.get_json(force=True)
            self.read("\n".join(api["servers"][0]["url"] + path for path in api["paths"]))
        elif response.mimetype == "text/plain" or "xml" in (response.mimetype or ""):
            for address in self.read(response.get_data(as_text=True)):
                self._lead(address, "GET")

    def _lead(self, address: str, method: str) -> None:
        self._note(address, method)
        if method == "GET":
            self._links.append(address)


def addresses_of(html: str, here: str) -> Iterator[tuple[str, str]]:
    """Where a page leads by links, files, forms and what its scripts fetch, with the method."""
    for node in JustHTML(html, sanitize=False).query("*"):
        for name in ("href", "src", "data-points"):
            if node.attrs.get(name):
                yield urljoin(here, str(node.attrs[name])).partition("#")[0], "GET"
        if node.name == "form":
            method = str(node.attrs.get("method") or "get").upper()
            yield urljoin(here, str(node.attrs.get("action") or here)), method


def documents() -> Iterator[str]:
    """The documents, but for the list of all addresses."""
    for page in (TOP / "README.md", *sorted(DOCS.glob("*.md"))):
        if page.name != "pages.md":
            yield page.read_text()


def send(client: FlaskClient, address: str, **typed: str) -> None:
    """Fill in the form of a page, and press its button."""
    form = Page(client.get(address), 0)
    hidden = "main input[type=hidden]"
    kept = zip(form.values(hidden, "name"), form.values(hidden, "value"), strict=True)
    answer = client.post(address, data=dict(kept) | typed)
    assert answer.status_code == 303, answer.text[:2000]
