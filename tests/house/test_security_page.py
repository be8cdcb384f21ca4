"""docs/security.md names only tests that there are."""

import re

from tests.support.paths import TOP

NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (TOP / "docs" / "security.md").read_text())


def test_every_test_that_the_page_names_exists() -> None:
    missing = [
        f"{path}::{name}"
        for path, name in NAMED
        if not re.search(rf"^def {name}\(", (TOP / path).read_text(), re.MULTILINE)
    ]

    assert len(NAMED) > 40
    assert missing == []
