"""The map's shell: folium's, without folium's guests, and made once."""

import re

import pytest

from finder.search.map import shell

OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
CREDIT = "© OpenStreetMap contributors"


def test_the_container_is_the_same_on_every_page() -> None:
    assert re.sub(r"\s+", " ", shell(OSM, CREDIT).html) == (
        '<div class="folium-map" id="map_groups" ></div>'
    )


def test_our_scripts_find_the_map_its_tiles_and_its_cluster_by_name() -> None:
    script = shell(OSM, CREDIT).script

    assert re.findall(r"var (\w+) =", script) == [
        "map_groups",
        "tile_layer_groups",
        "marker_cluster_groups",
    ]


def test_nothing_comes_from_another_host_but_tiles() -> None:
    made = shell(OSM, CREDIT)

    assert re.findall(r"https?://[^/\"]+", made.html + made.script) == [
        "https://tile.openstreetmap.org"
    ]


@pytest.mark.parametrize("guest", ["jquery", "$(", "bootstrap", "awesome", "viewport", "<style"])
def test_none_of_foliums_own_page_is_left(guest: str) -> None:
    made = shell(OSM, CREDIT)

    assert guest not in (made.html + made.script).casefold()


def test_no_tile_is_asked_for_before_the_map_knows_where_it_is() -> None:
    assert "addTo" not in shell(OSM, CREDIT).script


def test_tile_servers_see_where_a_request_comes_from() -> None:
    assert '"referrerPolicy": "strict-origin-when-cross-origin"' in shell(OSM, CREDIT).script


def test_the_map_does_not_zoom_further_than_tiles_or_clusters_go() -> None:
    assert re.search(r'L\.map\(.*?"maxZoom": 18', shell(OSM, CREDIT).script, re.DOTALL)


def test_a_credit_or_an_address_can_not_put_markup_or_code_into_the_page() -> None:
    made = shell('/t/{z}/"+alert(1)+"</script><b>', "<img src=x onerror=alert(1)>")

    assert "<" not in made.script
    assert '"+alert' not in made.script.replace('\\"', "")


def test_a_site_without_tiles_has_a_map_all_the_same() -> None:
    script = shell("", "").script

    assert "tile_layer" not in script
    assert "marker_cluster_groups" in script


def test_a_self_hosted_tile_server_is_used() -> None:
    assert '"/tiles/{z}/{x}/{y}.png"' in shell("/tiles/{z}/{x}/{y}.png", "Ours").script


def test_the_shell_is_made_once_for_each_setting() -> None:
    assert shell(OSM, CREDIT) is shell(OSM, CREDIT)
    assert shell(OSM, CREDIT) is not shell(OSM, "Another credit")
