"""Feeds of services, page by page: on the web, or a folder of JSON files.

A stopped run goes on from a page's number, so the number must mean the same next time.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlencode

from finder.open_data.referral.read import is_service, is_whole, may_be_for_them
from finder.open_data.referral.shapes import JsonObject
from finder.platform.web.safe_fetch import FeedTrouble, NotThere, SafeClient

PER_PAGE = 100
MOST_PAGES = 20_000
LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class RawPage:
    """The services of a page as the feed has them. of: how many pages it seems to have."""

    number: int
    of: int
    services: tuple[JsonObject, ...]


class Feed(Protocol):
    """Where services come from."""

    @property
    def address(self) -> str:
        """Where it is. The database knows the feed by it."""
        ...

    def pages(self, first: int) -> Iterator[RawPage]:
        """Its pages from a number on. FeedTrouble where one can't be read."""
        ...


@dataclass(frozen=True)
class WebFeed:
    """A feed on the web. address: what stands before /services."""

    address: str
    web: SafeClient

    def pages(self, first: int) -> Iterator[RawPage]:
        """Its pages; of each service that may be for them, the whole is fetched."""
        number, before = first, None
        while number <= MOST_PAGES:
            asked = urlencode({"page": number, "per_page": PER_PAGE})
            page = self.web.json(f"{self.address}/services?{asked}")
            lines = _contents(page)
            if lines is None:
                raise FeedTrouble(f"{self.address}/services is no page of an Open Referral UK feed")
            if lines and lines == before:
                return  # a server without paging gives the same page for ever
            before = lines
            of = _count(page, number if not lines else number + 1)
            yield RawPage(number, max(of, number), tuple(self._whole(lines)))
            if not lines or _is_last(page) or number >= of:
                return
            number += 1

    def _whole(self, lines: list[JsonObject]) -> Iterator[JsonObject]:
        for line in lines:
            if is_whole(line) or not may_be_for_them(line):
                yield line
                continue
            try:
                found = self.web.json(f"{self.address}/services/{quote(str(line['id']), safe='')}")
            except NotThere:
                continue
            yield found if is_service(found) and found["id"] == line["id"] else line


@dataclass(frozen=True)
class FolderFeed:
    """A folder of JSON files: each a service, a list of them, or a page as a feed answers it."""

    folder: Path

    @property
    def address(self) -> str:
        """The folder's whole path."""
        return str(self.folder.resolve())[-LONGEST_ADDRESS:]

    @cached_property
    def _files(self) -> list[Path]:
        return sorted(self.folder.rglob("*.json"))

    @cached_property
    def _whole_ids(self) -> set[str]:
        """Only where there are lines of lists: a whole service elsewhere is the better one."""
        return {
            str(one["id"]) for path in self._files for one in _services_in(path) if is_whole(one)
        }

    def pages(self, first: int) -> Iterator[RawPage]:
        """Its files, in the order of their names."""
        if not self._files:
            raise FeedTrouble(f"There are no JSON files in {self.folder}")
        for number, path in enumerate(self._files, 1):
            if number >= first:
                yield RawPage(number, len(self._files), tuple(self._services(path)))

    def _services(self, path: Path) -> Iterator[JsonObject]:
        for one in _services_in(path):
            if is_whole(one) or str(one["id"]) not in self._whole_ids:
                yield one


def feed_at(where: str, *, allow_http: bool, allow_private: bool) -> Feed:
    """The feed at an address or in a folder. FeedTrouble where it is neither."""
    if "://" in where:
        address = where.partition("#")[0].partition("?")[0].rstrip("/").removesuffix("/services")
        if len(address) > LONGEST_ADDRESS:
            raise FeedTrouble("The address is too long")
        return WebFeed(address, SafeClient(allow_http, allow_private))
    folder = Path(where)
    if not folder.is_dir():
        raise FeedTrouble(f"{where} is neither a folder nor an address that begins with https://")
    return FolderFeed(folder)


def _services_in(path: Path) -> Iterator[JsonObject]:
    try:
        thing = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise FeedTrouble(f"{path} can’t be read as JSON") from error
    contents = _contents(thing)
    for one in [thing] if contents is None else contents:
        inner = one.get("service") if isinstance(one, Mapping) else None
        if isinstance(one, Mapping) and is_service(inner):
            yield _turned(one, inner)
        elif is_service(one):
            yield one


def _turned(there: JsonObject, service: JsonObject) -> JsonObject:
    """A service at a location as a service with a location."""
    if "service_at_locations" in service or not isinstance(there.get("location"), Mapping):
        return service
    if not is_whole(service):
        return dict(service)
    without = {name: value for name, value in there.items() if name != "service"}
    return {**service, "service_at_locations": [without]}


def _contents(page: object) -> list[JsonObject] | None:
    """The items of a page of 3.0 (`contents`), of 1.0 (`content`) or of a bare list."""
    if isinstance(page, Mapping):
        page = page.get("contents", page.get("content"))
    return [one for one in page if isinstance(one, Mapping)] if isinstance(page, list) else None


def _count(page: object, otherwise: int) -> int:
    found = _first(page, "total_pages", "totalPages")
    return found if isinstance(found, int) and 0 <= found <= MOST_PAGES else otherwise


def _is_last(page: object) -> bool:
    return _first(page, "last_page", "last") is True or isinstance(page, list)


def _first(page: object, *names: str) -> object:
    if not isinstance(page, Mapping):
        return None
    return next((page[name] for name in names if name in page), None)
