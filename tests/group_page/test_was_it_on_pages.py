"""Was it on? From a group's page to a button and back, without an account."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from finder.platform.db.database import Database
from tests.domain.test_groups import GROUP
from tests.support.page_client import Page, PageClient, check
from tests.support.review_parts import add_group
from tests.support.site import app_on

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PARENT, OTHER = "192.0.2.1", "192.0.2.2"
LAST = "2026-11-24 "


class Site:
    """The app at noon on a Tuesday, an hour after its one group has ended."""

    def __init__(self, database: Database, folder: Path) -> None:
        with database.writing() as db:
            self.group = add_group(db)
        self.app = app_on(database, folder, NOON)
        self.own = self.app.extensions["quiet_corner"].database
        self.pages = PageClient(self.app, self.own)
        self.page = f"/groups/{self.group}"
        self.address = f"{self.page}/was-it-on"

    def post(self, answer: str, network: str = PARENT) -> TestResponse:
        (token,) = self.pages.get(self.address).values("input[name=csrf_token]", "value")
        return self.pages.client.post(
            self.address,
            data={"csrf_token": token, "answer": answer},
            environ_base={"REMOTE_ADDR": network},
        )

    def told(self) -> list[str]:
        return self.pages.get(self.page).all("#was-it-on > p")


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    site = Site(database, tmp_path)
    yield site
    site.own.close()


def refused(answer: TestResponse, status: int = 200) -> Page:
    assert answer.status_code == status, answer.text[:2000]
    page = Page(answer, 0)
    check(page)
    assert page.one("title").startswith("Error: Was it on?")
    return page


def test_a_groups_page_asks_about_the_newest_date_and_leads_to_the_form(site: Site) -> None:
    page = site.pages.get(site.page, most_statements=7)

    assert page.one("#was-it-on h3") == "Was it on, Tuesday 24 November?"
    assert page.all("#was-it-on a") == ["Yes, it was on", "No , it was not on", "Another day"]
    assert set(page.values("#was-it-on a", "href")) == {site.address}
    assert page.values("#was-it-on [data-one-tap]", "data-one-tap") == [
        "2026-11-24 yes",
        "2026-11-24 no",
    ]
    assert site.told() == []


def test_a_groups_page_is_the_same_for_everybody_also_with_the_question(site: Site) -> None:
    answer = site.pages.client.get(site.page)

    assert "Set-Cookie" not in answer.headers
    assert "public" in answer.headers["Cache-Control"]


def test_each_recent_date_has_its_two_buttons(site: Site) -> None:
    page = site.pages.get(site.address)

    assert page.all(".was-on-days legend") == [
        "Tuesday 24 November",
        "Tuesday 17 November",
        "Tuesday 10 November",
    ]
    assert page.values(".was-on-days button", "value")[:3] == [
        "2026-11-24 yes",
        "2026-11-24 no",
        "2026-11-17 yes",
    ]
    assert page.all(".was-on-days button")[1] == "No , it was not on, Tuesday 24 November"


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("yes", "A parent found it on, Tue 24 Nov."),
        ("no", "A parent found that it was not on, Tue 24 Nov. Check before you go."),
    ],
)
def test_one_button_is_enough_and_the_page_says_so_at_once(
    site: Site, word: str, says: str
) -> None:
    answer = site.post(LAST + word)

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{site.page}#was-it-on"
    assert site.told() == [says]


def test_a_doubt_stands_at_the_top_of_the_page_too(site: Site) -> None:
    site.post(LAST + "yes")
    assert not any("found" in note for note in site.pages.get(site.page).all(".group > .note"))

    site.post(LAST + "no", OTHER)

    assert site.pages.get(site.page).all(".group > .note") == [
        "Parents disagree whether it was on, Tue 24 Nov. Check before you go."
    ]


def test_everybody_sees_the_answer_and_nobody_a_page_from_before(site: Site) -> None:
    other = PageClient(site.app)
    assert other.get(site.page).all("#was-it-on > p") == []

    site.post(LAST + "yes")

    assert other.get(site.page).one("#was-it-on > p") == "A parent found it on, Tue 24 Nov."


def test_a_second_answer_from_one_network_is_not_counted_and_is_told_why(site: Site) -> None:
    site.post(LAST + "yes")

    page = refused(site.post(LAST + "no"), 429)

    assert "We count one answer a day" in page.one("#answer")
    assert site.told() == ["A parent found it on, Tue 24 Nov."]
    assert site.post("2026-11-17 no").status_code == 303


def test_what_no_button_says_is_refused_and_nothing_is_kept(site: Site) -> None:
    for typed in ("", "2026-11-24 perhaps", "<b>", "2026-11-24"):
        assert "Press one of the buttons" in refused(site.post(typed)).one("#answer")
    for typed in ("2026-12-01 yes", "2026-11-03 yes", "9999-12-31 no", "0001-01-01 yes"):
        assert "We can’t ask about that day now" in refused(site.post(typed)).one("#answer")

    assert site.told() == []


def test_a_form_that_did_not_come_from_our_page_counts_nothing(site: Site) -> None:
    answer = site.pages.client.post(site.address, data={"answer": LAST + "yes"})

    assert "Press the button once more" in refused(answer, 400).one("#answer")
    assert site.told() == []


def test_looking_and_following_links_counts_nothing(site: Site) -> None:
    for address in (site.address, f"{site.address}?answer=2026-11-24+yes"):
        site.pages.get(address)

    assert site.told() == []


def test_before_any_date_has_passed_the_form_says_so_and_the_page_asks_nothing(
    site: Site, database: Database
) -> None:
    later = replace(GROUP.sessions[0], first_on=date(2026, 12, 1))
    with database.writing() as db:
        new = add_group(db, "new", sessions=(later,))

    assert site.pages.get(f"/groups/{new}").all("#was-it-on") == []
    page = site.pages.get(f"/groups/{new}/was-it-on")
    assert "There is no day to tell us about just now" in page.words
    assert page.all("form.was-on-days") == []


def test_a_group_that_is_not_there_is_not_asked_about(site: Site) -> None:
    site.pages.get(f"/groups/{uuid4()}/was-it-on", status=404)


def test_no_search_engine_and_no_cache_keeps_the_form(site: Site) -> None:
    answer = site.pages.client.get(site.address)

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_privacy_page_says_how_long_answers_are_kept(site: Site) -> None:
    rows = site.pages.get("/about/privacy").all("tbody tr")

    assert any("that a group was on" in row and "1 year" in row for row in rows)
