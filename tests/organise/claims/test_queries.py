"""A claim is kept once, and seen by whoever made it."""

from finder.accounts import queries as accounts_queries
from finder.organise.claims import queries as claims_queries
from finder.organise.claims.rules import ClaimScope, ClaimState
from finder.platform.db.database import Database
from tests.support.organise_parts import ANNA, BEN, editor, listing
from tests.support.review_parts import NOW


def test_a_claim_is_kept_once_for_each_account(database: Database) -> None:
    with database.writing() as db:
        hers = listing(db)
        anna, ben = editor(db), accounts_queries.id_for(db, BEN, NOW)

        asked = hers, ben, ClaimScope.GROUP, "why", NOW
        assert [claims_queries.add(db, *asked) for _ in range(2)] == [True, False]
        assert claims_queries.count_since(db, ben, NOW) == 0

        found = claims_queries.claimable(db, ben, hers)
        own = claims_queries.claimable(db, anna, hers)
        assert found is not None
        assert own is not None
        assert (found.is_own, found.state) == (False, ClaimState.WAITING)
        assert (own.is_own, own.state) == (True, None)
        assert (found.organiser, found.venue_name) == ("Hill Library", "Harbour Hall")
        assert ANNA not in repr(found)
