"""A draft as JSON: what goes in comes out equal."""

from random import Random

import pytest

from finder.store.draft_json import from_json, to_json
from tests.support.examples import SONGS, any_group


@pytest.mark.parametrize("number", range(40))
def test_a_draft_comes_back_as_it_was(number: int) -> None:
    draft = any_group(f"group-{number}", Random(number))

    assert from_json(to_json(draft)) == draft


def test_words_are_kept_by_their_value_so_that_labels_may_change() -> None:
    text = to_json(SONGS)

    assert '"format":"singing"' in text
    assert '"starts":"10:00:00"' in text
