"""The map of a page: a container and a script that folium makes, without any group.

folium's own page loads ten files from four other hosts, has inline scripts, and stops people from
zooming. We use only its container and its script, which we serve as a file of our own. The points
come from /search.geojson.
"""

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import folium
from flask import Flask
from folium.plugins import MarkerCluster
from markupsafe import Markup

from finder.settings import Settings, shipped

SCRIPT = "js/map_shell.js"
OUTLINE = "uk_outline.json"
UK_CENTRE = (54.6, -3.4)
UK_ZOOM = 5
CLOSEST_ZOOM = 18
CLUSTER_RADIUS_PX = 40
# OpenStreetMap's tile servers refuse a request without one; the origin tells them nothing more.
TILE_REFERRER = "strict-origin-when-cross-origin"


@dataclass(frozen=True)
class Shell:
    """html: the container, for the page. script: makes the map in it, and is served as a file.

    The script makes `map_groups`, `tile_layer_groups` and `marker_cluster_groups`. The last two
    are not on the map yet, so that it loads no tile before it knows its place.
    """

    html: str
    script: str


@lru_cache(maxsize=8)
def shell(tiles_url: str, attribution: str) -> Shell:
    """The container and script for these tiles, or without tiles where there is no address.

    attribution: plain text, escaped here. The page has its own keyboard control, credit and popups
    (static/js/map/), so Leaflet's are off.
    """
    tiles = folium.TileLayer(
        tiles=tiles_url,
        attr=escape(attribution) or "-",  # folium refuses tiles without a credit
        max_zoom=CLOSEST_ZOOM,
        referrer_policy=TILE_REFERRER,
        show=False,
    )
    cluster = MarkerCluster(  # type: ignore[no-untyped-call]
        max_cluster_radius=CLUSTER_RADIUS_PX, show_coverage_on_hover=False, show=False
    )
    groups = folium.Map(
        location=UK_CENTRE,
        zoom_start=UK_ZOOM,
        tiles=None,
        keyboard=False,
        attribution_control=False,
        zoom_control=False,
    )
    for element in (groups, tiles, cluster):
        element._id = "groups"  # the only way to a name that stays the same
    # folium gives these to the tiles only, but clusters need the limits of the zoom.
    groups.options |= {"min_zoom": UK_ZOOM - 1, "max_zoom": CLOSEST_ZOOM}
    if tiles_url:
        tiles.add_to(groups)
    cluster.add_to(groups)
    figure: Any = groups.get_root()
    figure.render()
    return Shell(figure.html.render().strip(), figure.script.render().strip() + "\n")


def made_files(settings: Settings) -> dict[str, bytes]:
    """Static files from code, by path: folium's script, and the outline of the country."""
    made = shell(settings.tiles_url, settings.tiles_attribution)
    return {
        SCRIPT: made.script.encode(),
        OUTLINE: (shipped("data") / "uk_outline.geojson").read_bytes(),
    }


def start(app: Flask, settings: Settings) -> None:
    """Give templates `map_container` (markup) and `map_credit` (plain text)."""
    container = shell(settings.tiles_url, settings.tiles_attribution).html
    app.jinja_env.globals["map_container"] = Markup(container)  # noqa: S704 - folium's, no input
    app.jinja_env.globals["map_credit"] = settings.tiles_attribution
