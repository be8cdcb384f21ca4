"""Every parser of what people type, each fed with whatever comes.

A parser may refuse, with a sentence; anything else that it raises is a bug.
"""

from collections.abc import Callable, Mapping

from finder.accounts.rules import local_path
from finder.domain.ages import ages_label, parse_ages
from finder.domain.cost import parse_cost
from finder.domain.refused import Refused
from finder.domain.schedule.typed import parse_date, parse_days, parse_times, typed_times
from finder.places.rules import point_typed
from finder.places.typed import readings
from finder.platform.emails import normal_email
from finder.platform.limits import network_of
from finder.reviews.rules import check_words
from finder.spreadsheets import listings_csv
from finder.spreadsheets import service as spreadsheets_service
from tests.spreadsheets.few_postcodes import locate

Target = Callable[[bytes], None]
HEADER = listings_csv.template().partition("\n")[0].encode() + b"\n"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def costs(data: bytes) -> None:
    """A price reads back as the words that we would say for it."""
    assert parse_cost(_text(data)).label


def ages(data: bytes) -> None:
    """Ages go up, and can be said."""
    youngest, oldest = parse_ages(_text(data))
    assert 0 <= youngest <= oldest
    assert ages_label(youngest, oldest)


def times(data: bytes) -> None:
    """A session ends after it starts, and reads back as it was."""
    starts, ends = parse_times(_text(data))
    assert starts < ends
    assert parse_times(typed_times(starts, ends)) == (starts, ends)


def days(data: bytes) -> None:
    """Some day of the week."""
    assert parse_days(_text(data))


def dates(data: bytes) -> None:
    """Some date."""
    assert parse_date(_text(data)).year


def postcodes(data: bytes) -> None:
    """Each reading is one that reads as itself."""
    for found in readings(_text(data)):
        assert found in readings(str(found))


def points(data: bytes) -> None:
    """A point of the globe, or none."""
    found = point_typed(_text(data))
    assert found is None or (abs(found.latitude) <= 90 and abs(found.longitude) <= 180)


def emails(data: bytes) -> None:
    """An address has one spelling."""
    found = normal_email(_text(data))
    assert normal_email(found) == found


def paths(data: bytes) -> None:
    """A way back leads to this site, or nowhere."""
    found = local_path(_text(data))
    assert not found or (found.startswith("/") and not found.startswith(("//", "/\\")))


def networks(data: bytes) -> None:
    """Any text names a network."""
    assert len(network_of(_text(data))) <= 64


def words(data: bytes) -> None:
    """A review's own words."""
    check_words("words", _text(data), 400)


def listings(data: bytes) -> None:
    """A file of listings: groups, or errors that say where."""
    for file in (data, HEADER + data):
        read = spreadsheets_service.read(file, locate)
        assert all(str(error) for error in read.errors)
        if read.drafts and not read.errors:
            assert spreadsheets_service.read(
                listings_csv.write(read.drafts).encode(), locate
            ).drafts


TARGETS: Mapping[str, Target] = {
    target.__name__: target
    for target in (
        *(listings, costs, ages, times, days, dates, postcodes, points),
        *(emails, paths, networks, words),
    )
}


def feed(name: str, data: bytes) -> bool:
    """Feed one parser. Whether it took what it got; fails where it broke."""
    try:
        TARGETS[name](data)
    except Refused:
        return False
    return True
