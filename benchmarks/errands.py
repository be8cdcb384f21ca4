"""A site with the example groups in a folder of its own, and people who do an errand there.

They use pages, forms, letters and commands only, so nothing here changes when code moves.
"""

import csv
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient

from finder.app import create_app
from finder.cli import main as finder
from finder.settings import PREFIX, Settings, shipped

Errand = Callable[[], object]
"""The last step of an errand. What must come before it (a form, a letter) is done already."""

MODERATOR = "moderator@example.org"


class Site:
    """A served site in a folder: half of the example groups are in it, a moderator is named."""

    def __init__(self, folder: Path) -> None:
        """folder: what the settings of the environment name."""
        self.folder = folder
        run("load-postcodes", "--if-missing")
        run("db", "upgrade")
        self.first_half, self.second_half = _halves_of_examples(folder)
        run("import", str(self.first_half))
        run("moderator", "add", MODERATOR)
        self.app = create_app(Settings())
        self.app.testing = True  # No worker beside the pages: what it runs is no part of them.

    def start(self) -> None:
        """Start the site and a command that finds nothing to do."""
        create_app(Settings())
        run("send-mail")

    def visitor(self) -> "Visitor":
        """Somebody with a browser of their own."""
        return Visitor(self.app.test_client())

    def links(self, path: str) -> list[str]:
        """The addresses in all letters so far that begin with a path, oldest letter first."""
        run("send-mail")
        letters = sorted(
            (self.folder / "outbox").glob("*.eml"), key=lambda one: one.stat().st_mtime_ns
        )
        return [
            link
            for letter in letters
            for link in re.findall(rf"https?://[^/\s]+({path}[\w-]{{30,}})", _words_of(letter))
        ]

    def moderator(self) -> "Visitor":
        """A moderator who is signed in."""
        visitor = self.visitor()
        visitor.fill("/sign-in", email=MODERATOR)()
        visitor.fill(self.links("/sign-in/")[-1])()
        return visitor


class Visitor:
    """Somebody who opens pages and sends forms; an answer that is an error ends the run."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, address: str) -> str:
        """The text of a page."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise WalkFailed(f"{address} answered {answer.status_code}")
        return answer.text

    def opens(self, address: str, **query: str) -> Errand:
        """To open a page."""
        whole = f"{address}?{urlencode(query)}" if query else address
        return lambda: self.open(whole)

    def fill(self, address: str, **values: str) -> Errand:
        """Open a page and fill its form in. Gives the errand of sending it."""
        forms = [form for form in _forms_of(self.open(address)) if form.is_post]
        if not forms:
            raise WalkFailed(f"{address} has no form to send")
        form = forms[-1]
        return lambda: self._send(form.action or address, form.values | values)

    def _send(self, address: str, values: dict[str, str]) -> None:
        answer = self.client.post(address, data=values)
        if answer.status_code != 303 and not (answer.status_code == 200 and _is_done(answer.text)):
            raise WalkFailed(f"{address} answered {answer.status_code} to what was sent")


class WalkFailed(Exception):
    """A page or a form did not answer as it does for a person: nothing was measured."""


class _Form:
    def __init__(self, action: str, is_post: bool) -> None:
        self.action, self.is_post = action, is_post
        self.values: dict[str, str] = {}


class _Forms(HTMLParser):
    """Reads the forms of a page with the values that they have when nobody touches them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Form] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(_Form(its.get("action", ""), its.get("method") == "post"))
        elif not self.found:
            return
        elif tag == "input" and _is_set(its):
            self.found[-1].values[its["name"]] = its.get("value", "")
        elif tag == "select":
            self._select = its.get("name", "")
        elif tag == "option" and self._select and ("selected" in its):
            self.found[-1].values[self._select] = its.get("value", "")


def _is_set(its: dict[str, str]) -> bool:
    is_choice = its.get("type") in {"radio", "checkbox"}
    return "name" in its and (not is_choice or "checked" in its)


def _forms_of(page: str) -> list[_Form]:
    reader = _Forms()
    reader.feed(page)
    return reader.found


def _is_done(page: str) -> bool:
    """Whether a page that answers a form shows no error."""
    return 'role="alert"' not in page


def _words_of(letter: Path) -> str:
    message = message_from_bytes(letter.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""


def _halves_of_examples(folder: Path) -> tuple[Path, Path]:
    """The example groups as two files."""
    with shipped("seed_groups.csv").open(encoding="utf-8-sig", newline="") as source:
        head, *rows = csv.reader(source)
    halves = folder / "first.csv", folder / "second.csv"
    for number, path in enumerate(halves):
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows([head, *rows[number::2]])
    return halves


def run(*arguments: str) -> None:
    """Run a `finder` command in this process."""
    finder.main(list(arguments), standalone_mode=False)


@contextmanager
def site_in(folder: Path) -> Iterator[Site]:
    """A site in an empty folder, with the index of postcodes that the checkout has.

    Its settings go before those of the caller's environment and of a `.env` file: no command
    here may write to a database that somebody uses.
    """
    index = shipped("data") / "postcodes.db"
    if index.exists():
        (folder / index.name).symlink_to(index)
    names = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    before = {name: os.environ[name] for name in names if name in os.environ}
    os.environ.update(_settings_of(folder))
    try:
        yield Site(folder)
    finally:
        for name in names:
            os.environ.pop(name, None)
        os.environ.update(before)


def _settings_of(folder: Path) -> dict[str, str]:
    """Every setting that reaches out of a folder, turned back into it."""
    own = {"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'finder.db'}"}
    none = dict.fromkeys(("DATABASE_REPLICA_URL", "MAIL_URL", "GEOCODERS", "SECRET_KEY"), "")
    usual = {"LIMITS_URL": "memory://", "BASE_URL": "http://127.0.0.1:8000", "TRUSTED_PROXIES": "0"}
    return {f"{PREFIX}{name}": value for name, value in (own | none | usual).items()}
