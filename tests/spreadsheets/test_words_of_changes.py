"""What a file changes is said in words of people."""

from dataclasses import replace

from finder.domain.vocabulary import TalkingLevel
from finder.spreadsheets.rules import UploadState, differences
from tests.support.examples import HALL, SONGS


def test_what_is_different_is_named_once_each() -> None:
    other = replace(
        SONGS,
        age_from_months=3,
        age_to_months=12,
        venue=replace(HALL, street="2 Example Street"),
        claimed_level=TalkingLevel.HELLO,
    )

    assert differences(SONGS, other) == ("venue", "ages", "talking")
    assert differences(SONGS, SONGS) == ()


def test_every_field_of_a_listing_has_its_word() -> None:
    fixed = {"ref", "organiser"}

    for name in set(SONGS.__dataclass_fields__) - fixed:
        other = replace(SONGS)
        object.__setattr__(other, name, "other")
        assert differences(SONGS, other), name


def test_a_page_looks_again_only_while_something_goes_on() -> None:
    assert {s for s in UploadState if s.is_at_work} == {
        UploadState.CHECKING,
        UploadState.IMPORTING,
    }
