"""A draft as JSON: what goes in comes out equal, also what earlier releases kept."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from finder.listings.row_values import from_json, to_json
from finder.places.gazetteer import Gazetteer
from finder.spreadsheets import service as spreadsheets_service
from tests.support.examples import SONGS, any_group
from tests.support.paths import SEEDS

KEPT = Path(__file__).with_name("drafts_of_the_first_release.jsonl").read_text().splitlines()
"""Written by the first release: eight shipped groups and SONGS."""


def plain(text: str) -> dict[str, Any]:
    """What JSON says; the order of other formats says nothing."""
    said: dict[str, Any] = json.loads(text)
    return said | {"other_formats": sorted(said["other_formats"])}


@pytest.mark.parametrize("number", range(40))
def test_a_draft_comes_back_as_it_was(number: int) -> None:
    draft = any_group(f"group-{number}", Random(number))

    assert from_json(to_json(draft)) == draft


def test_every_shipped_group_comes_back_as_it_was(gazetteer: Gazetteer) -> None:
    read = spreadsheets_service.read(SEEDS.read_bytes(), gazetteer.postcode)

    assert len(read.drafts) > 150
    assert [from_json(to_json(draft)) for draft in read.drafts] == list(read.drafts)


@pytest.mark.parametrize("text", KEPT, ids=lambda text: json.loads(text)["ref"])
def test_what_the_first_release_kept_is_read_and_kept_alike(text: str) -> None:
    draft = from_json(text)

    assert plain(to_json(draft)) == plain(text)


def test_what_the_first_release_kept_of_a_group_is_that_group() -> None:
    assert from_json(KEPT[-1]) == SONGS


def test_words_are_kept_by_their_value_so_that_labels_may_change() -> None:
    text = to_json(SONGS)

    assert '"format":"singing"' in text
    assert '"starts":"10:00:00"' in text


def test_a_word_that_this_release_does_not_know_is_refused() -> None:
    with pytest.raises(ValidationError, match="format"):
        from_json(to_json(SONGS).replace('"format":"singing"', '"format":"shouting"'))
