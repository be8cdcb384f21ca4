"""Organisers at work, for tests: they sign in, write each step as people do, and publish."""

import re
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from finder.platform.db.database import Db
from tests.support.page_client import Page, PageClient, check
from tests.support.sign_in_parts import browser_of

Values = dict[str, Any]
NEW = "/organise/listings/new"
WHERE: Values = {
    "postcode": "EH6 7BS",
    "venue": "new",
    "venue_name": "Quay Hall",
    "venue_kind": "church_hall",
    "street": "2 Example Street",
    "locality": "Leith",
    "step_free": "yes",
    "parking": "no",
    "changing_table": "unknown",
}
WHAT: Values = {
    "name": "Quay Songs",
    "format": "singing",
    "other_formats": ["story_time"],
    "ages": "0-18 months",
    "size": "medium",
    "summary": "Songs on the rug. Everybody sings.",
    "website": "https://example.org/",
    "organiser_id": "new",
    "organiser": "Quay Trust",
}
WHEN: Values = {
    "sessions-0-weekday": "thu",
    "sessions-0-starts": "10:30",
    "sessions-0-ends": "11:15",
    "sessions-0-repeats": "weekly",
}
COST: Values = {
    "cost": "each_time",
    "pence": "£1.50",
    "sibling_pence": "50p",
    "booking": "drop_in",
}
TALKING: Values = {"level": "1", "introductions": "no", "sing": "yes"}
GOOD: Values = {"noise": "lively", "busy": "busy", "sit_and_watch": "yes"}
HAPPENS: Values = {
    "steps-0-minutes": "25",
    "steps-0-what": "Goodbye song",
    "steps-0-expected": "sing",
    "steps-1-minutes": "0",
    "steps-1-what": "Find a space",
    "steps-1-expected": "neither",
}
GETTING_IN: Values = {"door": "The blue door", "say_at_door": "Nothing"}
STEPS: dict[str, Values] = {
    "where": WHERE,
    "what": WHAT,
    "when": WHEN,
    "cost": COST,
    "talking": TALKING,
    "good-to-know": GOOD,
    "what-happens": HAPPENS,
    "getting-in": GETTING_IN,
}


class Organiser:
    """Somebody who is signed in, and writes into the site's own forms."""

    def __init__(self, app: Flask, db: Db, email: str) -> None:
        self.pages = PageClient(app)
        self.pages.client = browser_of(app, db, email)

    @property
    def client(self) -> FlaskClient:
        return self.pages.client

    def see(self, address: str, status: int = 200) -> Page:
        """A page, checked."""
        return self.pages.get(address, status)

    def send(self, address: str, values: Values, form: str = "", to: str = "") -> TestResponse:
        """Post a form of a page. to: another address than the page's own."""
        sent = MultiDict({**values, "csrf_token": self.token(address)})
        return self.client.post(to or address, data=sent)

    def token(self, address: str) -> str:
        """What a page of ours puts in every form of one browser."""
        inputs = "main input[name=csrf_token], aside input[name=csrf_token]"
        return self.see(address).values(inputs, "value")[0]

    def trouble(self, address: str, values: Values) -> list[str]:
        """What the summary above a form says that is not right, each checked to lead somewhere."""
        answer = self.send(address, values)
        assert answer.status_code == 200, answer.headers.get("Location")
        page = Page(answer, 0)
        check(page)
        assert page.one("title").startswith("Error: ")
        return page.all(".govuk-error-summary__list a")

    def begin(self, postcode: str = "EH6 7BS") -> UUID:
        """Begin a listing; gives its id."""
        where = self.send(NEW, {"postcode": postcode}).headers["Location"]
        found = re.fullmatch(rf"{NEW}/([\w-]+)/where", where)
        assert found, where
        return UUID(found[1])

    def write(self, **changes: Values) -> UUID:
        """Write a whole listing up to its preview; gives its id. Its forms are seen elsewhere."""
        made = self.begin()
        token = self.token(f"{NEW}/{made}/where")
        for slug, values in STEPS.items():
            changed = {**values, **changes.get(slug.replace("-", "_"), {}), "csrf_token": token}
            answer = self.client.post(f"{NEW}/{made}/{slug}", data=MultiDict(changed))
            assert answer.status_code == 303, Page(answer, 0).all(".govuk-error-summary__list a")
        assert answer.headers["Location"] == f"{NEW}/{made}/preview"
        return made

    def publish(self, **changes: Values) -> UUID:
        """Write a whole listing and publish it, whatever it looks like; gives its id."""
        made = self.write(**changes)
        answer = self.send(f"{NEW}/{made}/preview", {"do": "anyway"})
        assert answer.headers["Location"] == f"/organise/listings/{made}/edit?listed=1"
        return made
