"""The step "Where is it?": a postcode, and the venue near it."""

from collections.abc import Mapping
from dataclasses import replace

from wtforms import Field, ValidationError

from finder.domain.facts import VENUE_FACTS, Fact
from finder.domain.groups import LONGEST_LINE, LONGEST_NAME, GroupDraft, Place, VenueDraft
from finder.domain.nearness import nearness
from finder.domain.refused import Refused
from finder.domain.vocabulary import VenueKind
from finder.organise.rules import FARTHEST_PIN_M, NearVenue, Typed
from finder.organise.wizard.fields import (
    Around,
    PartForm,
    answer,
    answers_in,
    chosen,
    line,
    pick,
    radios,
    typed_answers,
)
from finder.places.rules import Covers, Found, NotFound

NEW = "new"
LONGEST_POSTCODE, LONGEST_NUMBER = 12, 20
_TYPE_ONE = "Type the venue’s postcode"


class PostcodeForm(PartForm):
    """The very first page: a whole postcode that exists."""

    slug = "where"
    found: Found | None = None

    postcode = line("Postcode of the venue", LONGEST_POSTCODE, _TYPE_ONE, "Like EH6 7BS")

    def prepare(self, around: Around) -> None:
        """Find the postcode, if one was typed."""
        super().prepare(around)
        answer = around.locate(self.postcode.data) if self.postcode.data else None
        if isinstance(answer, Found) and answer.covers is Covers.POSTCODE:
            self.found = answer

    def validate_postcode(self, field: Field) -> None:
        """Refuse a part of a postcode, and one that is not there."""
        if self.found is None or "," in field.data:
            answer = self.around.locate(field.data)
            is_code = any(character.isdigit() for character in field.data)
            why = answer.message if is_code and isinstance(answer, NotFound) else ""
            raise ValidationError(why or "Type the whole postcode, like EH6 7BS")

    def put(self, draft: GroupDraft) -> GroupDraft:
        """Nothing yet: a postcode alone is no venue."""
        return draft


class WhereForm(PostcodeForm):
    """A venue near the postcode, listed already or new, its pin, and the facts of the building."""

    venue = radios("Which place is it?", {})
    venue_name = line("Name of the place", LONGEST_NAME, hint="Like Harbour Hall")
    venue_kind = pick("What sort of place is it?", VenueKind)
    street = line("Number and street", LONGEST_LINE)
    locality = line("Area or town", LONGEST_NAME, hint="Like Leith")
    latitude = line("Latitude", LONGEST_NUMBER)
    longitude = line("Longitude", LONGEST_NUMBER)
    step_free, parking, changing_table = map(answer, VENUE_FACTS)
    near: tuple[NearVenue, ...] = ()

    def prepare(self, around: Around) -> None:
        """Offer the venues near the postcode."""
        super().prepare(around)
        if self.found:
            self.near = tuple(one for one in around.venues_near(self.found.place) if self._new(one))
        last = "The place below" if around.is_edit else "Somewhere else: I’ll add it"
        self.venue.choices = {str(one.id): _in_words(one) for one in self.near} | {NEW: last}
        if not self.near or (around.is_edit and not self.venue.data):
            self.venue.data = NEW
        if self.venue.data != NEW:
            self.venue_kind.data = self.venue_kind.data or VenueKind.OTHER.value

    def validate_venue_name(self, field: Field) -> None:
        """A new place needs a name."""
        self._need(field, "Type the name of the place")

    def validate_locality(self, field: Field) -> None:
        """A new place needs an area, by which people find it."""
        self._need(field, "Type the area or town")

    def put(self, draft: GroupDraft) -> GroupDraft:
        """The draft at this venue."""
        if self.found is None:
            raise Refused("postcode", _TYPE_ONE)
        near = next((one.draft for one in self.near if str(one.id) == self.venue.data), None)
        answers = answers_in(self, VENUE_FACTS)
        if near:
            return _at(draft, near, {**answers, **near.facts})
        venue = VenueDraft(
            name=self.venue_name.data,
            kind=chosen(VenueKind, self.venue_kind.data),
            street=self.street.data,
            locality=self.locality.data,
            postcode=self.found.label,
            place=self._pin(self.found),
            nation=self.found.nation,
            council_code=self.found.council_code,
        )
        return _at(draft, venue, answers)

    @property
    def point(self) -> Place | None:
        """Where the map begins: at the pin, or in the middle of the postcode."""
        if self.found is None:
            return None
        try:
            return self._pin(self.found)
        except Refused:
            return self.found.place

    @classmethod
    def typed_of(cls, draft: GroupDraft) -> Typed:
        """The venue's own words."""
        venue = draft.venue
        return {
            "postcode": [venue.postcode],
            "venue": [NEW],
            "venue_name": [venue.name],
            "venue_kind": [venue.kind.value],
            "street": [venue.street],
            "locality": [venue.locality],
            "latitude": [repr(venue.place.latitude)],
            "longitude": [repr(venue.place.longitude)],
            **typed_answers(venue.facts, VENUE_FACTS),
        }

    def _new(self, one: NearVenue) -> bool:
        """Whether a venue is another than the one that the listing has."""
        now = self.around.current
        return now is None or (now.name, now.postcode) != (one.draft.name, one.draft.postcode)

    def _need(self, field: Field, missing: str) -> None:
        if self.venue.data == NEW and not field.data:
            raise ValidationError(missing)

    def _pin(self, found: Found) -> Place:
        north, east = self.latitude.data or "", self.longitude.data or ""
        if not north and not east:
            return found.place
        try:
            place = Place(float(north), float(east))
        except ValueError:
            raise Refused("latitude", "Give both numbers, like 55.97601 and -3.16572") from None
        if self.around.current and place == self.around.current.place:
            return place
        if not nearness(found.place).squared_m2(place) <= FARTHEST_PIN_M**2:
            raise Refused(
                "latitude",
                f"The pin is far from {found.label}. Empty both boxes to put it back, or check"
                " the postcode",
            )
        return place


def _at(draft: GroupDraft, venue: VenueDraft, facts: Mapping[Fact, bool]) -> GroupDraft:
    return replace(draft, venue=replace(venue, facts=facts))


def _in_words(one: NearVenue) -> str:
    venue = one.draft
    return ", ".join(filter(None, (venue.name, venue.street, venue.postcode)))
