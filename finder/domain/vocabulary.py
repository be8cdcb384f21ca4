"""The words of the product, once: every other file, page and feed takes them from here.

Values are the words of URLs, CSV files and the database; labels are what people read.
"""

from enum import IntEnum, StrEnum


class Labelled(StrEnum):
    """A word with a label that people read."""

    label: str

    def __new__(cls, value: str, label: str) -> "Labelled":
        """Keep the label beside the stored word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class VenueKind(Labelled):
    """What sort of place a venue is."""

    LIBRARY = "library", "Library"
    CHURCH_HALL = "church_hall", "Church hall"
    COUNCIL = "council", "Children’s or family centre, or council hall"
    COMMUNITY_CENTRE = "community_centre", "Community centre"
    LEISURE_CENTRE = "leisure_centre", "Leisure centre"
    SOFT_PLAY = "soft_play", "Soft play centre"
    SCHOOL_OR_NURSERY = "school_or_nursery", "School or nursery"
    CAFE = "cafe", "Café"
    CINEMA = "cinema", "Cinema"
    MUSEUM = "museum", "Museum"
    OUTDOORS = "outdoors", "Outdoors"
    PRIVATE_STUDIO = "private_studio", "Private studio"
    OTHER = "other", "Somewhere else"


class Format(Labelled):
    """What you do at a group."""

    SINGING = "singing", "Singing"
    MESSY_PLAY = "messy_play", "Messy play"
    SWIMMING = "swimming", "Swimming"
    STAY_AND_PLAY = "stay_and_play", "Stay and play"
    STORY_TIME = "story_time", "Story time"
    SENSORY = "sensory", "Sensory"
    MUSIC_AND_DANCE = "music_and_dance", "Music and dance"
    MASSAGE_OR_YOGA = "massage_or_yoga", "Massage or yoga"
    CRAFT = "craft", "Craft"
    SOFT_PLAY = "soft_play", "Soft play"
    COFFEE_AND_CHAT = "coffee_and_chat", "Coffee and chat"
    BUGGY_WALK = "buggy_walk", "Buggy walk"
    BABY_CINEMA = "baby_cinema", "Baby cinema"
    ANIMALS = "animals", "Animals"
    SIGNING_OR_LANGUAGE = "signing_or_language", "Signing or a language"
    WEIGH_IN = "weigh_in", "Weigh-in"
    ANTENATAL_OR_POSTNATAL = "antenatal_or_postnatal", "Antenatal or postnatal"
    FEEDING_SUPPORT = "feeding_support", "Feeding support"
    PLAYGROUP = "playgroup", "Playgroup"
    OTHER = "other", "Something else"


class TalkingLevel(IntEnum):
    """How much a parent will be made to talk, from 1 (not at all) to 5 (introductions)."""

    label: str
    asks: str
    """The level within a sentence: "a hello"."""
    at_most: str
    """This level or a lower one, within a sentence: "a hello or less"."""
    promise: str

    def __new__(
        cls, value: int, label: str, asks: str, at_most: str, promise: str
    ) -> "TalkingLevel":
        """Keep the words of the level beside its number."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.asks = asks
        member.at_most = at_most
        member.promise = promise
        return member

    NO_TALKING = (
        1,
        "No talking needed",
        "no talking at all",
        "no talking at all",
        "You can arrive, stay and leave without saying a word. Others do too.",
    )
    HELLO = (
        2,
        "A hello",
        "a hello",
        "a hello or less",
        "Someone may say hello or take a name at the door. After that it is up to you.",
    )
    SOME_CHAT = (
        3,
        "Some chat",
        "some chat",
        "some chat or less",
        "People chat around you and may chat to you. You can keep to yourself.",
    )
    CHATTY = (
        4,
        "Chatty",
        "a lot of chat",
        "a lot of chat or less",
        "Talking to other parents is a large part of it. Keeping to yourself is harder here.",
    )
    INTRODUCTIONS = (
        5,
        "Introductions",
        "introductions",
        "introductions",
        "You will be asked to speak: a name circle, sharing, or working in pairs.",
    )


class Weekday(Labelled):
    """A day of the week, in the order of Python's `date.weekday()`."""

    MON = "mon", "Monday"
    TUE = "tue", "Tuesday"
    WED = "wed", "Wednesday"
    THU = "thu", "Thursday"
    FRI = "fri", "Friday"
    SAT = "sat", "Saturday"
    SUN = "sun", "Sunday"

    @property
    def number(self) -> int:
        """Monday is 0, Sunday is 6, as in `date.weekday()`."""
        return _NUMBERS[self]


_NUMBERS = {weekday: number for number, weekday in enumerate(Weekday)}


class Repeats(Labelled):
    """How often a session comes round."""

    WEEKLY = "weekly", "every week"
    FORTNIGHTLY = "fortnightly", "every other week"
    FIRST = "first", "the first one of the month"
    SECOND = "second", "the second one of the month"
    THIRD = "third", "the third one of the month"
    FOURTH = "fourth", "the fourth one of the month"
    LAST = "last", "the last one of the month"


class CostKind(Labelled):
    """How a group is paid for."""

    FREE = "free", "Free"
    DONATION = "donation", "Donation"
    EACH_TIME = "each_time", "Pay each time"
    BLOCK = "block", "Pay for a block or term"


class CostFilter(Labelled):
    """The three answers a parent can ask for."""

    FREE = "free", "Free"
    DONATION = "donation", "Donation"
    PAID = "paid", "Paid"


class Booking(Labelled):
    """How a parent gets a place."""

    DROP_IN = "drop_in", "Just turn up"
    BOOK_AHEAD = "book_ahead", "Book ahead online"
    PHONE_ONLY = "phone_only", "Phone to book"
    REFERRAL_ONLY = "referral_only", "By referral only"


class Size(Labelled):
    """How many families usually come."""

    SMALL = "small", "Up to 8 families"
    MEDIUM = "medium", "9 to 20 families"
    LARGE = "large", "More than 20 families"


class Noise(Labelled):
    """How loud it gets; a fact of its own, since a rhyme time is low-talk and loud."""

    CALM = "calm", "Calm"
    LIVELY = "lively", "Lively"
    LOUD = "loud", "Loud"


class Busy(Labelled):
    """How full it gets."""

    ROOM_TO_SPARE = "room_to_spare", "Usually room to spare"
    BUSY = "busy", "Busy"
    PACKED = "packed", "Often full"


class Nation(Labelled):
    """Decides bank holidays and school terms."""

    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"


class Expected(Labelled):
    """What a step of 'what happens' asks of a parent."""

    TALK = "talk", "You may be asked to talk"
    SING = "sing", "You may be asked to sing"
    NEITHER = "neither", "Nothing is asked of you"


class ListingState(Labelled):
    """Where a listing stands. Only published ones are found."""

    DRAFT = "draft", "Not published yet"
    WAITING = "waiting", "Waiting for a moderator"
    PUBLISHED = "published", "Published"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"
    HIDDEN = "hidden", "Hidden"


class Sort(Labelled):
    """The orders of a results page."""

    DISTANCE = "distance", "Nearest first"
    QUIET = "quiet", "Least talking first"
    SOONEST = "soonest", "Soonest first"
    COST = "cost", "Cheapest first"


class Band(Labelled):
    """How sure an answer is: three bands, never two."""

    FAIRLY_SURE = "fairly_sure", "fairly sure"
    PROBABLY = "probably", "probably"
    NOT_KNOWN = "not_known", "not known"


RADII_MILES = (1, 2, 3, 5, 10, 15, 25)
