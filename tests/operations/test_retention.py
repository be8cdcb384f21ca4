"""One list says how long what is kept; nothing else does."""

from finder.operations.retention import RETENTION


def test_the_list_names_each_thing_once_and_says_how_long_in_words() -> None:
    keys = [kept.key for kept in RETENTION]

    assert len(set(keys)) == len(keys)
    for kept in RETENTION:
        number = int(kept.how_long.split()[0])
        hours = {"hour": 1, "day": 24, "year": 365 * 24}
        unit = kept.how_long.split()[1].removesuffix("s")
        assert number * hours[unit] * 3600 == kept.lasts.total_seconds()
