"""From a postcode to a saved list by links and forms alone, as without JavaScript."""

from urllib.parse import urlencode

from tests.support.page_client import Page, PageClient
from tests.support.site import Site


def sent(page: Page, form: str, **typed: str) -> str:
    """The address to which a form goes, with its hidden fields, its choices and what was typed."""
    action = page.values(form, "action")[0]
    names = page.values(f"{form} input[type=hidden]", "name")
    values = page.values(f"{form} input[type=hidden]", "value")
    return f"{action}?{urlencode([*zip(names, values, strict=True), *typed.items()])}"


def test_from_home_to_a_group_and_back_and_to_a_shared_list(pages: PageClient, site: Site) -> None:
    home = pages.get("/")
    results = pages.get(sent(home, "form.finder", near="EH6 7BS", talking="4"))
    assert results.one("h1").endswith("of EH6 7BS")

    sorted_by_cost = pages.get(sent(results, "form.sort", sort="cost"))
    assert sorted_by_cost.values("#sort option[selected]", "value") == ["cost"]
    assert sorted_by_cost.values("#talking option[selected]", "value") == ["4"]

    wider = pages.get(results.values(".chip-add", "href")[0])
    assert wider.one("h1").endswith("within 5 miles of EH6 7BS")

    name, link = results.all(".card h2 a")[0], results.values(".card h2 a", "href")[0]
    group = pages.get(link)
    assert group.one("h1") == name
    assert "EH6 7BS" not in link
    back = pages.get(group.values(".crumb a", "href")[0])
    assert name in back.all(".card h2 a")

    ids = "&".join(f"g={address[-36:]}" for address in (link, site.groups["bare"]))
    saved = pages.get(f"/shortlist?{ids}")
    assert saved.all(".card h2 a") == [name, "Group bare"]
    assert pages.get(saved.values(".card h2 a", "href")[0]).one("h1") == name


def test_what_needs_a_script_is_hidden_where_none_runs(pages: PageClient) -> None:
    results = pages.get("/search?near=EH6+7BS")

    assert all("needs-script" in name for name in results.values("button.save", "class"))
    assert "hidden" in results.answer.text.split("data-map-switch")[1].split(">")[0]
    assert "does not run our script" in pages.get("/shortlist").words
