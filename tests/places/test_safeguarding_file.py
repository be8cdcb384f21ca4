"""The file of pages on a worry about a child that we ship, and how a broken one is refused."""

from pathlib import Path

import pytest

from finder.domain.refused import Refused
from finder.domain.vocabulary import Nation
from finder.places.safeguarding import read_pages
from finder.settings import shipped


def test_every_nation_has_a_page() -> None:
    pages = read_pages(shipped("data") / "safeguarding.csv")

    for nation in Nation:
        found = pages.of(nation, "")
        assert found is not None
        assert found.url.startswith("https://")
    assert pages.of(Nation.WALES, "W06000023") != pages.of(Nation.WALES, "")


@pytest.mark.parametrize("line", ["wales,,https://x.example,", "wales,Name,http://x.example,"])
def test_a_line_without_a_name_or_a_safe_address_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "pages.csv"
    file.write_text(f"area,name,url,looked_up\n{line}\n")

    with pytest.raises(Refused, match=r"pages\.csv"):
        read_pages(file)
