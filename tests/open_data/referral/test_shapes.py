"""The types of what we send are those of the standard: they have no field that it has not."""

from typing import get_type_hints

import pytest

from finder.open_data.referral import shapes
from tests.open_data.referral import uk_profile


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("service", shapes.ServiceShape),
        ("service_at_location", shapes.PlaceOfServiceShape),
        ("organization", shapes.OrganizationShape),
    ],
)
def test_a_shape_has_only_fields_of_the_standard(name: str, shape: type) -> None:
    assert get_type_hints(shape).keys() <= uk_profile.schema(name)["properties"].keys()
