"""What is typed to sign in."""

import pytest
from flask import Flask

from finder.accounts.forms import SignInForm


@pytest.fixture
def app() -> Flask:
    app = Flask("forms")
    app.config.update(WTF_CSRF_ENABLED=False)
    return app


@pytest.mark.parametrize(
    ("typed", "email"), [(" Anna@Example.org ", "anna@example.org"), ("a@b.org\n", "a@b.org")]
)
def test_an_address_is_taken_in_one_spelling(app: Flask, typed: str, email: str) -> None:
    with app.test_request_context(method="POST", data={"email": typed}):
        form = SignInForm()

        assert form.is_sent
        assert form.email.data == email


def test_only_a_page_of_this_site_comes_next(app: Flask) -> None:
    for typed, path in (("/organise/", "/organise/"), ("//evil.example", ""), ("", "")):
        with app.test_request_context(method="POST", data={"email": "a@b.org", "next": typed}):
            assert SignInForm().next_path == path
