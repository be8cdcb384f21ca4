"""Parts of pages that are rendered once: the same words as when rendered anew, for each value."""

from datetime import date, timedelta
from urllib.parse import quote_plus

from finder.domain.groups import TalkingLine
from finder.domain.vocabulary import Format, TalkingLevel
from finder.search.rules import SearchQuery
from tests.support.page_client import PageClient
from tests.support.site import Site

TODAY = date(2026, 11, 24)
NEAR = "/search?near=EH6+7BS"


def test_a_part_is_the_same_as_when_it_is_rendered_anew(site: Site) -> None:
    environment = site.app.jinja_env
    kept = environment.globals["kept"]
    anew = environment.get_template("macros/talking.html").module.talk_line

    for level in TalkingLevel:
        for is_known in (True, False):
            said = TalkingLine(level, is_known, "7 of 8 parents <say> so.")
            assert kept("macros/talking.html", "talk_line", said) == anew(said)


def test_a_part_is_rendered_once_for_each_value(site: Site) -> None:
    kept = site.app.jinja_env.globals["kept"]
    query = SearchQuery("", formats=frozenset({Format.ANIMALS}))

    first = kept("search/filters.html", "panel", query, TODAY)

    assert kept("search/filters.html", "panel", query, TODAY) is first
    assert kept("search/filters.html", "panel", SearchQuery(""), TODAY) != first
    assert kept("search/filters.html", "panel", query, TODAY + timedelta(days=1)) != first


def test_the_filters_of_one_search_do_not_show_in_the_next(pages: PageClient) -> None:
    with_days = pages.get(f"{NEAR}&day=tue&max_cost=4")
    plain = pages.get(NEAR)
    wrong = pages.get(f"{NEAR}&max_cost=lots")

    assert with_days.values("input[name=day][checked]", "value") == ["tue"]
    assert plain.values("input[name=day][checked]", "value") == []
    assert plain.values("#max_cost", "value") == [""]
    assert wrong.values("#max_cost", "value") == ["lots"]
    assert wrong.one("#max_cost-error")


def test_the_filters_carry_this_searchs_own_place(pages: PageClient) -> None:
    for near in ("EH6 7BS", "EH6 6AA"):
        page = pages.get(f"/search?near={near}")
        assert set(page.values("input[name=near]", "value")) == {near}


def test_nothing_of_one_persons_place_is_left_in_the_next_persons_page(pages: PageClient) -> None:
    for near in ("EH6 7BS", "Leith", "EH6 8NB"):
        page = pages.get(f"/search?near={near.replace(' ', '+')}&radius=25&talking=2&unknown=1")
        others = {"EH6 7BS", "EH6 8NB", "Leith"} - {near}
        fields = [*page.values("input", "value"), *page.values("a", "href")]
        assert not any(f"near={quote_plus(other)}" in field for field in fields for other in others)
        assert not others & set(page.values("input[name=near]", "value"))


def test_a_part_leads_to_where_the_site_is_mounted(site: Site) -> None:
    client = site.app.test_client()
    for number, root in enumerate(("", "/quiet", "")):
        address = f"{NEAR}&nth={number}"  # a page of its own, not one that was kept
        page = client.get(address, environ_overrides={"SCRIPT_NAME": root}).text
        assert f'<a href="{root}/about/privacy">' in page
        assert f'<form class="sort" action="{root}/search"' in page
