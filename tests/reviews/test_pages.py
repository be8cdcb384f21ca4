"""A review on the site: one page, an emailed link, a button; and nothing typed ever runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from finder.domain.facts import Fact
from finder.domain.vocabulary import TalkingLevel
from finder.platform.db.database import Database, Db
from finder.reviews import queries as reviews_queries
from finder.reviews import rules as reviews_rules
from finder.reviews.rules import Visit
from tests.support.page_client import Page, PageClient, check
from tests.support.review_parts import NOW, add_group, draft, mails, manage_tokens, publish, stored
from tests.support.site import app_on

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}${7*7}",
    "=1+1",
    "+1+1",
    "-1+1",
    "=cmd|' /C calc'!A0",
    "\t=1+1\r\n=2+2",
    "'; DROP TABLE reviews; --",
    "\N{RIGHT-TO-LEFT OVERRIDE}txet desrever",
)


pytestmark = pytest.mark.usefixtures("first_reviews_are_trusted")


@dataclass
class Site:
    """The app with one group in it, and a browser that checks each page."""

    app: Flask
    db: Db
    group: UUID
    browser: PageClient

    @property
    def address(self) -> str:
        return f"/groups/{self.group}/review"

    def get(self, address: str, status: int = 200) -> Page:
        return self.browser.get(address, status)

    def post(self, address: str, status: int = 200, **typed: str) -> Page | None:
        answer = self.browser.client.post(address, data=typed)
        assert answer.status_code == status, answer.text[:2000]
        if status in {302, 303}:
            return None
        page = Page(answer, 0)
        check(page)
        return page

    def token(self, address: str) -> str:
        return self.get(address).values("input[name=csrf_token]", "value")[0]

    def send(self, status: int = 303, **typed: str) -> Page | None:
        form = self.get(self.address)
        hidden = {
            name: form.values(f"input[name={name}]", "value")[0]
            for name in ("csrf_token", "form_key")
        }
        said = {"level": "2", "visit": "2026-10", "email": "parent@example.org"}
        return self.post(self.address, status, **{**hidden, **said, **typed})

    def links(self, kind: str = "confirm/") -> list[str]:
        self.db.expire_all()
        texts = " ".join(mail.body for mail in mails(self.db))
        self.db.rollback()
        return re.findall(rf"http://127.0.0.1:8000(/reviews/{kind}[\w-]+)", texts)


@pytest.fixture
def site(database: Database, tmp_path: Path, gazetteer_dir: Path) -> Iterator[Site]:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_dir / "postcodes.db")
    app = app_on(database, tmp_path, NOW)
    own = app.extensions["quiet_corner"].database
    with own.writing() as db:
        group = add_group(db)
        yield Site(app, db, group, PageClient(app))
    own.close()


def test_a_review_counts_after_the_button_is_pressed_and_not_before(site: Site) -> None:
    site.send(level="1", fact_included="yes", fact_sing="no", words="Calm and warm.")
    (link,) = site.links()
    before = stored(site.db, site.group)

    page = site.get(link)
    assert page.one("h1") == "Confirm your review"
    assert stored(site.db, site.group) == before
    done = site.post(link, csrf_token=site.token(link))

    assert done is not None
    assert done.one("h1") == "Thank you, your review counts"
    after = stored(site.db, site.group)
    assert after["reports_1"] == 1
    assert after["facts"]["included"] == (None, 1, 0)


def test_the_form_asks_in_the_order_of_the_design_and_the_email_comes_last(site: Site) -> None:
    page = site.get(site.address)

    names = list(dict.fromkeys(page.values("input, select, textarea", "name")))
    assert names[:3] == ["form_key", "csrf_token", "level"]
    assert names[-1] == "email"
    assert sum(name.startswith("fact_") for name in names) == 6
    assert "If you want company, will someone include you?" in page.all("legend")
    assert "Was it your first time?" in page.all("legend")
    for level in TalkingLevel:
        assert level.promise in page.words


def test_nothing_is_kept_of_a_form_with_nothing_in_it_and_it_says_what_is_missing(
    site: Site,
) -> None:
    page = site.send(200, level="", visit="", email="")

    assert page is not None
    assert page.one("title").startswith("Error: ")
    assert page.all(".problem-list a") == [
        "Choose how much you had to talk",
        "Choose the month of your visit",
        "Type an email address like name@example.org",
    ]
    assert page.values("input[name=email]", "aria-describedby") == ["email-hint email-error"]
    assert site.links() == []


IMPOSSIBLE = (
    ({"words": "Ask for Sarah"}, "leave out people’s names"),
    ({"words": "Ring 01632 960 000"}, "leave out phone numbers"),
    ({"advice": "write to someone@example.org"}, "leave out email addresses"),
    ({"advice": "see https://example.org"}, "leave out links"),
    ({"words": "a" * 1_001}, "Use 1,000 characters or fewer. You have 1,001."),
    ({"level": "6"}, ""),
    ({"visit": "2027-01"}, ""),
    ({"visit": "nonsense"}, ""),
    ({"fact_sing": "maybe"}, ""),
    ({"baby_age": "old"}, ""),
    ({"email": "parent"}, "Type an email address"),
)


def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(site: Site) -> None:
    for typed, says in IMPOSSIBLE:
        page = site.send(200, **typed)

        assert page is not None
        assert says in " ".join(page.all(".problem-list"))
        assert page.all(".field-error") or not says
        assert site.links() == []
        if "words" in typed:
            assert page.one("textarea[name=words]") == typed["words"]


def test_a_thousand_characters_with_new_lines_fit(site: Site) -> None:
    site.send(words="a\r\n" * 500)

    assert len(site.links()) == 1


def test_a_double_click_makes_one_review(site: Site) -> None:
    form = site.get(site.address)
    typed = {
        "csrf_token": form.values("input[name=csrf_token]", "value")[0],
        "form_key": form.values("input[name=form_key]", "value")[0],
        **{"level": "2", "visit": "2026-10", "email": "parent@example.org"},
    }

    for _ in range(2):
        site.post(site.address, 303, **typed)

    assert len(site.links()) == 1


def test_the_answer_is_the_same_for_an_address_that_had_too_many_mails(site: Site) -> None:
    for _ in range(6):
        site.send()

    assert len(site.links()) == 5
    assert site.get(f"{site.address}/sent").one("h1") == "Check your email"


def test_a_form_from_elsewhere_is_refused_kindly(site: Site) -> None:
    page = site.post(site.address, 200, level="2", visit="2026-10", email="a@example.org")

    assert page is not None
    assert "Press the button once more" in page.words
    assert site.links() == []


def test_no_cookie_is_set_until_a_form_is_opened(site: Site) -> None:
    page = site.get(f"/groups/{site.group}")

    assert "Set-Cookie" not in page.answer.headers
    assert "HttpOnly" in site.get(site.address).answer.headers["Set-Cookie"]


def test_a_parent_changes_a_review_and_takes_it_back(site: Site) -> None:
    _, token = publish(site.db, site.group, draft(5, facts={Fact.SING: True}, words="Loud"))
    address = f"/reviews/{token}"
    page = site.get(address)
    assert page.values("input[name=level][checked]", "value") == ["5"]
    assert page.values("input[name=fact_sing][checked]", "value") == ["yes"]
    assert page.one("textarea[name=words]") == "Loud"

    changed = {"level": "1", "visit": "2026-10", "words": "Calm", "fact_sing": "no"}
    site.post(address, 303, csrf_token=site.token(address), do="change", **changed)
    assert stored(site.db, site.group)["reports_1"] == 1
    assert stored(site.db, site.group)["facts"]["sing"] == (None, 0, 1)

    site.post(address, 303, csrf_token=site.token(address), do="withdraw")
    assert stored(site.db, site.group)["reports_1"] == 0
    assert site.get(address).one("h1") == "You took your review back"


def test_a_change_with_a_phone_number_in_it_is_refused(site: Site) -> None:
    _, token = publish(site.db, site.group)
    address = f"/reviews/{token}"
    typed = {"level": "1", "visit": "2026-10", "words": "Ring 01632 960 000"}

    page = site.post(address, 200, csrf_token=site.token(address), do="change", **typed)

    assert page is not None
    assert "leave out phone numbers" in page.words
    assert stored(site.db, site.group)["reports_2"] == 1


@pytest.mark.parametrize("path", ["confirm/nonsense", "nonsense"])
def test_a_link_that_no_longer_works_says_what_to_do(site: Site, path: str) -> None:
    page = site.get(f"/reviews/{path}", 404)

    assert page.one("h1") == "This link doesn’t work any more"


def test_private_pages_tell_nobody_their_address(site: Site) -> None:
    site.send()
    _, token = publish(site.db, site.group)

    for address in (*site.links(), f"/reviews/{token}", "/reviews/nonsense"):
        answer = site.browser.client.get(address)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"] == "no-store"


def test_looking_at_a_link_a_hundred_times_changes_nothing(site: Site) -> None:
    site.send()
    (link,) = site.links()
    before = stored(site.db, site.group)

    for _ in range(3):
        site.get(link)
        assert site.browser.client.head(link).status_code == 200

    assert stored(site.db, site.group) == before


def test_a_group_that_is_not_there_takes_no_review(site: Site) -> None:
    site.get(f"/groups/{UUID(int=7)}/review", 404)
    site.get(f"/groups/{UUID(int=7)}/review/sent", 404)


def test_words_appear_only_with_the_third_review(site: Site) -> None:
    for number in (1, 2):
        publish(site.db, site.group, draft(words=f"Words number {number}"))
        page = site.get(f"/groups/{site.group}")
        assert "Words number" not in page.words
        assert "One or two parents have told us" in page.words

    publish(site.db, site.group, draft(words="Words number 3", would_go_again=True))

    page = site.get(f"/groups/{site.group}")
    assert "3 parents have told us" in page.words
    for number in (1, 2, 3):
        assert f"Words number {number}" in page.words


def test_a_review_shows_a_season_and_nothing_else_of_its_author(site: Site) -> None:
    for _ in range(3):
        publish(site.db, site.group, draft(visit=Visit(2026, 5), came_alone=True, words="Fine."))

    page = site.get(f"/groups/{site.group}")

    assert "A parent, spring 2026" in page.words
    assert "May 2026" not in page.words
    assert "@example.org" not in page.answer.text


def test_a_parent_who_wants_no_words_printed_is_counted_only(site: Site) -> None:
    for number in range(3):
        hidden = draft(words="Not for print", advice="Nor this", print_words=number > 0)
        publish(site.db, site.group, hidden if number == 0 else draft(words="For print"))

    page = site.get(f"/groups/{site.group}")

    assert "3 parents have told us" in page.words
    assert "For print" in page.words
    assert "Not for print" not in page.words
    assert "Nor this" not in page.words


def test_ten_reviews_make_a_page_newest_first(site: Site) -> None:
    for month in range(1, 12):
        publish(site.db, site.group, draft(visit=Visit(2026, month), words=f"In month {month}."))

    first = site.get(f"/groups/{site.group}")
    second = site.get(f"/groups/{site.group}?reviews=2")

    assert first.all(".words")[0] == "In month 11."
    assert len(first.all(".words")) == 10
    assert second.all(".words") == ["In month 1."]
    for nonsense in ("99", "-1", "x", "1e9", "9" * 40):
        site.get(f"/groups/{site.group}?reviews={nonsense}")


def test_being_included_is_said_beside_the_level(site: Site) -> None:
    for _ in range(3):
        publish(site.db, site.group, draft(facts={Fact.INCLUDED: True}))

    page = site.get(f"/groups/{site.group}")

    assert "If you want company, someone usually includes you." in page.one(".promise")


@pytest.mark.parametrize("nasty", NASTY)
def test_what_is_typed_is_shown_as_it_was_typed_and_never_runs(site: Site, nasty: str) -> None:
    for _ in range(3):
        publish(site.db, site.group, draft(words=nasty, advice=nasty))

    page = site.get(f"/groups/{site.group}")
    points = site.browser.client.get("/search.geojson?near=EH6+7BS&unknown=1").text

    assert "alert(1)" not in " ".join(str(n) for n in page.all("script"))
    assert page.values("img[onerror]", "onerror") == []
    shown = " ".join(unescape(nasty).split())
    assert shown in page.words
    assert "alert(1)" not in points


@pytest.mark.parametrize("nasty", NASTY)
def test_every_field_takes_nonsense_without_falling_over(site: Site, nasty: str) -> None:
    fields = ("level", "visit", "fact_included", "came_alone", "baby_age", "was_first_time")
    for field in (*fields, "would_go_again", "words", "advice", "hide_words", "email", "form_key"):
        form = site.get(site.address)
        typed = {"level": "2", "visit": "2026-10", "email": "a@example.org", field: nasty}
        typed["csrf_token"] = form.values("input[name=csrf_token]", "value")[0]
        answer = site.browser.client.post(site.address, data=typed)
        assert answer.status_code in {200, 303}
        if answer.status_code == 200:
            check(Page(answer, 0))


def test_a_hidden_review_tells_its_author_how_to_appeal(site: Site) -> None:
    own, token = publish(site.db, site.group)
    reviews_queries.set_state(site.db, own.id, reviews_rules.ReviewState.HIDDEN, NOW)
    site.db.commit()

    page = site.get(f"/reviews/{token}")

    assert "A moderator has hidden it" in page.words
    assert page.values("input[name=level]", "value") == []


def test_the_newest_link_is_the_one_that_works(site: Site) -> None:
    publish(site.db, site.group, email="parent@example.org")
    (first,) = manage_tokens(site.db)
    _, second = publish(site.db, site.group, email="parent@example.org")

    site.get(f"/reviews/{first}", 404)
    site.get(f"/reviews/{second}")
