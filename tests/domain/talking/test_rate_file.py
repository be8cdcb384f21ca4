"""Anybody may rate a file of groups: `python -m benchmarks.talking rate GROUPS.jsonl`."""

import json
from pathlib import Path

import pytest

from benchmarks.talking.__main__ import main
from benchmarks.talking.rankings import chances
from finder.domain.talking.beliefs import STARTING_TABLES
from finder.domain.talking.expectation import GroupEvidence
from finder.domain.vocabulary import Format, VenueKind

GOOD: dict[str, object] = {
    "format": "singing",
    "venue_kind": "church_hall",
    "claim": 2,
    "reports": [[1, 30.0], [2, 400.5]],
}


def write(tmp_path: Path, *groups: object) -> str:
    path = tmp_path / "groups.jsonl"
    path.write_text("".join(json.dumps(group) + "\n" for group in groups), encoding="utf-8")
    return str(path)


def test_each_line_gets_its_chances_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = GOOD | {"claim": None, "reports": []}
    same_ages = GOOD | {"reports": [[5, 3], [4, 3], [5, 0.25]]}

    status = main(["rate", write(tmp_path, GOOD, silent, same_ages)])

    rated = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    group = GroupEvidence(Format.SINGING, VenueKind.CHURCH_HALL, 2, [(1, 30.0), (2, 400.5)])
    assert status == 0
    assert [list(line) for line in rated] == [["first_day", "learned"]] * 3
    assert tuple(rated[0]["first_day"]) == chances(group, STARTING_TABLES)
    for line in rated:
        for five in line.values():
            assert len(five) == 5
            assert sum(five) == pytest.approx(1)
    assert sum(rated[0]["first_day"][:2]) > 0.5 > sum(rated[2]["first_day"][:2])


def test_it_learns_from_the_file_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loud = GOOD | {"claim": None, "reports": [[5, 9.0]] * 4}
    silent = GOOD | {"claim": None, "reports": []}

    main(["rate", write(tmp_path, silent, *[loud] * 40)])

    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert first["learned"][4] > first["first_day"][4] + 0.2


def test_a_file_without_reports_is_rated_as_on_the_first_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["rate", write(tmp_path, GOOD | {"reports": []})])

    line = json.loads(capsys.readouterr().out)
    assert line["learned"] == line["first_day"]


def test_an_empty_file_has_no_groups(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rate", write(tmp_path)]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ([], "a group is an object"),
        ({"format": "singing"}, "missing: venue_kind, claim, reports"),
        (GOOD | {"format": "knitting"}, "knitting"),
        (GOOD | {"venue_kind": ["x"]}, "['x']"),
        (GOOD | {"claim": 6}, "a talking level is 1 to 5, not 6"),
        (GOOD | {"claim": True}, "not true"),
        (GOOD | {"reports": None}, "reports is a list"),
        (GOOD | {"reports": [[1]]}, "a report is a level and an age in days, not [1]"),
        (GOOD | {"reports": [[1.5, 2]]}, "not 1.5"),
        (GOOD | {"reports": [[1, -2]]}, "an age is a number of days, not -2"),
        (GOOD | {"reports": [[1, float("nan")]]}, "an age is a number of days, not NaN"),
        (GOOD | {"reports": [[1, "old"]]}, 'not "old"'),
    ],
)
def test_a_line_that_is_no_group_is_named_and_nothing_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: object, why: str
) -> None:
    status = main(["rate", write(tmp_path, GOOD, bad)])

    said = capsys.readouterr()
    assert status == 1
    assert said.out == ""
    assert said.err.startswith("Line 2: ")
    assert why in said.err


def test_a_line_that_is_no_json_or_empty_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "groups.jsonl"
    for text, number in (("{\n", 1), (json.dumps(GOOD) + "\n\n", 2)):
        path.write_text(text)

        assert main(["rate", str(path)]) == 1
        assert capsys.readouterr().err.startswith(f"Line {number}: no JSON")


def test_a_file_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rate", str(tmp_path / "none.jsonl")]) == 1
    assert "can't be read" in capsys.readouterr().err


def test_its_help_names_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["rate", "--help"])

    assert ended.value.code == 0
    assert "GROUPS" in capsys.readouterr().out
