"""Looking at the map: by keyboard, and by dragging it."""

from playwright.sync_api import Page

WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


def show(page: Page, address: str, query: str = "?near=EH6+7BS") -> Page:
    page.goto(f"{address}/search{query}")
    page.wait_for_selector("[data-map][data-state=shown]")
    page.locator("#map_groups").scroll_into_view_if_needed()
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.innerText"))


def status(page: Page) -> str:
    return page.locator("[data-map-status]").inner_text()


def on_the_map(page: Page, *keys: str) -> None:
    page.focus("#map_groups")
    for key in keys:
        page.keyboard.press(key)


def drag(page: Page, right: int, down: int) -> None:
    box = page.locator("#map_groups").bounding_box()
    assert box is not None
    x, y = box["x"] + 60, box["y"] + 250
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2, steps=4)
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()
