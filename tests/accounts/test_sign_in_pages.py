"""Signing in on the site: an emailed link with a button, and nobody else gets in."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.support.page_client import Page
from tests.support.review_parts import NOW, mails, publish
from tests.support.review_parts import add_group as keep_group
from tests.support.sign_in_parts import browser_of
from tests.support.sign_in_site import ANNA, Site, ask, is_in, post, send

NEW = "never-seen@example.org"


def test_the_button_behind_the_link_signs_in_in_any_browser(site: Site) -> None:
    link = ask(site)
    other = site.browser()

    page = other.get(link)
    assert page.one("h1") == "Sign in with this button"
    assert ANNA in page.words
    assert not is_in(other)
    answer = post(other, link, 303).answer

    assert answer.headers["Location"] == "/account/"
    assert is_in(other)
    assert ANNA in other.get("/account/").words


def test_a_mail_scanner_that_opens_the_link_gets_nobody_in_and_uses_nothing_up(site: Site) -> None:
    link = ask(site)
    scanner = site.browser()

    for _ in range(3):
        scanner.get(link)
        assert scanner.client.head(link).status_code == 200
    assert not is_in(scanner)
    for blind in (scanner, site.browser()):
        page = send(blind.client, link, 400)
        assert "Press the button once more" in page.words
        assert not is_in(blind)

    mine = site.browser()
    post(mine, link, 303)
    assert is_in(mine)


def test_a_link_used_twice_gets_nobody_in(site: Site) -> None:
    link = ask(site)
    post(site.browser(), link, 303)
    late = site.browser()

    page = late.get(link, 404)
    assert page.one("h1") == "This link doesn’t work any more"
    token = late.get("/sign-in").values("input[name=csrf_token]", "value")[0]
    send(late.client, link, 404, csrf_token=token)

    assert not is_in(late)


def test_a_late_link_gets_nobody_in(site: Site) -> None:
    link, browser = ask(site), site.browser()
    token = browser.get(link).values("main input[name=csrf_token]", "value")[0]

    site.clock.set(NOW + timedelta(minutes=15))

    send(browser.client, link, 404, csrf_token=token)
    assert not is_in(browser)


def test_links_are_made_from_the_base_url_whatever_the_host_header_says(site: Site) -> None:
    client = site.app.test_client()
    forged = {"Host": "10.9.9.9", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil"}
    form = Page(client.get("/sign-in", headers=forged), 0)
    token = form.values("input[name=csrf_token]", "value")[0]

    typed = {"csrf_token": token, "email": ANNA, "next": "https://evil.example/"}
    answer = client.post("/sign-in", data=typed, headers=forged)

    assert answer.headers["Location"] == "/sign-in/sent"
    (mail,) = mails(site.db)
    assert "http://127.0.0.1:8000/sign-in/" in mail.body
    assert "evil" not in mail.body
    assert "10.9" not in mail.body


def test_a_known_and_an_unknown_address_get_the_same_page_by_the_same_work(site: Site) -> None:
    post(site.browser(), ask(site), 303)
    engine = site.app.extensions["quiet_corner"].database.engine
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    answers = []

    for email in (ANNA, NEW):
        browser = site.browser()
        form = browser.get("/sign-in").values("input[name=csrf_token]", "value")[0]
        seen.clear()
        answer = send(browser.client, "/sign-in", 303, email=email, csrf_token=form).answer
        after = browser.client.get(answer.headers["Location"])
        answers.append((answer.text, answer.headers["Location"], after.text, tuple(seen)))

    assert answers[0] == answers[1]
    assert answers[0][3]


def test_a_sixth_mail_in_an_hour_is_not_sent_and_the_page_says_so(site: Site) -> None:
    for _ in range(5):
        page = post(site.browser(), "/sign-in", 303, email=ANNA)
        assert page.answer.headers["Location"] == "/sign-in/sent"

    refused = post(site.browser(), "/sign-in", 429, email=ANNA)

    assert "we send no more now" in refused.words
    assert len(site.mailed()) == 5


def test_a_network_that_asks_very_often_is_told_to_wait(site: Site) -> None:
    browser = site.browser()
    for number in range(30):
        post(browser, "/sign-in", 303, email=f"p{number}@example.org")

    page = post(browser, "/sign-in", 429, email=ANNA)

    assert "Wait an hour" in page.words
    assert len(site.mailed()) == 30


@pytest.mark.parametrize("email", ["", "nonsense", "a@b@c", "<script>alert(1)</script>"])
def test_what_is_no_address_is_said_beside_the_box(site: Site, email: str) -> None:
    page = post(site.browser(), "/sign-in", 200, email=email)

    assert page.one("title").startswith("Error: ")
    assert "name@example.org" in page.one("#email-error")
    assert page.values(".problem-list a", "href") == ["#email"]
    assert page.values("#email", "value") == [email]


def test_a_form_that_is_not_ours_sends_no_mail(site: Site) -> None:
    page = send(site.app.test_client(), "/sign-in", 400, email=ANNA)

    assert "Press the button once more" in page.words
    assert site.mailed() == []


def test_whoever_wanted_a_page_gets_there_after_signing_in(site: Site) -> None:
    browser = site.browser()
    asked = browser.client.get("/organise/?page=2").headers["Location"]
    form = browser.get(asked)
    wanted = form.values("input[name=next]", "value")[0]
    assert wanted == "/organise/?page=2"

    link = ask(site, next=wanted)

    assert post(browser, link, 303).answer.headers["Location"] == "/organise/?page=2"


@pytest.mark.parametrize(
    "forged", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(site: Site, forged: str) -> None:
    browser = site.browser()
    page = browser.get(f"/sign-in?next={forged}")
    assert page.values("input[name=next]", "value") == [""]

    answer = post(browser, ask(site, next=forged), 303).answer

    assert answer.headers["Location"] == "/account/"
    here = browser.client.get("/sign-in", query_string={"next": forged})
    assert here.headers["Location"] == "/account/"


def test_the_account_page_lists_what_is_mine_and_signs_browsers_out(site: Site) -> None:
    group = keep_group(site.db)
    publish(site.db, group, email=ANNA)
    phone, laptop = (browser_of(site.app, site.db, ANNA) for _ in range(2))
    mine = site.browser()
    mine.client = laptop

    page = mine.get("/account/")
    assert f"/groups/{group}" in page.values("main a", "href")
    assert page.words.count("Signed in on Tuesday 24 November") == 2
    assert page.words.count("This browser.") == 1
    ends = [a for a in page.values("form", "action") if "/account/sign-ins/" in a]
    token = page.values("input[name=csrf_token]", "value")[0]
    assert phone.get("/account/").status_code == 200
    send(laptop, ends[-1], 303, csrf_token=token)

    assert phone.get("/account/").status_code == 303
    assert "is signed out" in mine.get("/account/?ended=1").words
    own = [a for a in mine.get("/account/").values("main form", "action") if "sign-ins" in a]
    assert len(own) == 1
    send(laptop, own[0], 303, csrf_token=token)
    assert laptop.get("/account/").status_code == 303


def test_a_browser_of_somebody_else_can_not_be_signed_out(site: Site) -> None:
    anna, ben = (browser_of(site.app, site.db, e) for e in (ANNA, "ben@example.org"))
    hers, his = site.browser(), site.browser()
    hers.client, his.client = anna, ben
    end = next(a for a in hers.get("/account/").values("form", "action") if a.endswith("/end"))
    token = his.get("/account/").values("input[name=csrf_token]", "value")[0]

    send(ben, end, 404, csrf_token=token)
    send(site.app.test_client(), end, 303, csrf_token=token)
    send(anna, end, 400)

    assert anna.get("/account/").status_code == 200
