"""Where to turn with a worry about a child: the council's page, or the nation's general one."""

from collections.abc import Mapping
from dataclasses import dataclass

from finder.domain.vocabulary import Nation


@dataclass(frozen=True)
class SafeguardingPage:
    """An official page on a worry about a child."""

    name: str
    url: str


@dataclass(frozen=True)
class SafeguardingPages:
    """Pages by area: a council's GSS code, or a nation's word."""

    by_area: Mapping[str, SafeguardingPage]

    def of(self, nation: Nation, council_code: str) -> SafeguardingPage | None:
        """The council's own page where it is known, else the nation's general one."""
        return self.by_area.get(council_code) or self.by_area.get(nation.value)
