"""Nobody is led away from the site after signing in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.urls import iri_to_uri

from finder.accounts.rules import LONGEST_PATH, local_path


@pytest.mark.parametrize(
    "typed", ["/", "/organise/", "/organise/listings?page=2", "/search?near=EH6+7BS#map", "/a:b"]
)
def test_a_page_of_the_site_may_be_next(typed: str) -> None:
    assert local_path(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "organise",
        "https://example.org/",
        "//example.org",
        "///example.org",
        "/\\example.org",
        "\\\\example.org",
        "/\t/example.org",
        "/\n/example.org",
        " /organise",
        "javascript:alert(1)",
        "//[",
        "/" + "a" * LONGEST_PATH,
    ],
)
def test_anything_else_may_not(typed: str) -> None:
    assert local_path(typed) == ""


@pytest.mark.parametrize("typed", ["/sign-in", "/sign-in?next=/", "/sign-in/token", "/sign-out"])
def test_nobody_is_led_in_a_circle_or_out_again(typed: str) -> None:
    assert local_path(typed) == ""


@given(st.text(alphabet="/\\.:@abc\t\n\r ?#%é[", max_size=12))
def test_whatever_is_let_through_stays_on_the_site(typed: str) -> None:
    path = local_path(typed)

    assert path in {"", typed}
    assert not path.startswith(("//", "/\\"))
    assert not path or iri_to_uri(path).startswith("/")
