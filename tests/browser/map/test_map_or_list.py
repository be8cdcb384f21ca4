"""On a phone, without scripts, and when the points do not come: the list is there."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.map.looking import PHONE, WIDE, show
from tests.browser.map_site import CARDS
from tests.browser.visits import NEEDS

pytestmark = NEEDS


def test_on_a_phone_the_list_comes_first_and_the_map_when_asked(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{address}/search?near=EH6+7BS")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#map_groups")).to_be_hidden()
    assert not any("leaflet" in url or "geojson" in url for url in asked)

    page.get_by_role("button", name="Map").click()

    expect(page.locator(".pin .mark").first).to_be_visible()
    expect(page.locator("[data-map-list]")).to_be_hidden()
    page.get_by_role("button", name="List").click()
    expect(page.locator("[data-map-list]")).to_be_visible()
    expect(page.locator("#map_groups")).to_be_hidden()


def test_a_search_from_the_map_of_a_phone_ends_on_the_map(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    page.goto(f"{address}/search?near=55.98,-3.17#map")

    expect(page.locator(".pin .mark").first).to_be_visible()


def test_without_scripts_the_list_is_whole_and_no_map_is_shown(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/search?near=EH6+7BS")

    expect(page.locator("[data-group]")).to_have_count(len(CARDS))
    expect(page.locator(".map")).to_be_hidden()
    expect(page.locator("[data-map-switch]")).to_be_hidden()
    context.close()


def test_nothing_moves_for_those_who_asked_for_stillness(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")

    show(page, address)

    moves = page.evaluate(
        "[map_groups.options.zoomAnimation, map_groups.options.fadeAnimation,"
        " map_groups.options.inertia, marker_cluster_groups.options.animate]"
    )
    assert moves == [False] * 4


def test_points_that_do_not_come_are_told_and_the_list_stays(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.route("**/search.geojson*", lambda route: route.abort())
    page.goto(f"{address}/search?near=EH6+7BS")

    expect(page.locator("[data-map-note]")).to_contain_text("The map can’t be shown right now")
    expect(page.locator("[data-group]")).to_have_count(len(CARDS))
    context.close()
