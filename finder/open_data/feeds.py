"""An Atom feed (RFC 4287) of changed groups, and sitemaps: two small kinds of XML."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from finder.domain.ages import ages_label
from finder.domain.readable import isolated
from finder.domain.schedule.words import when
from finder.open_data.listed import GroupChange

ATOM_TYPE, XML_TYPE = "application/atom+xml", "application/xml"
ATOM, SITEMAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"


def changes_feed(
    title: str,
    feed_address: str,
    page_address: str,
    changes: Sequence[GroupChange],
    now: datetime,
    address_of: Callable[[UUID], str],
) -> bytes:
    """New and changed groups, newest first, as their lists show them.

    now: the feed's date where there is no change, since a feed must have one.
    """
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _text(feed, "id", feed_address)
    _text(feed, "title", title)
    _text(feed, "updated", _instant(changes[0].updated_at if changes else now))
    SubElement(feed, "link", {"rel": "self", "type": ATOM_TYPE, "href": feed_address})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page_address})
    _text(SubElement(feed, "author"), "name", "Quiet Corner")
    for change in changes:
        _entry(feed, change, address_of(change.card.public_id))
    indent(feed)
    return _written(feed)


def _entry(feed: Element, change: GroupChange, address: str) -> None:
    card = change.card
    entry = SubElement(feed, "entry")
    _text(entry, "id", card.public_id.urn)
    _text(entry, "title", f"{isolated(card.name)}, {isolated(card.venue_name)}")
    _text(entry, "published", _instant(change.created_at))
    _text(entry, "updated", _instant(change.updated_at))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    SubElement(entry, "category", {"term": card.format.value, "label": card.format.label})
    _text(entry, "summary", _summary(change))


def _summary(change: GroupChange) -> str:
    card = change.card
    parts = [
        "New." if change.is_new else "Changed.",
        f"{card.format.label}, {ages_label(card.age_from_months, card.age_to_months)}.",
        card.talking.sentence,
        f"{card.cost_label}. {card.booking.label}.",
        f"Next: {when(card.next)}." if card.next else "No date is known.",
        "This is a made-up example." if card.is_example else "",
    ]
    return " ".join(part for part in parts if part)


def sitemap(pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """Addresses of pages, each with its last change, if any."""
    return _list_of("urlset", "url", pages)


def sitemap_index(sitemaps: Iterable[str]) -> bytes:
    """Addresses of sitemaps."""
    return _list_of("sitemapindex", "sitemap", ((address, None) for address in sitemaps))


def _list_of(root: str, item: str, pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    whole = Element(root, {"xmlns": SITEMAP})
    for address, changed_at in pages:
        one = SubElement(whole, item)
        _text(one, "loc", address)
        if changed_at:
            _text(one, "lastmod", _instant(changed_at))
    return _written(whole)


def _written(root: Element) -> bytes:
    text: bytes = tostring(root, "utf-8", xml_declaration=True)
    return text


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _text(parent: Element, name: str, words: str) -> None:
    # XML allows no control characters, not even escaped.
    SubElement(parent, name).text = "".join(c for c in words if c >= " " or c in "\t\n")
