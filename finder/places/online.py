"""geopy services that an operator asks for by name, tried after the offline index.

Off by default. A service may fail or be slow without harm to a search. What was typed is never
logged.
"""

import inspect
import logging
import threading
from collections.abc import Sequence
from functools import partial
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

from cachetools import LRUCache
from geopy.adapters import RequestsAdapter
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder

LOG = logging.getLogger(__name__)
USER_AGENT = "quiet-corner"
TIMEOUT_SECONDS = 2.0
BETWEEN_SECONDS = 1.0  # the public Nominatim's rule: at most one request a second
REST_SECONDS = 60.0
KEPT = 512
# Both log whole addresses, with what was typed, urllib3 even as a warning.
TALKATIVE = ("geopy", "urllib3")


class Location(Protocol):
    """What a geopy service finds, as far as it is read here. geopy comes without types."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""

    @property
    def address(self) -> str:
        """All that the service says of where it is, comma by comma."""


class UnknownGeocoder(ValueError):
    """A name in FINDER_GEOCODERS that geopy does not know, or that needs more than a name."""


class OnlineGeocoders:
    """Asks each service in turn, at its own pace."""

    def __init__(self, services: Sequence[str | Geocoder]) -> None:
        self._services = [_Service(_geocoder(service)) for service in services]
        for name in TALKATIVE if services else ():
            logging.getLogger(name).setLevel(logging.ERROR)

    def find(self, text: str) -> Location | None:
        """What the first service finds that finds anything. Never raises a service's errors."""
        for service in self._services:
            found = service.find(text)
            if found is not None:
                return found
        return None


class _Service:
    """One service: one caller at a time, a second between calls, a rest after a failure."""

    def __init__(self, geocoder: Geocoder) -> None:
        self._ask = RateLimiter(
            geocoder.geocode,
            min_delay_seconds=BETWEEN_SECONDS,
            max_retries=0,
            error_wait_seconds=BETWEEN_SECONDS,
            swallow_exceptions=False,  # swallowing would log what was typed
        )
        self._name = type(geocoder).__name__
        knows_countries = "country_codes" in inspect.signature(geocoder.geocode).parameters
        self._options = {"country_codes": "gb"} if knows_countries else {}
        self._busy = threading.Lock()
        self._rests_until = 0.0
        self._answers: LRUCache[str, Location | None] = LRUCache(KEPT)
        self._lock = threading.Lock()

    def find(self, text: str) -> Location | None:
        with self._lock:
            if text in self._answers:
                return self._answers[text]
        # Nobody waits for another visitor's request: the second one gets no answer.
        if monotonic() < self._rests_until or not self._busy.acquire(blocking=False):
            return None
        try:
            found: Location | None = self._ask(text, timeout=TIMEOUT_SECONDS, **self._options)
        except Exception as error:  # any service, any fault: the search goes on
            LOG.warning("geocoder %s failed: %s", self._name, type(error).__name__)
            self._rests_until = monotonic() + REST_SECONDS
            return None
        finally:
            self._busy.release()
        with self._lock:
            self._answers[text] = found
        return found


def _geocoder(service: str | Geocoder) -> Geocoder:
    """The geocoder of a name ("nominatim") or a name and address ("nominatim=https://…")."""
    if not isinstance(service, str):
        return service
    name, _, address = service.partition("=")
    try:
        kind = get_geocoder_for_service(name)
    except GeopyError as error:
        raise UnknownGeocoder(f"FINDER_GEOCODERS: geopy knows no service called {name}.") from error
    options: dict[str, object] = {
        "user_agent": USER_AGENT,
        "timeout": TIMEOUT_SECONDS,
        "adapter_factory": partial(RequestsAdapter, max_retries=0),
    }
    if address:
        parts = urlsplit(address)
        options |= {"scheme": parts.scheme, "domain": parts.netloc + parts.path.rstrip("/")}
    try:
        return kind(**options)
    except (TypeError, GeopyError) as error:
        raise UnknownGeocoder(
            f"FINDER_GEOCODERS: {name} needs more than a name, such as a key, so it can't be used."
        ) from error
