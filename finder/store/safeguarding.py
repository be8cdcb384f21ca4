"""Reads data/safeguarding.csv: councils' pages on a worry about a child, and general ones.

Columns: area (a nation's word, or a council's GSS code as postcodes have it), name, url, and the
day on which somebody looked whether the page is there.
"""

import csv
from pathlib import Path

from finder.domain.refused import Refused
from finder.domain.safeguarding import SafeguardingPage, SafeguardingPages


def read_pages(path: Path) -> SafeguardingPages:
    """The pages of all areas. Refused for a line without a name, or with no https address."""
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["name"] or not row["url"].startswith("https://"):
                raise Refused("url", f"{path.name}: “{row['area']}” needs a name and an address")
            found[row["area"]] = SafeguardingPage(row["name"], row["url"])
    return SafeguardingPages(found)
