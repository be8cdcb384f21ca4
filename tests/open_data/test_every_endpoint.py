"""A thousand groups through every endpoint and page of the open data, each of the UK profile."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient

from finder.open_data import service as open_data_service
from finder.open_data.referral.write import service, service_at_location
from finder.platform.db.database import Database
from tests.open_data.referral import uk_profile
from tests.support.examples import TUESDAY_NOON, any_group, keep
from tests.support.site import app_on

HOME = "/openreferral/v3"
PAGE = "https://example.org/groups/1"
MANY = 1_000
LISTS = {
    "services": ("service_list", "service", 8),
    "service_at_locations": ("service_at_location_list", "service_at_location", 25),
    "organizations": ("organization_list", "organization", 1),
    "taxonomies": ("taxonomy", "taxonomy", 1),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term", 1),
}


@pytest.fixture
def client(database: Database, tmp_path: Path) -> Iterator[FlaskClient]:
    random = Random(1_000)
    with database.session() as db:
        keep(db, *(any_group(f"g{number}", random) for number in range(MANY)))
    app = app_on(database, tmp_path)
    yield app.test_client()
    app.extensions["quiet_corner"].database.close()


def all_of(client: FlaskClient, kind: str) -> list[Any]:
    """What every page of a list holds."""
    found: list[Any] = []
    number = 1
    while not (page := client.get(f"{HOME}/{kind}?page={number}&per_page=100").json)["empty"]:
        assert page["page_number"] == number
        assert page["last_page"] == (number == page["total_pages"])
        found += page["contents"]
        number += 1
    assert len(found) == page["total_items"]
    return found


def test_a_thousand_groups_are_valid_on_every_page_and_by_themselves(
    client: FlaskClient, database: Database
) -> None:
    for kind, (in_list, whole, each) in LISTS.items():
        found = all_of(client, kind)

        assert not kind.startswith("service") or len(found) == MANY
        assert [fault for one in found for fault in uk_profile.faults(in_list, one)] == []
        for one in found[::each]:
            answer = client.get(f"{HOME}/{kind}/{one['id']}")
            assert uk_profile.faults(whole, answer.json) == []
    # Those that were passed over, as the same two functions make them, without the way by HTTP.
    with database.session() as db:
        for some in open_data_service.everything(db, TUESDAY_NOON):
            for group in some:
                assert uk_profile.faults("service", service(group, PAGE)) == []
                there = service_at_location(group, PAGE)
                assert uk_profile.faults("service_at_location", there) == []
