"""How commands look postcodes up: a place, or a plain sentence where the index is missing."""

from collections.abc import Callable

from finder.places.gazetteer import Gazetteer
from finder.places.rules import Found
from finder.platform.console import fail
from finder.settings import Settings

Locate = Callable[[str], Found | None]


def located(settings: Settings) -> Locate:
    """A function that finds a full postcode. Ends the command where the index is missing."""
    gazetteer = Gazetteer(settings.data_dir)
    if not gazetteer.is_ready():
        fail("The postcode index is missing. Run: finder load-postcodes")
    return gazetteer.postcode
