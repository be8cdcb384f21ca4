"""A review on the site: one page, an emailed link, a button; and nothing typed ever runs."""

from html import unescape
from uuid import UUID

import pytest

from finder.domain.facts import Fact
from finder.domain.readable import isolated
from finder.domain.vocabulary import TalkingLevel
from finder.reviews import queries as reviews_queries
from finder.reviews import rules as reviews_rules
from tests.support.page_client import Page, check
from tests.support.review_parts import NOW, draft, manage_tokens, publish, stored
from tests.support.review_site import Site

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


def test_a_page_says_check_your_email_where_a_letter_is_on_its_way(site: Site) -> None:
    site.send()

    assert len(site.links()) == 1
    assert site.get(f"{site.address}/sent").one("h1") == "Check your email"


def test_a_form_from_elsewhere_is_refused_kindly(site: Site) -> None:
    page = site.post(site.address, 400, level="2", visit="2026-10", email="a@example.org")

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


@pytest.mark.parametrize("nasty", NASTY)
def test_what_is_typed_is_shown_as_it_was_typed_and_never_runs(site: Site, nasty: str) -> None:
    for _ in range(3):
        publish(site.db, site.group, draft(words=nasty, advice=nasty))

    page = site.get(f"/groups/{site.group}")
    points = site.browser.client.get("/search.geojson?near=EH6+7BS&unknown=1").text

    assert "alert(1)" not in " ".join(str(n) for n in page.all("script"))
    assert page.values("img[onerror]", "onerror") == []
    shown = isolated(" ".join(unescape(nasty).split()))
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
