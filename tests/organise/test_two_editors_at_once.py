"""Two editors of one listing lose nothing: the second is shown what the first changed."""

from dataclasses import replace
from threading import Thread
from uuid import UUID

import pytest

from finder.accounts import editors
from finder.domain.facts import Fact
from finder.listings import writer
from finder.listings.changes import Whose
from finder.organise import service as organise_service
from finder.platform.db.database import Database, Db
from finder.reviews import saving
from tests.organise.two_people import LATER, PAID, People, db, kept, people, publish
from tests.support.examples import SONGS
from tests.support.examples import TUESDAY_NOON as NOW

__all__ = ["db", "people"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


def test_the_second_of_two_editors_is_shown_what_changed_and_nothing_is_saved(
    db: Db, people: People
) -> None:
    made = publish(db, people.anna)
    editors.add(db, editors.organisers_of(db, people.anna)[0].id, people.ben, NOW)
    organise_service.edit(db, people.anna, made, replace(SONGS, name="Hers", cost=PAID), 1, LATER)
    his = replace(SONGS, name="His", facts={Fact.SING: True})

    with pytest.raises(organise_service.ChangedMeanwhile) as meanwhile:
        organise_service.edit(db, people.ben, made, his, 1, LATER)

    assert meanwhile.value.version == 2
    assert {line.key: line.whose for line in meanwhile.value.lines} == {
        "name": Whose.BOTH,
        "cost": Whose.THEIRS,
        "sing": Whose.YOURS,
    }
    assert kept(db, people.anna, made).name == "Hers"
    with pytest.raises(organise_service.ChangedMeanwhile):
        organise_service.restore(db, people.ben, made, 1, 1, LATER)


def test_two_editors_who_save_at_the_same_moment_lose_nothing(
    database: Database, db: Db, people: People
) -> None:
    """Two real sessions, each on a connection and a thread of its own."""
    made = publish(db, people.anna)
    editors.add(db, editors.organisers_of(db, people.anna)[0].id, people.ben, NOW)
    db.commit()
    outcomes: dict[UUID, object] = {}

    def save(account: UUID, name: str) -> None:
        with database.writing() as own:
            try:
                draft = replace(SONGS, name=name)
                outcomes[account] = organise_service.edit(own, account, made, draft, 1, LATER)
            except organise_service.ChangedMeanwhile as meanwhile:
                outcomes[account] = meanwhile

    threads = [
        Thread(target=save, args=one) for one in ((people.anna, "Hers"), (people.ben, "His"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (first,) = [who for who, what in outcomes.items() if isinstance(what, writer.Saved)]
    (second,) = [w for w in outcomes.values() if isinstance(w, organise_service.ChangedMeanwhile)]
    won, lost = ("Hers", "His") if first == people.anna else ("His", "Hers")
    its, versions = organise_service.versions(db, people.anna, made)
    assert (its.draft.name, its.version, len(versions)) == (won, 2, 2)
    assert [(line.theirs, line.yours) for line in second.lines] == [(won, lost)]


def test_an_editor_waits_for_the_one_before_and_then_sees_the_change(
    database: Database, db: Db, people: People
) -> None:
    """The first has written but not committed when the second begins to save."""
    made = publish(db, people.anna)
    seen: list[organise_service.ChangedMeanwhile] = []

    def save_second() -> None:
        with (
            database.writing() as own,
            pytest.raises(organise_service.ChangedMeanwhile) as meanwhile,
        ):
            organise_service.edit(own, people.anna, made, replace(SONGS, name="Second"), 1, LATER)
        seen.append(meanwhile.value)

    with database.writing() as first:
        draft = replace(SONGS, ref="harbour-songs", name="First")
        saving.save(first, draft, at=LATER, by=people.anna, version=1)
        second = Thread(target=save_second)
        second.start()
        second.join(0.3)
        assert second.is_alive()
        first.commit()
        second.join()

    assert [line.theirs for line in seen[0].lines] == ["First"]
