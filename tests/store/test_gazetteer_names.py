"""Names of places: of towns, and of where our own groups meet."""

from pathlib import Path

import pytest

from finder.domain.groups import Place
from finder.domain.places import Found, NamedPlace
from finder.domain.vocabulary import Nation
from finder.store.gazetteer import Gazetteer


def test_leith_is_found_once_a_group_meets_there(gazetteer_dir: Path) -> None:
    leith = NamedPlace("Leith", Place(55.976, -3.1657), Nation.SCOTLAND)
    with_venue = Gazetteer(gazetteer_dir, venue_places=lambda: [leith])

    assert not isinstance(Gazetteer(gazetteer_dir).find("Leith"), Found)
    answer = with_venue.find("leith")
    assert isinstance(answer, Found)
    assert answer.place.latitude == pytest.approx(55.976, abs=0.01)


def test_more_words_tell_namesakes_apart(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("Newport, NP20")

    assert isinstance(answer, Found)
    assert answer.nation is Nation.WALES
