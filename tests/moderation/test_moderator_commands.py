"""`finder moderator` and `finder transparency`, as an operator types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from finder.accounts import moderators
from finder.cli import main
from finder.moderation.rules import Action, ItemKind
from finder.platform.db.database import Database
from tests.support.databases import address_of
from tests.support.moderation_parts import MOD, decide, held, moderator
from tests.support.review_parts import add_group
from tests.support.sign_in_parts import sign_in, who


@pytest.fixture(autouse=True)
def data(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINDER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("FINDER_DATABASE_URL", address_of(database))


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_an_address_moderates_once_it_signs_in(database: Database) -> None:
    for _ in range(2):
        assert run("moderator", "add", "Mod@Example.org").output == f"{MOD} may moderate.\n"

    with database.writing() as db:
        assert who(db, sign_in(db, MOD)).account.is_moderator
        assert moderators.count(db) == 1


def test_what_is_no_address_is_refused_in_a_sentence(database: Database) -> None:
    found = run("moderator", "add", "nonsense")

    assert found.exit_code == 1
    assert "Type an email address" in found.output


def test_a_year_is_counted_from_the_log(database: Database) -> None:
    with database.writing() as db:
        own = held(db, add_group(db))
        decide(db, moderator(db), ItemKind.REVIEW, own.id, Action.HIDE)

    assert "| Review | Hide | 1 |" in run("transparency", "2026").output
    assert "All decisions: 0." in run("transparency", "2025").output
    assert run("transparency", "soon").exit_code == 2


def test_duplicates_are_looked_for(database: Database) -> None:
    with database.writing() as db:
        add_group(db)
        add_group(db, "again")

    assert run("moderator", "duplicates").output == "1 new pairs wait for a moderator.\n"
