import pytest

from finder.places.gazetteer import Gazetteer
from finder.places.rules import Found, kilometres_between


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("lei", "Leicester"),
        ("leit", "Leith, Edinburgh EH6"),
        ("claph", "Clapham, London SW4"),
        ("LEVENSH", "Levenshulme, Manchester M19"),
        ("caerd", "Cardiff"),
        ("st. alb", "St Albans"),
        ("shetl", "Shetland"),
        ("hebden b", "Hebden Bridge, near Halifax HX7"),
    ],
)
def test_a_place_is_suggested_from_its_first_letters(
    gazetteer: Gazetteer, typed: str, label: str
) -> None:
    labels = [one.label for one in gazetteer.suggest(typed)]

    assert any(one.split(",")[0] == label.split(",", maxsplit=1)[0] for one in labels)
    assert len(labels) <= 6
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("typed", ["", "l", " ", "EH6 7BS", "qwertyuiop", "<script>", "\ud800"])
def test_nothing_is_suggested_where_nothing_begins_so(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.suggest(typed) == ()


@pytest.mark.parametrize("typed", ["ne", "clif", "whit", "wal", "kin", "ash", "bar", "new", "hul"])
def test_each_suggestion_leads_to_the_place_that_it_names(gazetteer: Gazetteer, typed: str) -> None:
    for one in gazetteer.suggest(typed):
        found = gazetteer.find(one.near)

        assert isinstance(found, Found), one
        assert one.place is None or kilometres_between(found.place, one.place) < 3
        assert found.label.split(",")[0] == one.label.split(",")[0]
