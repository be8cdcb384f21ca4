"""When something goes wrong, a page says what happened and what to do."""

from pathlib import Path

import pytest
from flask import Flask, abort

from finder.about import views as about_views
from finder.accounts import auth
from finder.app import prepare_templates
from finder.organise.upkeep import views as upkeep_views
from finder.platform.web import assets, errors
from finder.platform.web.errors import TROUBLES
from finder.search import views as search_views
from finder.settings import Settings, shipped
from tests.support.page_client import Page as ErrorPage
from tests.support.page_client import PageClient, check


@pytest.fixture
def breaking(tmp_path: Path) -> PageClient:
    """Our pages and errors, with one address that fails as it is asked to."""
    app = Flask("breaking", template_folder=str(shipped("templates").resolve()))
    assets.start(app, tmp_path)
    prepare_templates(app)
    auth.start(app, Settings(data_dir=tmp_path))
    errors.register(app)
    app.register_blueprint(search_views.bp)
    app.register_blueprint(about_views.bp)
    app.register_blueprint(upkeep_views.bp)

    @app.get("/fail/<int:code>")
    def fail(code: int) -> str:
        abort(code)

    @app.get("/break")
    def break_down() -> str:
        raise RuntimeError("EH6 7BS")

    return PageClient(app)


@pytest.mark.parametrize("code", TROUBLES)
def test_each_kind_of_error_has_its_own_words(breaking: PageClient, code: int) -> None:
    page = breaking.get(f"/fail/{code}", status=code)

    assert page.one("h1") == TROUBLES[code].title
    assert TROUBLES[code].next_steps in page.words


def test_other_errors_are_answered_by_their_kind(breaking: PageClient) -> None:
    assert breaking.get("/fail/410", status=410).one("h1") == TROUBLES[400].title
    assert breaking.get("/fail/504", status=504).one("h1") == TROUBLES[500].title


def test_what_breaks_inside_stays_inside(
    breaking: PageClient, capsys: pytest.CaptureFixture[str]
) -> None:
    page = breaking.get("/break", status=500)

    assert page.one("h1") == "Something broke on our side"
    assert "EH6 7BS" not in page.answer.text + capsys.readouterr().err


def test_the_wrong_method_is_said_and_the_right_ones_named(breaking: PageClient) -> None:
    answer = breaking.client.post("/about/")

    check(ErrorPage(answer, 0))
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_wrong_address_offers_the_search(breaking: PageClient) -> None:
    page = breaking.get("/nowhere", status=404)

    assert page.values("form", "action") == ["/search"]
