"""What the map shows of a group, as JSON members, worked out when the group is written.

A map has thousands of points. All that stays the same until somebody writes is text already; what
depends on the search or on the day of the reader is put between its lines: search/geojson.py.
"""

import json
from json.encoder import encode_basestring as _text
from typing import Any

from finder.domain.cost import Cost
from finder.domain.groups import Place, TalkingLine
from finder.domain.vocabulary import Format, VenueKind

NOT_KNOWN = "Nobody has told us"
QUOTE = '"'
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def point_text(
    name: str,
    place: Place,
    format_: Format,
    venue_name: str,
    venue_kind: VenueKind,
    locality: str,
    cost: Cost,
    talking: TalkingLine,
) -> str:
    """Three lines: longitude and latitude; members up to the talking sentence, which lacks its
    closing quote so that more may be said; members from the format to the cost.

    Five decimals of a degree are about a metre. No line holds a line break: JSON escapes them.
    """
    level, is_known, sentence = talking
    asks = _members(
        talking=int(level) if is_known else None,
        talking_label=level.label if is_known else NOT_KNOWN,
        talking_sentence=sentence,
    )
    what = _members(format=format_.value, format_label=format_.label)
    where = _members(venue=venue_name, venue_kind=venue_kind.value, locality=locality)
    price = _members(cost=cost.kind.value, cost_label=cost.label(), cost_pence=cost.each_pence)
    return (
        f"{place.longitude:.5f},{place.latitude:.5f}\n"
        f'"name":{_text(name)},{asks.removesuffix(QUOTE)}\n{what},{where},{price}'
    )


def _members(**values: Any) -> str:
    """Members of an object, without its braces."""
    return _json(values)[1:-1]
