"""docs/security.md and docs/duties.md name only tests that there are."""

import re

from tests.support.paths import TOP

NAMED = [
    found
    for page in ("security.md", "duties.md")
    for found in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (TOP / "docs" / page).read_text())
]


def test_every_test_that_the_pages_name_exists() -> None:
    missing = [
        f"{path}::{name}"
        for path, name in NAMED
        if not re.search(rf"^def {name}\(", (TOP / path).read_text(), re.MULTILINE)
    ]

    assert len(NAMED) > 40
    assert missing == []
