"""Before a server forks, what a first request would make is made."""

from pathlib import Path

import pytest

from finder.app import warmed_app
from finder.search import warming
from finder.settings import Settings
from tests.support.site import Site


def test_warming_compiles_templates_and_leaves_no_session_open_and_no_log_line(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.app.jinja_env.cache.clear()
    capsys.readouterr()

    warming.warm(site.app)

    names = {name for _, name in site.app.jinja_env.cache}
    assert {"search/results.html", "group_page/show.html", "macros/card.html"} <= names
    assert "request" not in capsys.readouterr().err
    assert site.app.extensions["quiet_corner"].database.engine.pool.checkedout() == 0


def test_a_server_without_database_or_index_still_starts(tmp_path: Path) -> None:
    app = warmed_app(Settings(data_dir=tmp_path))
    app.testing = True

    assert app.test_client().get("/healthz").status_code == 200
