"""How often one network may ask; a counting place that is away stops nobody."""

import threading
from pathlib import Path

import pytest

from finder.platform import limits as platform_limits
from finder.platform.limits import BadLimitsUrl, CountsInMemory, Limits, network_of
from tests.platform.redis_server import own_redis, redis_at, redis_url
from tests.support.waiting import wait_until

__all__ = ["redis_url"]


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


def test_counting_starts_no_thread() -> None:
    limits, before = Limits("memory://"), threading.active_count()

    for host in range(200):
        limits.take("x", f"192.0.2.{host}", "2/hour")

    assert threading.active_count() == before


def test_a_count_begins_at_nothing_again_when_its_time_is_over() -> None:
    counts = CountsInMemory()

    assert [counts.incr("an hour", 3600) for _ in range(2)] == [1, 2]
    assert [counts.incr("over at once", 0) for _ in range(2)] == [1, 1]
    assert (counts.get("an hour"), counts.get("over at once")) == (2, 0)


def test_a_process_counts_so_many_networks_and_forgets_those_seen_longest_ago(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(platform_limits, "MOST_COUNTED", 2)
    limits = Limits("memory://")

    for host in (1, 2, 3):
        limits.take("x", f"192.0.2.{host}", "1/hour")

    assert not limits.take("x", "192.0.2.3", "1/hour")
    assert limits.take("x", "192.0.2.1", "1/hour")


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


class Away(CountsInMemory):
    """A counting place that can't be reached."""

    STORAGE_SCHEME: list[str] | None = ["away"]  # noqa: RUF012 - as the library declares it

    @property
    def base_exceptions(self) -> type[Exception]:
        return ConnectionError

    def incr(self, *_args: object, **_options: object) -> int:
        raise ConnectionError("redis://user:secret@host")


def test_while_the_counting_place_is_away_each_process_counts_and_its_words_stay_out_of_the_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    limits = Limits("away://")

    assert [limits.take("x", "192.0.2.1", "2/hour") for _ in range(3)] == [True, True, False]
    assert limits.take("x", "192.0.2.2", "2/hour")
    said = "".join(capsys.readouterr())
    assert "secret" not in said
    assert said.count("limits_failed") == 1


def test_a_place_that_can_be_reached_answers() -> None:
    assert Limits("memory://").answers()
    assert not Limits("redis://127.0.0.1:1").answers()


def test_two_workers_count_as_one_in_redis(redis_url: str) -> None:
    workers = Limits(redis_url), Limits(redis_url)

    taken = [workers[n % 2].take("together", "192.0.2.1", "3/hour") for n in range(5)]

    assert taken == [True, True, True, False, False]
    assert all(worker.answers() for worker in workers)


def test_a_redis_that_goes_away_and_comes_back_never_stops_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_limits, "REST_S", 0.0)
    limits = Limits(redis_at(tmp_path))
    with own_redis(tmp_path):
        assert limits.take("going", "192.0.2.1", "1/hour")
        assert not limits.take("going", "192.0.2.1", "1/hour")

    # Gone: this process knows nothing of what Redis had counted, and counts for itself.
    assert limits.take("going", "192.0.2.1", "1/hour")
    assert not limits.take("going", "192.0.2.1", "1/hour")

    with own_redis(tmp_path):
        assert limits.take("going", "192.0.2.1", "1/hour")
        assert not limits.take("going", "192.0.2.1", "1/hour")
        assert not limits.take("going", "192.0.2.1", "1/hour")


def test_a_network_may_again_once_its_time_is_over() -> None:
    limits = Limits("memory://")
    assert limits.take("x", "192.0.2.1", "1/second")

    wait_until(lambda: limits.take("x", "192.0.2.1", "1/second"))


def test_threads_lose_no_count() -> None:
    limits = Limits("memory://")
    taken: list[bool] = []
    threads = [
        threading.Thread(
            target=lambda: taken.extend(
                limits.take("x", "192.0.2.1", "1000/hour") for _ in range(500)
            )
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (taken.count(True), taken.count(False)) == (1000, 1000)
