"""How often one network may ask; a counting place that is away stops nobody."""

from typing import ClassVar

import pytest
from limits.storage import MemoryStorage

from finder.services.limiting import BadLimitsUrl, Limits, network_of


def test_a_network_is_stopped_after_its_share_and_others_are_not() -> None:
    limits = Limits("memory://")

    assert [limits.take("x", "192.0.2.1", "2/hour") for _ in range(3)] == [True, True, False]
    assert limits.take("x", "192.0.2.2", "2/hour")
    assert limits.take("other errand", "192.0.2.1", "2/hour")


def test_a_home_can_not_get_around_it_by_drawing_ipv6_addresses() -> None:
    limits = Limits("memory://")

    for last in range(2):
        assert limits.take("x", f"2001:db8:1:2::{last}", "2/hour")

    assert not limits.take("x", "2001:db8:1:2:ffff::9", "2/hour")
    assert limits.take("x", "2001:db8:1:3::1", "2/hour")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("x" * 99, "x" * 64),
    ],
)
def test_the_network_of_an_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_url_that_means_nothing_is_refused_at_start() -> None:
    with pytest.raises(BadLimitsUrl, match="FINDER_LIMITS_URL"):
        Limits("nonsense://")


class Away(MemoryStorage):
    """A counting place that can't be reached."""

    STORAGE_SCHEME: ClassVar = ["away"]

    @property
    def base_exceptions(self) -> type[Exception]:
        return ConnectionError

    def incr(self, *_args: object, **_options: object) -> int:
        raise ConnectionError("redis://user:secret@host")


def test_a_counting_place_that_is_away_stops_nobody_and_its_words_stay_out_of_the_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    limits = Limits("away://")

    assert [limits.take("x", "192.0.2.1", "1/hour") for _ in range(3)] == [True, True, True]
    assert "secret" not in "".join(capsys.readouterr())
