"""Points of the map and cards of the list, by mouse."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.map.looking import drag, show
from tests.browser.map_site import CARDS
from tests.browser.visits import NEEDS

pytestmark = NEEDS


def test_a_click_on_a_point_tells_of_the_group(shown: Page) -> None:
    shown.get_by_role("button", name="Messy Mondays").click()

    expect(shown.locator(".map-popup")).to_contain_text("Some chat")
    expect(shown.locator(".map-popup")).to_contain_text("Tue 24 Nov, 10:30 to 11:00")
    expect(shown.locator(".map-popup")).to_contain_text("Free")


def test_each_level_has_its_number_and_its_shape(shown: Page) -> None:
    marks = shown.locator(".pin .mark")

    assert sorted(marks.all_text_contents()) == ["1", "2", "3", "4", "5", "?"]
    shapes = marks.evaluate_all("all => all.map(one => one.firstElementChild.outerHTML)")
    assert len(set(shapes)) == 6


def test_numbers_lie_on_top_of_their_shapes(shown: Page) -> None:
    on_top = shown.locator(".pin .mark text").evaluate_all(
        "all => all.map(one => { const at = one.getBoundingClientRect();"
        "return document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2) === one })"
    )

    assert on_top == [True] * 6


def test_points_that_lie_close_are_one_that_says_how_many(shown: Page) -> None:
    cluster = shown.get_by_role("button", name="5 groups, zoom in")
    expect(cluster).to_have_count(1)

    cluster.click()

    expect(cluster).to_have_count(0)


def test_a_card_marks_its_point(shown: Page) -> None:
    card = shown.locator("[data-group]").nth(2)
    point = shown.locator(".pin.is-marked")

    card.hover()
    expect(point).to_have_attribute("aria-label", "Messy Mondays, Leith hall 3. Some chat")
    shown.mouse.move(0, 0)
    expect(point).to_have_count(0)
    card.locator("a").focus()
    expect(point).to_have_count(1)


def test_a_card_in_a_cluster_marks_the_cluster(shown: Page) -> None:
    shown.locator("[data-group]").nth(8).locator("a").focus()

    expect(shown.locator(".pin-many.is-marked")).to_have_count(1)


def test_a_point_marks_its_card(shown: Page) -> None:
    card = shown.locator("[data-group].is-marked")

    shown.get_by_role("button", name="Stay and play").hover()

    expect(card).to_have_count(1)
    assert card.get_attribute("data-group") == str(CARDS[3].public_id)


def test_moving_the_map_offers_to_search_there_with_the_same_filters(
    page: Page, address: str
) -> None:
    show(page, address, "?near=EH6+7BS&talking=2&cost=free&page=3")
    button = page.get_by_role("button", name="Search this area")
    expect(button).to_be_hidden()

    drag(page, 0, 400)
    expect(button).to_be_visible()
    button.click()
    page.wait_for_url("**/search?near=5*")

    asked = parse_qs(urlsplit(page.url).query)
    north, east = map(float, asked.pop("near")[0].split(","))
    assert 55.98 < north < 56.05
    assert -3.25 < east < -3.1
    assert asked == {"talking": ["2"], "cost": ["free"], "radius": ["2"]}
