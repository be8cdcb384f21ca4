"""Files of listings for tests, read with the one postcode of the examples."""

from dataclasses import dataclass

from finder.domain.groups import GroupDraft, Place
from finder.domain.vocabulary import Nation
from finder.spreadsheets import listings_csv
from finder.spreadsheets import service as spreadsheets_service
from finder.spreadsheets.service import ReadResult
from tests.support.examples import HALL, group


@dataclass(frozen=True)
class Located:
    place: Place = HALL.place
    nation: Nation = Nation.SCOTLAND
    council_code: str = HALL.council_code


def locate(postcode: str) -> Located | None:
    return Located() if postcode == HALL.postcode else None


def reader(data: bytes) -> ReadResult:
    return spreadsheets_service.read(data, locate)


def file_of(*drafts: GroupDraft) -> bytes:
    return listings_csv.write(drafts, locate).encode("utf-8-sig")


def hers(ref: str, **changes: object) -> GroupDraft:
    return group(ref, organiser="Hill Library", **changes)
