"""The map by keyboard, and what axe finds on it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.map.looking import focused, on_the_map, show, status
from tests.browser.map_site import CARDS
from tests.browser.visits import NEEDS

pytestmark = NEEDS


def test_the_map_is_one_stop_after_a_link_that_skips_it(shown: Page) -> None:
    shown.locator("[data-group] a").last.focus()

    stops = []
    for _ in range(4):
        shown.keyboard.press("Tab")
        stops.append(focused(shown))

    assert stops == [
        "Skip the map",
        "map_groups",
        "© OpenStreetMap contributors",
        "After the map",
    ]


def test_skipping_the_map_leads_past_it(shown: Page) -> None:
    shown.get_by_role("link", name="Skip the map").focus()
    shown.keyboard.press("Enter")
    shown.keyboard.press("Tab")

    assert focused(shown) == "After the map"


def test_arrows_go_from_group_to_group_and_say_each(shown: Page) -> None:
    on_the_map(shown, "ArrowRight")
    first = status(shown)
    on_the_map(shown, "ArrowRight", "ArrowDown", "ArrowLeft")
    second = status(shown)
    on_the_map(shown, "End")

    assert first == "Rhyme time, Leith hall 1. No talking needed. 0.2 miles away. 1 of 11."
    assert second.endswith("A hello. 0.5 miles away. 2 of 11.")
    assert status(shown).endswith("11 of 11.")


def test_arrows_go_round(shown: Page) -> None:
    on_the_map(shown, "ArrowLeft")
    last = status(shown)
    on_the_map(shown, "ArrowRight")

    assert last.endswith("11 of 11.")
    assert status(shown).endswith("1 of 11.")


def test_enter_opens_a_group_and_escape_gives_focus_back_to_the_map(shown: Page) -> None:
    on_the_map(shown, "ArrowRight", "Enter")
    link = shown.locator(".map-popup a.map-popup-name")
    expect(link).to_be_focused()
    assert link.get_attribute("href") == f"/groups/{CARDS[0].public_id}"

    shown.keyboard.press("Escape")

    expect(link).to_have_count(0)
    assert focused(shown) == "map_groups"


def test_tab_leaves_the_map_from_an_open_popup(shown: Page) -> None:
    on_the_map(shown, "ArrowRight", "Enter")

    shown.keyboard.press("Tab")
    shown.keyboard.press("Tab")

    assert focused(shown) == "© OpenStreetMap contributors"


def test_closing_a_popup_by_its_button_gives_focus_back_too(shown: Page) -> None:
    on_the_map(shown, "ArrowRight", "Enter")

    shown.get_by_role("button", name="Close popup").click()

    shown.wait_for_function("document.activeElement.id === 'map_groups'")


def test_a_groups_name_can_put_no_markup_into_the_map(shown: Page) -> None:
    on_the_map(shown, "ArrowRight", "ArrowRight", "Enter")

    assert shown.locator(".map-popup-name").inner_text() == "Little <b>Splashers</b> & friends"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_map_with_a_popup_open(
    page: Page, address: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    show(page, address)
    on_the_map(page, "ArrowRight", "Enter")
    # The popup fades in, and axe measures contrast.
    expect(page.locator(".leaflet-popup")).to_have_css("opacity", "1")

    found = Axe().run(page, context="[data-map]", options={"resultTypes": ["violations"]})

    assert found.violations_count == 0, found.generate_report()
