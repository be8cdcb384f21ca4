"""A council's own page comes before its nation's."""

from finder.domain.vocabulary import Nation
from finder.places.safeguarding import SafeguardingPage, SafeguardingPages

POWYS = SafeguardingPage("Powys", "https://powys.example")
WALES = SafeguardingPage("Wales", "https://wales.example")


def test_the_council_comes_first_then_the_nation_then_nothing() -> None:
    pages = SafeguardingPages({"W06000023": POWYS, "wales": WALES})

    assert pages.of(Nation.WALES, "W06000023") is POWYS
    assert pages.of(Nation.WALES, "W06000015") is pages.of(Nation.WALES, "") is WALES
    assert pages.of(Nation.ENGLAND, "") is None
