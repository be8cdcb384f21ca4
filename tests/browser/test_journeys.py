"""Whole visits: by keyboard only, without scripts, and with groups saved."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.visits import NEEDS, PHONE, WIDE, Visit, visiting
from tests.support.site import Site

pytestmark = NEEDS


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the thing of this name has the focus, and see that it shows."""
    for _ in range(most):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "(document.activeElement.ariaLabel || document.activeElement.labels?.[0]?.innerText"
            " || document.activeElement.innerText || '').replace(/\\s+/g, ' ').trim()"
        )
        if words.startswith(name):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            return
    raise AssertionError(f"{name} was not reached")


def test_by_keyboard_from_home_to_a_saved_group(browser: Browser, site_address: str) -> None:
    with visiting(browser, site_address, WIDE) as visit:
        page = visit.go("/")
        tab_to(page, "Postcode or place")
        page.keyboard.type("EH6 7BS")
        tab_to(page, "Little or no small talk")
        page.keyboard.press("Space")
        with visit.leaving():
            page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("of EH6 7BS")
        expect(page.get_by_role("checkbox", name="Little or no small talk")).to_be_checked()

        name = page.locator(".card h2 a").first.inner_text()
        tab_to(page, name, most=90)
        with visit.leaving():
            page.keyboard.press("Enter")
        tab_to(page, f"Save {name}")
        page.keyboard.press("Enter")

        expect(page.get_by_role("button", name=f"Save {name}")).to_have_attribute(
            "aria-pressed", "true"
        )
        expect(page.get_by_role("link", name="Saved (1)")).to_be_visible()
        expect(page.locator("[data-saved-status]")).to_have_text("Saved. You have saved 1.")


def test_the_first_stop_skips_to_the_main_part(browser: Browser, site_address: str) -> None:
    with visiting(browser, site_address, WIDE) as visit:
        page = visit.go("/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "main"


def test_without_scripts_a_parent_still_finds_and_reads(
    browser: Browser, site_address: str
) -> None:
    with visiting(browser, site_address, PHONE, java_script_enabled=False) as visit:
        page = visit.go("/")
        page.fill("#near", "EH6 7BS")
        page.check("input[name=talking]")
        visit.follow(page.get_by_role("button", name="Search"))
        expect(page.locator("h1")).to_contain_text("of EH6 7BS")
        expect(page.locator(".save").first).to_be_hidden()
        expect(page.locator(".map-switch")).to_be_hidden()

        page.click("summary:has-text('All filters')")
        page.select_option("#talking", "")
        visit.follow(page.get_by_role("button", name="Show groups"))
        page.select_option("#sort", "cost")
        visit.follow(page.get_by_role("button", name="Sort"))
        assert "sort=cost" in page.url

        visit.follow(".card h2 a")
        expect(page.get_by_role("heading", name="Will I have to …")).to_be_visible()

        visit.go("/shortlist")
        expect(page.locator(".no-script")).to_be_visible()


def test_on_a_wide_screen_the_filters_stand_open_without_scripts(
    browser: Browser, site_address: str
) -> None:
    with visiting(browser, site_address, WIDE, java_script_enabled=False) as visit:
        page = visit.go("/search?near=EH6+7BS")

        expect(page.locator("#radius")).to_be_visible()
        expect(page.locator(".filters > summary")).to_be_hidden()


def save_first(visit: Visit, count: int) -> list[str]:
    page = visit.go("/search?near=EH6+7BS")
    for number in range(count):
        page.locator(".card .save").nth(number).click()
    return [page.locator(".card h2 a").nth(number).inner_text() for number in range(count)]


def test_saved_groups_are_kept_shown_and_taken_off(browser: Browser, site_address: str) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        names = save_first(visit, 2)
        page = visit.go("/shortlist")
        page.wait_for_url(re.compile(r"/shortlist\?g="))
        expect(page.locator(".card h2")).to_have_text(names)

        page.locator(".card .save").first.click()
        expect(page.locator("[data-saved-link]")).to_have_text("Saved (1)")
        visit.follow("[data-saved-link]")
        expect(page.locator(".card h2")).to_have_text(names[1:])


def test_a_shared_list_is_read_by_somebody_who_saved_nothing(
    browser: Browser, site_address: str
) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        names = save_first(visit, 2)
        shared = visit.page.locator("[data-saved-link]").get_attribute("href")
    with visiting(browser, site_address, PHONE, java_script_enabled=False) as other:
        page = other.go(str(shared))

        expect(page.locator(".card h2")).to_have_text(names)


def test_what_a_browser_kept_wrongly_is_ignored(browser: Browser, site_address: str) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        page = visit.go("/")
        for kept in ("{", "null", '["<b>"]', '{"a": 1}'):
            page.evaluate("kept => localStorage.setItem('saved-groups', kept)", kept)
            visit.go("/")
            expect(page.locator("[data-saved-link]")).to_have_text("Saved")


def test_back_leads_to_the_last_search_of_this_tab_only(
    browser: Browser, site: Site, site_address: str
) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        visit.go("/search?near=EH6+7BS&cost=free")
        page = visit.go(site.groups["rhyme-time"])
        back = page.locator("[data-back]")
        expect(back).to_have_text("Back to groups near EH6 7BS")
        visit.follow(back)
        assert page.url.endswith("/search?near=EH6+7BS&cost=free")
    with visiting(browser, site_address, PHONE) as other:
        page = other.go(site.groups["rhyme-time"])
        expect(page.locator("[data-back]")).to_have_text("Groups near Leith")


def test_paper_has_the_words_and_no_buttons(
    browser: Browser, site: Site, site_address: str
) -> None:
    with visiting(browser, site_address, WIDE) as visit:
        page = visit.go(site.groups["rhyme-time"])
        folded = page.locator(".fold-body").last
        expect(folded).to_be_hidden()
        page.emulate_media(media="print")

        expect(folded).to_be_visible()
        expect(page.locator(".save").first).to_be_hidden()
        expect(page.locator(".timeline")).to_be_visible()


def test_on_a_phone_the_map_is_seen_once_it_is_asked_for(
    browser: Browser, site_address: str
) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        page = visit.go("/search?near=EH6+7BS")
        page.get_by_role("button", name="Map", exact=True).click()
        page.wait_for_selector("[data-map][data-state=shown]")
        top = page.locator("#map_groups").evaluate("map => map.getBoundingClientRect().top")

        assert 0 < top < PHONE[1] / 3
        expect(page.get_by_role("button", name="List", exact=True)).to_be_in_viewport()


def test_by_keyboard_the_groups_are_a_few_stops_away(browser: Browser, site_address: str) -> None:
    with visiting(browser, site_address, WIDE) as visit:
        page = visit.go("/search?near=EH6+7BS")
        tab_to(page, "Skip the filters", most=8)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        expect(page.locator(".card h2 a").first).to_be_focused()
