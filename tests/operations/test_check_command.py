"""`finder check`, and what `finder serve` refuses before it starts, by the real command."""

from pathlib import Path

import pytest

from tests.support.machine import Machine


@pytest.fixture
def machine(tmp_path: Path, gazetteer_path: Path) -> Machine:
    return Machine(tmp_path, gazetteer_path)


def test_a_machine_that_is_not_ready_ends_with_1_and_says_what_to_do(machine: Machine) -> None:
    done = machine.run("check")

    assert done.returncode == 1
    assert "problem database: not there yet. Run: finder db upgrade" in done.stdout
    assert "ok      postcode index: there" in done.stdout
    assert not (machine.folder / "finder.db").exists()


def test_a_machine_that_is_ready_ends_with_0_and_one_line_for_each_check(machine: Machine) -> None:
    machine.run("db", "upgrade")

    done = machine.run("check")

    assert done.returncode == 0
    assert [line[:8] for line in done.stdout.splitlines()] == ["ok      "] * 10


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("FINDER_GEOCODERS", "nowhere", "geopy knows no service called nowhere."),
        ("FINDER_GEOCODERS", "google", "google needs more than a name, such as a key"),
        ("FINDER_MAIL_URL", "pigeon:loft", "must begin with file:, smtp:// or smtps://."),
        ("FINDER_LIMITS_URL", "nonsense://x", "FINDER_LIMITS_URL is no place to count in"),
        ("FINDER_WORKERS", "many", "FINDER_WORKERS: "),
        ("FINDER_SECRETKEY", "x", "Unknown setting FINDER_SECRETKEY."),
    ],
)
def test_a_wrong_setting_is_one_sentence_at_the_start(
    machine: Machine, setting: str, value: str, said: str
) -> None:
    done = machine.run("serve", **{setting: value})

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
