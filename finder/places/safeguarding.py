"""Where to turn with a worry about a child: the council's page, or the nation's general one."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from finder.domain.refused import Refused
from finder.domain.vocabulary import Nation


@dataclass(frozen=True)
class SafeguardingPage:
    """An official page on a worry about a child."""

    name: str
    url: str


@dataclass(frozen=True)
class SafeguardingPages:
    """Pages by area: a council's GSS code, or a nation's value."""

    by_area: Mapping[str, SafeguardingPage]

    def of(self, nation: Nation, council_code: str) -> SafeguardingPage | None:
        """The council's own page where it is known, else the nation's general one."""
        return self.by_area.get(council_code) or self.by_area.get(nation.value)


def read_pages(path: Path) -> SafeguardingPages:
    """The pages of all areas. Refused for a line without a name or an https address."""
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["name"] or not row["url"].startswith("https://"):
                raise Refused("url", f"{path.name}: “{row['area']}” needs a name and an address")
            found[row["area"]] = SafeguardingPage(row["name"], row["url"])
    return SafeguardingPages(found)
