"""Reporting a problem: no account, a reference number, an answer; and two who say "closed"."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from finder.platform.db.database import Database, Db
from tests.support.page_client import Page, PageClient, check
from tests.support.review_parts import NOW, add_group, draft, mails, publish
from tests.support.site import app_on


class Site:
    """The app with one group in it, and a browser that checks each page."""

    def __init__(self, app: Flask, db: Db) -> None:
        self.app, self.db = app, db
        self.group = add_group(db)
        self.address = f"/groups/{self.group}/report"
        self.pages = PageClient(app)

    def send(self, address: str = "", status: int = 303, network: str = "192.0.2.1", **typed: str):
        address = address or self.address
        form = self.pages.get(address)
        token = form.values("input[name=csrf_token]", "value")[0]
        answer = self.pages.client.post(
            address,
            data={"csrf_token": token, **typed},
            environ_base={"REMOTE_ADDR": network},
        )
        assert answer.status_code == status, answer.text[:2000]
        if status == 303:
            return answer.headers["Location"]
        page = Page(answer, 0)
        check(page)
        return page


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    app = app_on(database, tmp_path, NOW)
    own = app.extensions["quiet_corner"].database
    with own.writing() as db:
        yield Site(app, db)
    own.close()


def test_a_listing_leads_to_its_report_and_a_report_gets_a_number_and_a_mail(site: Site) -> None:
    listing = site.pages.get(f"/groups/{site.group}")
    assert site.address in listing.values("main a", "href")

    where = site.send(problem="wrong_details", words="It starts at 11.", email="A@example.org")

    page = site.pages.get(where)
    (number,) = re.findall(r"QC-[0-9A-Z]{6}", page.words)
    (letter,) = mails(site.db)
    assert letter.recipient == "a@example.org"
    assert number in letter.subject


def test_nothing_is_asked_but_what_is_wrong(site: Site) -> None:
    where = site.send(problem="unsafe", words="The gate to the road does not shut.")

    assert "number=QC-" in where
    assert mails(site.db) == []


def test_a_report_without_words_is_asked_for_some_unless_it_says_closed(site: Site) -> None:
    page = site.send(status=200, problem="unkind")
    assert "Say in a few words what is wrong" in page.words
    assert "Choose what is wrong" in site.send(status=200, words="x").words
    assert (
        "Type an email address"
        in site.send(status=200, problem="other", words="x", email="nonsense").words
    )

    site.send(problem="closed")


def test_what_is_missing_is_said_in_the_order_of_the_page(site: Site) -> None:
    page = site.send(status=200)

    assert page.all(".problem-list a") == [
        "Choose what is wrong",
        "Say in a few words what is wrong",
    ]
    assert page.all(".field-error") == [
        "Error: Choose what is wrong",
        "Error: Say in a few words what is wrong",
    ]


def test_two_people_who_say_closed_put_a_note_on_the_page_at_once(site: Site) -> None:
    listing = f"/groups/{site.group}"

    site.send(problem="closed", network="192.0.2.1")
    site.send(problem="closed", network="192.0.2.1")
    assert "may have closed" not in site.pages.get(listing).words

    site.send(problem="closed", network="198.51.100.7")
    assert "This group may have closed" in site.pages.get(listing).words


def test_one_address_is_one_person_wherever_it_writes_from(site: Site) -> None:
    for network in ("192.0.2.1", "198.51.100.7", "203.0.113.9"):
        site.send(problem="closed", network=network, email="a@example.org")

    assert "may have closed" not in site.pages.get(f"/groups/{site.group}").words


def test_each_review_that_is_shown_can_be_reported(site: Site) -> None:
    for number in range(3):
        publish(site.db, site.group, draft(2, words=f"Warm and calm, visit {number}."))
    listing = site.pages.get(f"/groups/{site.group}")
    links = [a for a in listing.values(".reviews a", "href") if "review=" in a]
    assert len(links) == 3

    assert "visit" in site.pages.get(links[0]).words
    site.send(links[0], problem="personal", words="It is about me.", review=links[0][-36:])


@pytest.mark.parametrize("query", [f"?review={UUID(int=9)}", "?review=nonsense"])
def test_there_is_no_report_of_what_is_not_there(site: Site, query: str) -> None:
    site.pages.get(site.address + query, status=404)
    site.pages.get(f"/groups/{UUID(int=7)}/report", status=404)


def test_below_three_reviews_none_can_be_seen_through_its_report(site: Site) -> None:
    own, _ = publish(site.db, site.group, draft(2, words="Only one."))

    site.pages.get(f"{site.address}?review={own.id}", status=404)


def test_a_network_that_sends_very_many_is_asked_to_wait(site: Site) -> None:
    for _ in range(10):
        site.send(problem="closed")

    assert "Wait an hour" in site.send(status=429, problem="closed").words


def test_the_page_on_complaints_leads_to_a_form_for_all_else(site: Site) -> None:
    assert "/complain" in site.pages.get("/about/complain").values("main a", "href")

    assert "number=QC-" in site.send("/complain", words="Your map makes me dizzy.")
    site.send("/complain", status=200)


def test_a_made_up_number_is_not_shown(site: Site) -> None:
    assert "http" not in site.pages.get("/report/sent?number=http://x.example").words


def test_the_report_form_needs_its_token(site: Site) -> None:
    answer = site.pages.client.post(site.address, data={"problem": "closed"})

    assert "Press the button once more" in answer.text


def test_a_link_to_appeal_that_never_was_is_answered_kindly(site: Site) -> None:
    assert "write to us" in site.pages.get("/appeal/nonsense", status=404).words
