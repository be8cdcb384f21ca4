"""Feeds and sitemaps, read back."""

from datetime import timedelta
from uuid import UUID
from xml.etree import ElementTree

from finder.domain.groups import Card
from finder.domain.vocabulary import Band
from finder.open_data.feeds import ATOM, SITEMAP, changes_feed, sitemap, sitemap_index
from finder.open_data.listed import GroupChange
from tests.support.examples import TUESDAY_NOON, as_listed, group

NAMES = {"a": ATOM, "s": SITEMAP}


def change(number: int, name: str = "Songs & <b>rhymes</b>", **moved: timedelta) -> GroupChange:
    draft = group("g")
    card = Card(
        UUID(int=number), name, "Harbour Hall", "Leith", draft.venue.kind, draft.format,
        draft.venue.place, 120.0, as_listed(draft).talking, Band.PROBABLY, None, draft.cost.label(),
        draft.booking, 0, 24, frozenset(), frozenset(),
    )  # fmt: skip
    later = moved.get("later", timedelta())
    return GroupChange(card, TUESDAY_NOON, TUESDAY_NOON + later)


def feed_of(*changes: GroupChange) -> ElementTree.Element:
    text = changes_feed(
        "Groups near Leith",
        "https://example.org/search.atom?near=Leith&radius=3",
        "https://example.org/search?near=Leith&radius=3",
        changes,
        TUESDAY_NOON + timedelta(days=1),
        lambda id_: f"https://example.org/groups/{id_}",
    )
    return ElementTree.fromstring(text)  # noqa: S314 - our own


def words(of: ElementTree.Element, path: str) -> list[str]:
    return [found.text or "" for found in of.findall(path, NAMES)]


def test_a_feed_has_what_the_standard_requires() -> None:
    feed = feed_of(change(1), change(2, later=timedelta(hours=1)))

    for name in ("id", "title", "updated", "author/a:name"):
        assert len(words(feed, f"a:{name}")) == 1, name
    for entry in feed.findall("a:entry", NAMES):
        for name in ("id", "title", "updated", "summary"):
            assert len(words(entry, f"a:{name}")) == 1, name
    assert {link.get("rel") for link in feed.findall("a:link", NAMES)} == {"self", "alternate"}
    assert words(feed, "a:entry/a:id") == [f"urn:uuid:{UUID(int=1)}", f"urn:uuid:{UUID(int=2)}"]


def test_new_groups_are_told_from_changed_ones_and_words_come_through_whole() -> None:
    feed = feed_of(change(1, later=timedelta(hours=1)), change(2, name="A \x00 bell\x07"))

    changed, new = words(feed, "a:entry/a:summary")
    assert changed.startswith("Changed. Singing")
    assert new.startswith("New. Singing")
    assert words(feed, "a:entry/a:title") == [
        "Songs & <b>rhymes</b>, Harbour Hall",
        "A  bell, Harbour Hall",
    ]


def test_a_feed_changed_when_its_newest_group_did() -> None:
    newest = change(1, later=timedelta(hours=2))

    assert words(feed_of(newest, change(2)), "a:updated") == ["2026-11-24T14:00:00Z"]
    assert words(feed_of(), "a:updated") == ["2026-11-25T12:00:00Z"]


def test_a_sitemap_says_when_pages_changed_where_that_is_known() -> None:
    pages = [("https://example.org/", None), ("https://example.org/groups/1", TUESDAY_NOON)]
    found = ElementTree.fromstring(sitemap(pages))  # noqa: S314

    assert words(found, "s:url/s:loc") == [address for address, _ in pages]
    assert words(found, "s:url/s:lastmod") == ["2026-11-24T12:00:00Z"]


def test_the_list_of_sitemaps_is_one() -> None:
    found = ElementTree.fromstring(sitemap_index(["https://example.org/sitemap/0.xml"]))  # noqa: S314

    assert words(found, "s:sitemap/s:loc") == ["https://example.org/sitemap/0.xml"]
