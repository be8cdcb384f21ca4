"""A gazetteer of a few real postcodes, for tests of files."""

from dataclasses import dataclass

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation


@dataclass(frozen=True)
class At:
    place: Place
    nation: Nation
    council_code: str = ""


KNOWN = {
    "EH6 7BS": At(Place(55.9760, -3.1657), Nation.SCOTLAND, "S12000036"),
    "LS6 3AU": At(Place(53.8195, -1.5775), Nation.ENGLAND, "E08000035"),
    "CF5 1AW": At(Place(51.4835, -3.2035), Nation.WALES, "W06000015"),
    "BT7 2FF": At(Place(54.5800, -5.9210), Nation.NORTHERN_IRELAND, "N09000003"),
}
locate = KNOWN.get
