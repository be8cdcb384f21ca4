"""What could name or trace a person is found; places, days and songs are left alone."""

import pytest

from finder.domain.readable import emails, links, phones
from finder.reviews.hold_rules import names, what_to_leave_out


@pytest.mark.parametrize(
    "text",
    [
        "Ring 01632 960 000 first",
        "call me on 020 7946 0123",
        "+44 1632 960001",
        "text (01632) 960002.",
        "07700 900123",
    ],
)
def test_phone_numbers_are_found(text: str) -> None:
    assert list(phones(text))


@pytest.mark.parametrize(
    "text",
    [
        "It costs £1.50, or £10 for 8 weeks",
        "Tuesdays 10.30 to 11.30, since 2019",
        "About 12 families, 0 to 24 months, 2 toddlers",
        "Bus 22, then 15 minutes' walk",
        "01/02/2026 was our first time",
    ],
)
def test_prices_times_and_dates_are_no_phone_numbers(text: str) -> None:
    assert list(phones(text)) == []


@pytest.mark.parametrize(
    "text",
    ["write to someone@example.org", "someone (at) example.org", "someone [at] example (dot) org"],
)
def test_email_addresses_are_found(text: str) -> None:
    assert list(emails(text))


@pytest.mark.parametrize(
    "text",
    [
        "see https://example.org/x",
        "www.example.org has it",
        "it is on example.co.uk",
        "follow @rhymetime_x",
        "wa.me/44123",
    ],
)
def test_links_and_user_names_are_found(text: str) -> None:
    assert list(links(text))


@pytest.mark.parametrize(
    "text",
    ["We went home.Then slept", "See you @ 10", "e.g. songs, i.e. no chat", "Free. No fuss."],
)
def test_plain_sentences_hold_no_links(text: str) -> None:
    assert list(links(text)) == []
    assert list(emails(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mrs Smith was at the door", "Smith"),
        ("a lady called Zelda met us", "Zelda"),
        ("The leader Zelda says hello", "Zelda"),
        ("the librarian, Zelda, nods", "Zelda"),
        ("Zelda runs it", "Zelda"),
        ("It is quiet and Zelda leads the songs", "Zelda"),
        ("Her name is Zelda", "Zelda"),
        ("ask for Sarah", "Sarah"),
        ("Sarah was lovely", "Sarah"),
        ("my daughter Zelda slept", "Zelda"),
    ],
)
def test_names_of_people_are_found(text: str, name: str) -> None:
    assert name in set(names(text))


@pytest.mark.parametrize(
    "text",
    [
        "We went to Leith Library on a Tuesday in May",
        "Victoria Park is near, and St John's Church too",
        "We sang Miss Polly had a dolly, and Jack and Jill",
        "Everyone welcomed us. Nobody introduced anyone.",
        "Leith Library runs it. The council runs it too",
        "It runs until 11. Staff led the songs",
        "The teacher I spoke to was calm",
        "There is a group called Little Stars next door",
        "Father Christmas came in December",
        "the leader. Then we sang Old MacDonald",
        "Elizabeth Street is near, and Thomas the Tank Engine is on the wall",
        "Polish and Urdu are spoken. Mums and dads come",
        "The volunteer Monday is busiest",
    ],
)
def test_places_days_and_songs_are_not_names_of_people(text: str) -> None:
    assert list(names(text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ring 01632 960 000", "leave out phone numbers"),
        ("a@example.org", "leave out email addresses"),
        ("http://example.org", "leave out links"),
        ("ask for Sarah", "leave out people’s names, like “Sarah”"),
    ],
)
def test_the_explanation_says_what_to_leave_out(text: str, words: str) -> None:
    said = what_to_leave_out(text)

    assert said is not None
    assert words in said


def test_plain_praise_passes() -> None:
    assert (
        what_to_leave_out("We sat at the back. Nobody asked us anything. The songs are loud.")
        is None
    )
