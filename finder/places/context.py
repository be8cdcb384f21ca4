"""What a command needs of the gazetteer: a postcode's place, or a plain sentence."""

from collections.abc import Callable

from finder.places.gazetteer import Gazetteer
from finder.places.rules import Found
from finder.platform.console import fail
from finder.settings import Settings

Locate = Callable[[str], Found | None]


def located(its: Settings) -> Locate:
    """What the index knows of a whole postcode."""
    gazetteer = Gazetteer(its.data_dir)
    if not gazetteer.is_ready():
        fail("The postcode index is missing. Run: finder load-postcodes")
    return gazetteer.postcode
