"""Pages travel compressed, except beside a secret."""

import gzip

import brotli
import pytest

from tests.support.page_client import PageClient
from tests.support.site import Site

RESULTS = "/search?near=EH6+7BS"
POINTS = "/search.geojson?near=EH6+7BS"


@pytest.mark.parametrize("address", ["/", RESULTS, POINTS, "/about/privacy"])
def test_a_page_is_the_same_however_it_travels(pages: PageClient, address: str) -> None:
    plain = pages.client.get(address)
    zipped = pages.client.get(address, headers={"Accept-Encoding": "gzip"})
    smallest = pages.client.get(address, headers={"Accept-Encoding": "gzip, br"})

    assert gzip.decompress(zipped.data) == brotli.decompress(smallest.data) == plain.data
    assert len(smallest.data) <= len(zipped.data) * 1.1 < len(plain.data) * 0.6
    assert "Content-Encoding" not in plain.headers
    assert (zipped.content_encoding, smallest.content_encoding) == ("gzip", "br")
    assert all("Accept-Encoding" in one.vary for one in (plain, zipped, smallest))


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip;q=1", "br"),
        ("identity", None),
        ("gzip;q=0", None),
        ("br;q=much", None),
        ("", None),
    ],
)
def test_a_browser_gets_what_it_says_that_it_can_read(
    pages: PageClient, accepted: str, encoding: str | None
) -> None:
    for address in ("/", "/static/x/site.css"):
        answer = pages.client.get(address, headers={"Accept-Encoding": accepted})
        assert answer.content_encoding == encoding


def test_a_form_with_a_secret_is_not_compressed(pages: PageClient, site: Site) -> None:
    answer = pages.client.get(
        site.groups["bare"] + "/review", headers={"Accept-Encoding": "gzip, br"}
    )

    assert answer.status_code == 200
    assert b"csrf_token" in answer.data
    assert "Content-Encoding" not in answer.headers


def test_points_that_have_not_changed_are_not_sent_again(pages: PageClient) -> None:
    headers = {"Accept-Encoding": "br"}
    tag = pages.client.get(POINTS, headers=headers).headers["ETag"]
    again = pages.client.get(POINTS, headers={**headers, "If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
