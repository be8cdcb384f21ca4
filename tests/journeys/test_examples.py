"""Whoever sees an invented group is told so, wherever it is shown."""

from dataclasses import replace
from pathlib import Path

import pytest

from finder.domain.vocabulary import TalkingLevel
from tests.support.examples import group
from tests.support.page_client import PageClient
from tests.support.site import Site

REAL = group("real", claimed_level=TalkingLevel.INTRODUCTIONS, north=100)
MADE_UP = group("made-up", claimed_level=TalkingLevel.NO_TALKING, north=200, is_example=True)
NEAR = "/search?near=EH6+7BS"


def site_of(folder: Path, gazetteer_dir: Path, *groups: object) -> tuple[PageClient, Site]:
    site = Site(folder, gazetteer_dir, groups)  # type: ignore[arg-type]
    return PageClient(site.app, None), site


@pytest.fixture(scope="module")
def mixed(gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[PageClient, Site]:
    return site_of(tmp_path_factory.mktemp("mixed"), gazetteer_dir, REAL, MADE_UP)


def lists(site: Site) -> list[str]:
    return [NEAR, "/shortlist?" + "&".join(f"g={link[-36:]}" for link in site.groups.values())]


def test_lists_of_examples_say_so_once(gazetteer_dir: Path, tmp_path: Path) -> None:
    pages, site = site_of(tmp_path, gazetteer_dir, MADE_UP, replace(REAL, is_example=True))

    for address in [*lists(site), *site.groups.values()]:
        page = pages.get(address)
        assert "made-up example group" in page.one(".example")
        assert page.all(".made-up") == []


def test_among_real_groups_each_example_is_marked(mixed: tuple[PageClient, Site]) -> None:
    pages, site = mixed

    for address in lists(site):
        page = pages.get(address)
        assert "Some of these groups are made-up" in page.one(".example")
        assert [("Made-up example" in card) for card in page.all(".card")] == [
            "Group made-up" in card for card in page.all(".card")
        ]
        assert len(page.all(".made-up")) == 1


def test_an_example_beside_a_real_group_is_marked(mixed: tuple[PageClient, Site]) -> None:
    pages, site = mixed
    page = pages.get(site.groups["real"])

    assert page.all(".example") == []
    assert ["Made-up example" in card for card in page.all(".card")] == [True]


def test_real_groups_carry_no_notice(gazetteer_dir: Path, tmp_path: Path) -> None:
    pages, site = site_of(tmp_path, gazetteer_dir, REAL)

    for address in [*lists(site), *site.groups.values()]:
        assert pages.get(address).all(".example, .made-up") == []
