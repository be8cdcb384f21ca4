"""Every page and state: nothing axe-core can fault, nothing foreign, nothing sideways."""

import pytest
from playwright.sync_api import Browser

from finder.about.views import PAGES
from tests.browser.visits import NARROW, NEEDS, PHONE, WIDE, visiting
from tests.support.site import Site

pytestmark = NEEDS

STATES = {
    "home": "/",
    "results": "/search?near=EH6+7BS",
    "narrowed": "/search?near=EH6+7BS&talking=2&unknown=1&can=sit_and_watch&format=singing",
    "second page": "/search?near=EH6&page=2&sort=quiet",
    "nothing found": "/search?near=EH6+7BS&format=animals&radius=1&cost=paid",
    "where": "/search",
    "choices": "/search?near=Newport",
    "unknown postcode": "/search?near=EH99+9ZZ",
    "near miss": "/search?near=Hebdon+Bridge",
    "bad values": "/search?near=EH6+7BS&max_cost=x&day=x&can=x&radius=x&after=12:00&before=9:00",
    "group": "rhyme-time",
    "group with quieter ones": "baby-circle",
    "group of which nothing is known": "bare",
    "shortlist": "shortlist",
    "empty shortlist": "/shortlist",
    "not found": "/nowhere",
    "sign in": "/sign-in",
    "link to sign in is sent": "/sign-in/sent",
    "old link to sign in": "/sign-in/nonsense",
    "sign out": "/sign-out",
    "about": "/about/",
    **{name: f"/about/{name}" for name in PAGES},
}


def path_of(site: Site, state: str) -> str:
    path = STATES[state]
    if path == "shortlist":
        ids = [address[-36:] for address in list(site.groups.values())[:3]]
        return "/shortlist?" + "&".join(f"g={one}" for one in ids)
    return site.groups.get(path, path)


def test_axe_finds_no_fault_in_any_state(browser: Browser, site: Site, site_address: str) -> None:
    faults = {}
    with visiting(browser, site_address, PHONE) as visit:
        for state in STATES:
            visit.go(path_of(site, state))
            if found := visit.faults():
                faults[state] = found

    assert faults == {}


def test_every_state_is_read_as_well_in_the_dark(
    browser: Browser, site: Site, site_address: str
) -> None:
    faults = {}
    with visiting(browser, site_address, WIDE, color_scheme="dark") as visit:
        for state in STATES:
            visit.go(path_of(site, state))
            if found := visit.faults("color-contrast", "link-in-text-block"):
                faults[state] = found

    assert faults == {}


def test_nothing_scrolls_sideways_at_320_px(
    browser: Browser, site: Site, site_address: str
) -> None:
    too_wide = {}
    with visiting(browser, site_address, NARROW) as visit:
        for state in STATES:
            visit.go(path_of(site, state))
            if (pixels := visit.sideways()) > 0:
                too_wide[state] = pixels

    assert too_wide == {}


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_everything_that_unfolds_is_without_fault(
    browser: Browser, site: Site, site_address: str, size: tuple[int, int]
) -> None:
    faults = {}
    with visiting(browser, site_address, size) as visit:
        for state in ("results", "bad values", "group"):
            page = visit.go(path_of(site, state))
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            if found := visit.faults():
                faults[state] = found
            assert visit.sideways() <= 0

    assert faults == {}


def test_targets_are_large_enough_for_a_thumb(
    browser: Browser, site: Site, site_address: str
) -> None:
    small = """() => [...document.querySelectorAll(
        "button, select, input:not([type=hidden]):not([type=checkbox]), label.tick, " +
        "label.switch, .chip, .btn, .pages a, nav a, summary")]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
        .map((one) => one.outerHTML.slice(0, 120))"""
    with visiting(browser, site_address, PHONE) as visit:
        for state in ("home", "results", "group", "shortlist"):
            page = visit.go(path_of(site, state))
            assert page.evaluate(small) == [], state


def test_the_level_is_told_without_colour(browser: Browser, site: Site, site_address: str) -> None:
    with visiting(browser, site_address, WIDE, forced_colors="active") as visit:
        page = visit.go(path_of(site, "results"))

        line = page.locator(".card .talk").first
        assert line.locator(".mark text").text_content() in {"1", "2", "3", "4", "5"}
        assert line.locator("strong").is_visible()
