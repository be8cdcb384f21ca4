"""An insert that may meet a row that is there already, on both engines."""

from uuid import uuid4

from sqlmodel import select

from finder.accounts.tables import AccountRow
from finder.platform.db.database import Database
from finder.platform.db.inserting import insert_into
from tests.support.review_parts import NOW


def test_a_second_row_of_the_same_key_is_left_out_or_changes_the_first(database: Database) -> None:
    with database.writing() as db:
        for wish in ("add", "leave", "change"):
            email = "anna@example.org"
            adding = insert_into(db, AccountRow).values(id=uuid4(), email=email, created_at=NOW)
            if wish == "change":
                adding = adding.on_conflict_do_update(
                    index_elements=["email"], set_={"email": "changed@example.org"}
                )
            else:
                adding = adding.on_conflict_do_nothing(index_elements=["email"])
            db.exec(adding)

        assert list(db.exec(select(AccountRow.email))) == ["changed@example.org"]
