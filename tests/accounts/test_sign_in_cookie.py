"""The cookie of somebody who is signed in: whose it is, how long it lasts, and who gets none."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.page_client import Page, PageClient
from tests.support.review_parts import NOW
from tests.support.sign_in_site import ANNA, Site, ask, is_in, post, send

NEW = "never-seen@example.org"


def cookies(answer_headers: list[str]) -> dict[str, str]:
    return {line.partition("=")[0]: line for line in answer_headers}


def test_the_cookie_is_for_this_site_and_no_script(site: Site) -> None:
    answer = post(site.browser(), ask(site), 303).answer

    cookie = cookies(answer.headers.getlist("Set-Cookie"))["signed-in"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("base_url", ["https://quiet.example.org"])
def test_over_https_the_cookie_is_bound_to_the_host(site: Site) -> None:
    browser = site.browser()
    browser.client = site.app.test_client()
    form = browser.client.get("/sign-in", base_url="https://quiet.example.org")
    form_cookie = form.headers.getlist("Set-Cookie")[0]
    token = Page(form, 0).values("input[name=csrf_token]", "value")[0]
    typed = {"csrf_token": token, "email": ANNA}
    browser.client.post("/sign-in", base_url="https://quiet.example.org", data=typed)
    (link,) = site.mailed()
    answer = browser.client.post(link, base_url="https://quiet.example.org", data=typed)

    cookie = cookies(answer.headers.getlist("Set-Cookie"))["__Host-signed-in"]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert form_cookie.startswith("__Host-form=")
    assert "Secure" in form_cookie
    assert browser.client.get("/account/", base_url="https://quiet.example.org").status_code == 200


def test_nobody_who_does_not_sign_in_gets_a_cookie_or_costs_a_query(site: Site) -> None:
    browser = PageClient(site.app, site.app.extensions["quiet_corner"].database)

    for address in ("/", "/about/", "/about/privacy", "/sign-in/sent"):
        page = browser.get(address, most_statements=0)
        assert "Set-Cookie" not in page.answer.headers
        assert "private" not in page.answer.headers.get("Cache-Control", "")
        assert page.all("nav[aria-label=Main] a")[-1] == "List a group"
        assert "Sign out" not in page.one("header")


def test_a_page_of_somebody_who_is_signed_in_is_kept_by_nobody_else(site: Site) -> None:
    browser = site.browser()
    post(browser, ask(site), 303)

    page = browser.get("/about/")

    assert page.all("nav[aria-label=Main] a")[-2:] == ["My listings", "Account"]
    assert page.one("header button") == "Sign out"
    assert page.answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in page.answer.headers["Vary"]
    assert ANNA not in page.answer.text


def test_signing_out_is_a_button_and_works_at_once(site: Site) -> None:
    browser = site.browser()
    post(browser, ask(site), 303)
    stolen = browser.client.get_cookie("signed-in")
    assert stolen is not None
    thief = site.browser()
    thief.client.set_cookie("signed-in", stolen.value)

    browser.get("/sign-out")
    send(browser.client, "/sign-out", 400)
    assert is_in(browser)
    token = browser.get("/").values("header input[name=csrf_token]", "value")[0]
    answer = send(browser.client, "/sign-out", 303, csrf_token=token).answer

    assert "signed-in=;" in " ".join(answer.headers.getlist("Set-Cookie"))
    assert not is_in(browser)
    assert not is_in(thief)


def test_a_sign_in_ends_after_thirty_days(site: Site) -> None:
    browser = site.browser()
    post(browser, ask(site), 303)

    site.clock.set(NOW + timedelta(days=29, hours=23))
    assert is_in(browser)
    site.clock.set(NOW + timedelta(days=30))
    assert not is_in(browser)


def test_a_cookie_that_was_made_up_signs_nobody_in(site: Site) -> None:
    browser = site.browser()

    for made_up in ("", "x", "' OR 1=1 --", "a" * 4_000):
        browser.client.set_cookie("signed-in", made_up)
        assert not is_in(browser)


def test_private_pages_tell_nobody_their_address(site: Site) -> None:
    browser = site.browser()

    for address in ("/sign-in", ask(site), "/sign-in/nonsense", "/sign-in/sent"):
        headers = browser.client.get(address).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Cache-Control"] == "no-store"


def test_a_page_that_breaks_still_comes_where_the_database_is_gone(
    site: Site, tmp_path: Path
) -> None:
    browser = site.browser()
    post(browser, ask(site), 303)
    with site.app.extensions["quiet_corner"].database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE sign_ins")

    # To SQLite a table that is not there is a database that can't be read.
    is_away = connection.dialect.name == "sqlite"
    page = browser.get("/about/", 503 if is_away else 500)

    assert page.one("h1") == ("We will be back soon" if is_away else "Something broke on our side")
    assert page.all("nav[aria-label=Main] a")[-1] == "List a group"


def test_a_form_token_from_before_signing_in_is_worth_nothing_after(site: Site) -> None:
    browser = site.browser()
    before = browser.get("/sign-in").values("input[name=csrf_token]", "value")[0]

    post(browser, ask(site), 303)
    send(browser.client, "/sign-out", 400, csrf_token=before)

    assert is_in(browser)
