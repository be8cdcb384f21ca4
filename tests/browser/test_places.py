"""The box for a place: suggestions by keyboard and by tap, and a choice that is remembered."""

from playwright.sync_api import Browser, Route, expect

from tests.browser.visits import NEEDS, PHONE, visiting

pytestmark = NEEDS


def test_a_place_is_suggested_and_taken_with_the_keyboard_alone(
    browser: Browser, site_address: str
) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        page = visit.go("/")
        page.locator("#near").focus()
        page.locator("#near[role=combobox]").wait_for()

        page.keyboard.type("leith")
        option = page.get_by_role("option", name="Leith, Edinburgh EH6")
        option.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

        page.wait_for_url("**/search?near=Leith*")
        assert "of Leith" in page.locator("h1").inner_text()


def test_a_suggestion_is_taken_with_a_tap(browser: Browser, site_address: str) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        page = visit.go("/")
        page.locator("#near").focus()
        page.locator("#near[role=combobox]").wait_for()

        page.keyboard.type("leith wa")
        page.get_by_role("option", name="Leith Walk").click()

        page.wait_for_url("**/search?near=Leith+Walk*")


def test_a_postcode_is_sent_as_it_was_typed(browser: Browser, site_address: str) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        page = visit.go("/")
        page.locator("#near").focus()
        page.locator("#near[role=combobox]").wait_for()

        page.keyboard.type("EH6 7BS")
        page.keyboard.press("Enter")

        page.wait_for_url("**/search?near=EH6+7BS*")


def test_what_is_typed_before_the_suggestions_have_loaded_stays(
    browser: Browser, site_address: str
) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        page = visit.go("/")
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/accessible-autocomplete*", hold)
        with page.expect_request("**/accessible-autocomplete*"):
            page.locator("#near").focus()
        page.keyboard.type("EH6")

        held[0].continue_()
        page.locator("#near[role=combobox]").wait_for()
        page.keyboard.type(" 7BS")

        expect(page.locator("#near")).to_have_value("EH6 7BS")


def test_a_place_that_was_chosen_before_comes_first(browser: Browser, site_address: str) -> None:
    with visiting(browser, site_address, PHONE) as visit:
        page = visit.go("/search?near=Clapham")
        page.get_by_role("link", name="near Bedford").click()
        page.wait_for_url("**MK41*")

        page = visit.go("/search?near=clapham")

        first = page.locator(".places a").first
        assert "near Bedford" in first.inner_text()
        assert "You chose this before" in first.inner_text()
