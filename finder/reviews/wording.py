"""Finds in free text what could name or trace a person: names, phones, emails, links.

The rules for names are few and readable, and lean towards silence: a review may say "Leith
Library", "Miss Polly" and "a Tuesday in May". Whoever is stopped is told what to leave out.
"""

import re
from collections.abc import Iterator

import phonenumbers

from finder.reviews.first_names import FIRST_NAMES

_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?\.\s?|\s?\(dot\)\s?)\w{2,}", re.IGNORECASE
)
_LINK = re.compile(
    r"https?:|\bwww\.|\b[\w-]+\.(?:com|co\.uk|org|net|uk|info|io|gg)\b"
    r"|\b(?:t\.me|wa\.me|bit\.ly)/|(?<![\w@])@[a-z_]\w{2,}",
    re.IGNORECASE,
)

_NAME = r"[A-Z][a-z]+(?:[-'’][A-Z][a-z]+)?"
_TITLES = r"Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Rev|Revd|Reverend|Father|Sister|Pastor|Nurse|Auntie|Aunty"
_ROLES = (
    r"leader|host|librarian|teacher|organiser|volunteer|helper|instructor|manager|visitor|midwife"
    r"|vicar|nurse|lady|woman|man|girl|guy|mum|mother|dad|father|friend|receptionist|coordinator"
    r"|assistant|son|daughter|baby|toddler|husband|wife|partner|boss|caretaker|childminder|nanny"
)
_RUNS = (
    r"runs|leads|hosts|ran|led|hosted|organises|organised|welcomed|introduced|greeted|shouted"
    r"|teaches|taught"
)
_RULES = (
    re.compile(rf"\b(?:{_TITLES})\.?\s+({_NAME})"),
    re.compile(rf"\b(?i:{_ROLES}),?\s+(?:is\s+|was\s+)?(?:(?:called|named)\s+)?({_NAME})"),
    re.compile(rf"\b(?i:name is|name was|name['’]s|called herself|called himself)\s+({_NAME})"),
    re.compile(rf"(?<![A-Za-z] )\b({_NAME})(?:\s+who)?\s+(?:{_RUNS})\b"),
    re.compile(rf"\b(?i:and|but|so|as|when|because|that)\s+({_NAME})(?:\s+who)?\s+(?:{_RUNS})\b"),
)
_ANY_NAME = re.compile(rf"\b({_NAME})\b")

_PASSING = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December Christmas Easter Halloween Ramadan Eid Diwali"
    " Everyone Everybody Someone Somebody Nobody Anyone People Parents Parent Mums Mum Dads Dad"
    " Staff Volunteers Volunteer They She He It We You This That These Those Who Which There Then"
    " The A An One Two Another Other Others Leader Leaders Librarian Librarians Host Hosts Teacher"
    " Teachers Organiser Organisers Group Groups Session Sessions Class Classes Children Kids Baby"
    " Babies Toddlers Grandparents Nan Gran Granny Grandad Grandma Childminders Church Library"
    " Council Centre Center School Nursery Cafe Café Hall Museum Pool Leisure Street Road Park"
    " Square House Room Chapel Cathedral Theatre Cinema Health Visitors Visitor Midwives Midwife"
    " English British Scottish Welsh Irish Polish French Spanish Urdu Arabic Somali But And So Not"
    " Singing Messy Story Rhyme Time Play Music Swimming Sensory Coffee Everything Nothing Half"
    " Really Very Also Never Always Sometimes Usually Lovely Great Good If When While After Before"
    " Our My Your Their His Her No Yes Just Only Most Many Some All Both Each WhatsApp Facebook"
    " Polly Tumble Tickle Rabbit Goose Foster Macdonald MacDonald Sun Moon Bear Claus Rhymetime"
    " Bookbug Whoever God Jesus"
)
_NOT_PEOPLE = frozenset(_PASSING.split())
_PLACE_WORDS = re.compile(
    r"\s+(?:Library|Hall|Church|Centre|Center|Street|Road|Lane|Avenue|Park|Square|House|Room|School"
    r"|Nursery|Caf[eé]|Museum|Pool|Chapel|Cathedral|Theatre|Cinema|Gardens?|Green|Hill|Wood|Court"
    r"|Terrace|Place|Bridge|Primary|Academy|Hospital|Farm|Island|Beach|Baths|Community|Children)\b"
)
_CHARACTERS = re.compile(
    r"Jack and Jill|Jack in the box|Jack-in-the-box|Jack and the Beanstalk|Wee Willie Winkie"
    r"|Bobby Shaftoe?|Peter Rabbit|Peter Pan|Thomas the Tank(?: Engine)?|Mary had a little lamb"
    r"|Mary,? Mary|Little Jack Horner|Tom,? Tom|Georgie Porgie|Lucy Locket|Polly put the kettle"
    r"|Miss Polly|Father Christmas|Mother Goose|Doctor Foster|Dr Foster|Mr Tumble|Mr Sun|Mr Men"
    r"|Little Miss|Winnie the Pooh|St\.? [A-Z][a-z]+(?:['’]?s)?|Saint [A-Z][a-z]+(?:['’]?s)?"
    r"|Peppa(?: Pig)?|Daddy Pig|Alice in Wonderland|Simon says|Frère Jacques|Brother Peter"
    r"|Two Little Dicky Birds|Happy Birthday",
    re.IGNORECASE,
)


def what_to_leave_out(text: str) -> str | None:
    """A kind sentence about the first thing to leave out, or None where nothing is found."""
    for finds, sentence in (
        (emails, "Please leave out email addresses. Say what helps the next parent instead."),
        (links, "Please leave out links and user names, like “{}”."),
        (phones, "Please leave out phone numbers, like “{}”. The page already says how to ask."),
        (names, "Please leave out people’s names, like “{}”. You can say “the leader”."),
    ):
        found = next(finds(text), None)
        if found is not None:
            return sentence.format(found)
    return None


def emails(text: str) -> Iterator[str]:
    """Email addresses, also spelled "name (at) example.org"."""
    return (match.group() for match in _EMAIL.finditer(text))


def links(text: str) -> Iterator[str]:
    """Web addresses, and user names with an @."""
    return (match.group() for match in _LINK.finditer(text))


def phones(text: str) -> Iterator[str]:
    """Phone numbers as people in the UK write them, by Google's phone number metadata."""
    matcher = phonenumbers.PhoneNumberMatcher(text, "GB", phonenumbers.Leniency.POSSIBLE)
    for match in matcher:
        # Possible is wide enough for a year or a price; a number that can be dialled here
        # begins with 0 or +, or is one that is really given out.
        if match.raw_string.lstrip("( ").startswith(("0", "+")) or phonenumbers.is_valid_number(
            match.number
        ):
            yield match.raw_string


def names(text: str) -> Iterator[str]:
    """Names that seem to be of people, most certain first.

    A title and a name; a role and a name ("the leader Sarah", "a lady called Sarah"); a name
    that runs things; a common first name. Places, days and nursery characters pass.
    """
    plain = _CHARACTERS.sub(lambda found: "_" * len(found.group()), text)
    for rule in _RULES:
        for match in rule.finditer(plain):
            if _may_be_a_person(plain, match):
                yield match.group(1)
    for match in _ANY_NAME.finditer(plain):
        if match.group(1) in FIRST_NAMES and _may_be_a_person(plain, match):
            yield match.group(1)


def _may_be_a_person(text: str, match: re.Match[str]) -> bool:
    is_of_a_place = _PLACE_WORDS.match(text, match.end(1)) is not None
    return match.group(1) not in _NOT_PEOPLE and not is_of_a_place
