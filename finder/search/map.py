"""The map's part in every page: folium's container and credit, and the files it is made of."""

from flask import Flask
from markupsafe import Markup

from finder.search.map_shell import shell
from finder.settings import Settings, shipped

SCRIPT = "js/map_shell.js"
OUTLINE = "uk_outline.json"


def made_files(settings: Settings) -> dict[str, bytes]:
    """Static files that code makes, by path: folium's script, and the outline of the country."""
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
