"""`finder moderator` and `finder transparency`, as an operator types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from finder.accounts import moderators
from finder.cli import main
from finder.moderation.rules import Action, ItemKind
from finder.platform.db.database import Database
from tests.support.databases import address_of
from tests.support.moderation_parts import MOD, OTHER_MOD, decide, held, moderator
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


def test_who_is_removed_moderates_no_more_though_signed_in(database: Database) -> None:
    for email in (MOD, OTHER_MOD):
        run("moderator", "add", email)
    with database.writing() as db:
        secret = sign_in(db, MOD)

    done = run("moderator", "remove", "Mod@Example.org")

    assert (done.exit_code, done.output) == (0, f"{MOD} moderates no more.\n")
    with database.writing() as db:
        assert not who(db, secret).account.is_moderator
    again = run("moderator", "remove", MOD)
    assert again.exit_code == 1
    assert f"{MOD} is no moderator. Nothing was changed." in again.output
    assert run("moderator", "remove", "nonsense").exit_code == 1


def test_the_operator_hears_when_nobody_is_left(database: Database) -> None:
    run("moderator", "add", MOD)

    done = run("moderator", "remove", MOD)

    assert done.exit_code == 0
    assert "Nobody moderates now" in done.output
    with database.writing() as db:
        assert moderators.count(db) == 0


def test_moderators_are_listed_with_the_day_since_when() -> None:
    assert "Nobody moderates yet." in run("moderator", "list").output
    for email in (MOD, OTHER_MOD):
        run("moderator", "add", email)

    lines = run("moderator", "list").output.splitlines()

    assert [line.split(", since ")[0] for line in lines] == [MOD, OTHER_MOD]
    assert all(line[-10:].count("-") == 2 for line in lines)


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
