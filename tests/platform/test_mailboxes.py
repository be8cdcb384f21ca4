"""One mailbox is one person, however its address is spelled. Only for counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.platform.emails import mailbox

LOCAL = st.text("abcxyz0189.-_", min_size=1, max_size=12).filter(lambda text: text.strip("."))


@pytest.mark.parametrize(
    "address",
    [
        "anna.b@gmail.com",
        "annab@gmail.com",
        "a.n.n.a.b@googlemail.com",
        "ANNA.B+groups@gmail.com",
        "ａｎｎａｂ@gmail.com",
    ],
)
def test_spellings_of_one_mailbox_are_one(address: str) -> None:
    assert mailbox(address) == "annab@gmail.com"


def test_a_dot_tells_people_apart_where_the_host_reads_it() -> None:
    assert mailbox("anna.b@example.org") != mailbox("annab@example.org")
    assert mailbox("anna+1@example.org") == mailbox("Anna@example.org")


@given(LOCAL, st.text("abc+", max_size=8), st.sampled_from(["gmail.com", "example.org"]))
def test_a_tag_never_makes_another_person_and_folding_twice_is_folding_once(
    local: str, tag: str, host: str
) -> None:
    once = mailbox(f"{local}+{tag}@{host}")

    assert once == mailbox(f"{local}@{host}") == mailbox(once)


def test_an_address_that_is_nothing_but_a_tag_is_itself() -> None:
    assert mailbox("+1@example.org") != mailbox("+2@example.org")
