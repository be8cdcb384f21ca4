"""Addresses that a page writes many times are those that Flask would write."""

from uuid import uuid4

import pytest
from flask import url_for

from finder.listings.template_filters import address_of_group
from finder.platform.web.request import path_of
from tests.support.site import Site


@pytest.mark.parametrize("mounted_at", ["", "/quiet"])
def test_they_are_what_flask_writes_wherever_the_site_is_mounted(
    site: Site, mounted_at: str
) -> None:
    id_ = uuid4()

    with site.app.test_request_context("/", environ_overrides={"SCRIPT_NAME": mounted_at}):
        assert address_of_group(id_) == url_for("group.show", public_id=id_)
        assert path_of("about.show", page="talking") == url_for("about.show", page="talking")
        assert path_of("find.home") == url_for("find.home") == f"{mounted_at}/"
