"""`finder tidy` forgets what need not be kept, and says so."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from finder.cli import main
from finder.platform.db.database import Database
from tests.support.databases import address_of
from tests.support.sign_in_parts import ask, current, sign_in


def test_old_links_and_sign_ins_are_forgotten_and_new_ones_kept(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("FINDER_DATABASE_URL", address_of(database))
    now = datetime.now(UTC)
    with database.writing() as db:
        sign_in(db, "anna@example.org", now - timedelta(days=31))
        kept = sign_in(db, "ben@example.org", now - timedelta(days=29))
        ask(db, "carol@example.org", now)

    said = CliRunner().invoke(main, ["tidy"]).output

    assert "2 forgotten: Links to sign in, with a short mark of the network that asked." in said
    assert "1 forgotten: Which browsers are signed in." in said
    with database.writing() as db:
        assert current(db, kept, now) is not None
