"""PostgreSQL's programs are found, told no password in words, and their failures are plain."""

import subprocess
from pathlib import Path

import pytest

from finder.operations import postgresql_tools
from tests.support.databases import Server

SPY = '#!/bin/sh\nprintf "%s " "$@" > {0}/words\nprintf "%s" "$PGPASSWORD" > {0}/password\n'


def test_the_password_is_in_no_list_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = tmp_path / "pg_dump"
    spy.write_text(SPY.format(tmp_path))
    spy.chmod(0o755)
    monkeypatch.setattr(postgresql_tools, "DEBIAN", tmp_path / "nothing here")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    postgresql_tools.dump("postgresql+psycopg://me:hush%2F@db.example.org:5433/site", tmp_path)

    assert (tmp_path / "password").read_text() == "hush/"
    words = (tmp_path / "words").read_text()
    assert "hush" not in words
    assert "--dbname=postgresql://me@db.example.org:5433/site" in words


def test_a_machine_without_the_programs_is_told_which_package_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_tools, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(postgresql_tools.ToolFailed, match="postgresql-client"):
        postgresql_tools.revision_in(tmp_path / "copy")


def test_a_server_that_is_away_is_said_without_what_the_program_said(
    postgresql: Server, tmp_path: Path
) -> None:
    away = postgresql.url("nowhere")

    with pytest.raises(postgresql_tools.ToolFailed) as failure:
        postgresql_tools.dump(away, tmp_path / "copy")

    assert str(failure.value) == "pg_dump could not do it (it ended with 1)."


def test_the_programs_are_of_one_release(postgresql: Server) -> None:
    said = [
        subprocess.run(
            [postgresql_tools._path_of(name), "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()[-3:]
        for name in ("pg_dump", "pg_restore", "psql")
    ]

    assert len({tuple(words) for words in said}) == 1
