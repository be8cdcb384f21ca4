"""Our words as taxonomies."""

from finder.domain.facts import Fact
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind
from finder.open_data.referral import terms
from tests.open_data.referral import uk_profile


def test_every_taxonomy_and_term_is_of_the_uk_profile_with_an_id_of_its_own() -> None:
    whole = [terms.taxonomy_by_id(one["id"]) for one in terms.taxonomies()]
    words = list(terms.all_terms())

    assert [uk_profile.faults("taxonomy", one) for one in whole] == [[]] * len(terms.TAXONOMIES)
    assert all(uk_profile.faults("taxonomy_term", one) == [] for one in words)
    assert len({one["id"] for one in words}) == len(words)
    assert [one for t in whole if t for one in t["taxonomy_terms"]] == words


def test_every_word_that_listings_are_found_by_has_a_term() -> None:
    meant = [means for one in terms.all_terms() for means in terms.meant_by_term(one["id"])]

    assert meant == [*Format, *VenueKind, *TalkingLevel, *Fact]


def test_ids_are_for_ever() -> None:
    assert terms.term(terms.FORMATS, "singing")["id"] == terms.id_of(
        "term", "Quiet Corner: formats", "singing"
    )
    assert terms.FORMATS.id == "8b4dd494-a9f2-50b0-915f-fe234c49a9fa"


def test_a_taxonomy_asks_for_all_its_terms_and_an_unknown_one_for_none() -> None:
    assert terms.meant_by_taxonomy(terms.TALKING.id) == tuple(TalkingLevel)
    assert terms.meant_by_taxonomy(terms.OTHER_DETAILS.id) == ()
    assert terms.meant_by_taxonomy("x") == terms.meant_by_term("x") == ()
    assert terms.taxonomy_by_id("x") is terms.term_by_id("x") is None
