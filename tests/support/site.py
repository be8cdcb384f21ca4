"""The whole site over a database of its own, with invented groups around Leith in it."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

from flask import Flask

from finder.app import create_app
from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.groups import GettingIn, GroupDraft, Step
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import (
    Booking,
    Busy,
    CostKind,
    Expected,
    Format,
    Noise,
    Size,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.settings import Settings
from tests.support.clock import SetClock
from tests.support.databases import settings_on, wait_for_no_disk
from tests.support.examples import group, keep

RHYME_TIME = group(
    "rhyme-time",
    summary="Songs and rhymes on the cushions. <b>Come as you are</b> & stay as long as you like.",
    kind=VenueKind.LIBRARY,
    north=300,
    other_formats=frozenset({Format.STORY_TIME}),
    claimed_level=TalkingLevel.NO_TALKING,
    size=Size.MEDIUM,
    noise=Noise.LOUD,
    busy=Busy.BUSY,
    facts={
        Fact.SIT_AND_WATCH: True,
        Fact.LEAVE_EARLY: True,
        Fact.INTRODUCTIONS: False,
        Fact.SING: True,
        Fact.ROTA: False,
    },
    building={Fact.STEP_FREE: True},
    sessions=(Session(Weekday.TUE, time(10, 30), time(11), is_term_time_only=True),),
    steps=(
        Step(0, "Doors open. Find a cushion.", Expected.NEITHER),
        Step(5, "Hello song, everyone together", Expected.SING),
        Step(25, "Goodbye song. Some stay and chat.", Expected.TALK),
    ),
    getting_in=GettingIn(
        door="The side door on Example Street.",
        pram="By the stairs; the lift is behind the desk.",
        say_at_door="Nothing. Nobody signs in.",
        if_asleep_or_crying="Step out to the picture books, and come back.",
    ),
    website="https://example.org/",
    is_example=True,
)
BABY_CIRCLE = group(
    "baby-circle",
    north=900,
    east=400,
    format=Format.ANTENATAL_OR_POSTNATAL,
    claimed_level=TalkingLevel.INTRODUCTIONS,
    cost=Cost(CostKind.BLOCK, 3_000, block_sessions=6),
    booking=Booking.PHONE_ONLY,
    booking_phone="020 7946 0123",
    age_to_months=6,
    facts={Fact.INTRODUCTIONS: True},
    is_example=True,
)
BARE = group("bare", north=-700, format=Format.OTHER, is_example=True)
MANY = tuple(
    group(
        f"play-{number}",
        north=-100 * number,
        east=150 * number,
        format=Format.STAY_AND_PLAY,
        claimed_level=list(TalkingLevel)[number % 5],
        cost=Cost(CostKind.DONATION, 150),
        is_example=True,
    )
    for number in range(1, 22)
)
GROUPS: tuple[GroupDraft, ...] = (RHYME_TIME, BABY_CIRCLE, BARE, *MANY)


def app_on(database: Database, folder: Path, now: datetime | None = None, **more: Any) -> Flask:
    """An app on this database, with its own files in the folder and any more settings.

    now: where its clock stands; by default it runs. `app.extensions["clock"]` is that clock.
    """
    app = create_app(settings_on(database, folder, **more), SetClock(now))
    app.testing = True
    wait_for_no_disk(app.extensions["quiet_corner"].database)
    return app


class Site:
    """The app, its database, and the address of each group by its ref."""

    def __init__(
        self,
        folder: Path,
        gazetteer_dir: Path,
        groups: tuple[GroupDraft, ...] = GROUPS,
        url: str = "",
    ) -> None:
        """url: of an empty database; an SQLite file in the folder unless told."""
        own = {"database_url": url} if url else {}
        self.settings = Settings(data_dir=folder, tiles_url="/tiles/{z}/{x}/{y}.png", **own)
        (folder / "postcodes.db").symlink_to(gazetteer_dir / "postcodes.db")
        self.database = Database(self.settings.database)
        wait_for_no_disk(self.database)
        migrate.upgrade(self.database)
        with self.database.session() as db:
            saved = keep(db, *groups)
        self.clock = SetClock()
        self.app: Flask = create_app(self.settings, self.clock)
        wait_for_no_disk(self.app.extensions["quiet_corner"].database)
        # No mail worker beside the pages: its looks for mail would count among their statements.
        self.app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
        self.groups = self._addresses()
        assert len(saved) == len(self.groups)

    def _addresses(self) -> dict[str, str]:
        answer = self.app.test_client().get("/search.geojson?near=EH6+7BS&radius=25&unknown=1")
        found = answer.get_json(force=True)["features"]
        return {
            one["properties"]["name"].removeprefix("Group "): one["properties"]["url"]
            for one in found
        }
