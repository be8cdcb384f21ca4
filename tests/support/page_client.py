"""One small client through which tests fetch pages, and which checks every page it sees.

Status, one h1 that begins the title, a name for every control, CSRF on forms that post, no
inline handler, style or script, nothing loaded from elsewhere, valid HTML, ids that are
unique, and links within the page that lead somewhere.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from threading import get_ident
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from justhtml import JustHTML
from sqlalchemy import event
from werkzeug.test import TestResponse

from finder.platform.db.database import Database
from tests.support.databases import engines_of

LOADS = (("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src"),
         ("source", "src"), ("form", "action"), ("use", "href"))  # fmt: skip
UNNAMED = {"hidden", "submit", "button"}


class Page:
    """A page that was fetched: its status, its tree, and how to read it."""

    def __init__(self, answer: TestResponse, statements: int) -> None:
        self.answer = answer
        self.status = answer.status_code
        self.statements = statements
        self.tree = JustHTML(answer.text, sanitize=False, collect_errors=True)

    def all(self, selector: str) -> list[str]:
        """The words of every element that a CSS selector finds."""
        return [self._words(node) for node in self.tree.query(selector)]

    def one(self, selector: str) -> str:
        """The words of the only element that a CSS selector finds."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def values(self, selector: str, name: str) -> list[str]:
        """An attribute of every element that a CSS selector finds."""
        return [str(node.attrs.get(name, "")) for node in self.tree.query(selector)]

    @cached_property
    def nodes(self) -> list[Any]:
        """Every element, in the order of the page: one walk serves all rules."""
        return list(self.tree.query("*"))

    def named(self, *names: str) -> list[Any]:
        """Every element of these names."""
        return [node for node in self.nodes if node.name in names]

    @property
    def words(self) -> str:
        """What the main part says."""
        return self.one("main")

    @staticmethod
    def _words(node: object) -> str:
        return " ".join(node.to_text(separator=" ").split())  # type: ignore[attr-defined]


class PageClient:
    """Fetches pages of an app and fails the test for a page that breaks a rule of the house."""

    def __init__(self, app: Flask, database: Database | None = None) -> None:
        """database: whose statements are counted."""
        self.client: FlaskClient = app.test_client()
        self.statements = 0
        self._thread = get_ident()
        for engine in engines_of(database) if database else ():
            event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, _c: object, _cursor: object, statement: str, *_: object) -> None:
        # PostgreSQL is asked whether anything changed, which reads no table.
        # BEGIN is not counted on PostgreSQL either: there the driver says it.
        # Nor is what threads in the background ask.
        is_of_the_page = get_ident() == self._thread and "pg_current_snapshot" not in statement
        if is_of_the_page and not statement.startswith("BEGIN"):
            self.statements += 1

    def ask(self, path: str, values: dict[str, str]) -> Page:
        """The page of a form that was sent with these values, checked."""
        return self.get(f"{path}?{urlencode(values)}")

    def get(self, address: str, status: int = 200, most_statements: int | None = None) -> Page:
        """The page at an address, checked."""
        self.statements = 0
        answer = self.client.get(address)
        assert answer.status_code == status, f"{address} answered {answer.status_code}"
        assert answer.mimetype == "text/html"
        page = Page(answer, self.statements)
        if most_statements is not None:
            assert page.statements <= most_statements
        check(page)
        return page


def check(page: Page) -> None:
    """Hold a page to every rule."""
    _is_valid(page)
    _has_one_heading(page)
    _names_its_controls(page)
    _posts_with_a_token(page)
    _runs_nothing_inline(page)
    _loads_nothing_foreign(page)
    _links_within_lead_somewhere(page)


def _is_valid(page: Page) -> None:
    errors = [f"{error.code} in line {error.line}" for error in page.tree.errors]
    assert not errors, errors
    ids = Counter(node.attrs["id"] for node in page.nodes if "id" in node.attrs)
    twice = [name for name, n in ids.items() if n > 1]
    assert not twice, f"ids used twice: {twice}"
    assert [node.attrs.get("lang") for node in page.named("html")] == ["en-GB"]


def _has_one_heading(page: Page) -> None:
    [heading] = [page._words(node) for node in page.named("h1")]
    [title] = [page._words(node) for node in page.named("title")]
    assert heading, "an empty h1"
    # A form with a problem says so before all else, as GOV.UK forms do.
    title = title.removeprefix("Error: ")
    assert title.startswith(heading), f"“{title}” does not begin with “{heading}”"
    assert title.endswith("Quiet Corner")


def _names_its_controls(page: Page) -> None:
    labelled = {node.attrs.get("for") for node in page.named("label")} - {None}
    for node in page.named("input", "select", "textarea"):
        if node.attrs.get("type") in UNNAMED or node.attrs.get("aria-label"):
            continue
        is_wrapped = any(outer.name == "label" for outer in _around(node))
        named = is_wrapped or node.attrs.get("id") in labelled
        assert named, f"no label for {node.attrs.get('name')}"
    for button in page.named("button"):
        assert Page._words(button), "a button without words"


def _around(node: Any) -> Iterator[Any]:
    while (node := node.parent) is not None:
        yield node


def _posts_with_a_token(page: Page) -> None:
    for form in page.named("form"):
        if str(form.attrs.get("method", "get")).lower() == "post":
            assert form.query("input[name=csrf_token]"), "a form that posts without a token"


def _runs_nothing_inline(page: Page) -> None:
    for node in page.nodes:
        inline = [n for n in node.attrs if n.startswith("on") or n == "style"]
        assert not inline, f"{inline} on <{node.name}>"
        target = str(node.attrs.get("href") or "")
        assert not target.lower().startswith("javascript:")
    for script in page.named("script"):
        assert script.attrs.get("src") or script.attrs.get("type") == "application/ld+json"
    assert not page.named("style")


def _loads_nothing_foreign(page: Page) -> None:
    for name, attribute in LOADS:
        for node in page.named(name):
            address = str(node.attrs.get(attribute, ""))
            parts = urlsplit(address)
            is_ours = not parts.netloc and parts.scheme in {"", "data"}
            assert is_ours, f"{name} loads {address}"


def _links_within_lead_somewhere(page: Page) -> None:
    ids = {node.attrs["id"] for node in page.nodes if "id" in node.attrs}
    for node in page.named("a"):
        link = str(node.attrs.get("href", ""))
        if link.startswith("#"):
            assert link[1:] in ids, f"{link} leads nowhere"
