"""What was typed is made tidy, and refused in the words of the rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms import Form, StringField, ValidationError

from finder.platform.emails import normal_email
from finder.platform.web.forms import checked, tidied


class Typed(Form):
    email = StringField()


@given(st.text())
def test_tidy_text_has_no_signs_that_nobody_sees_and_stays_as_it_is(text: str) -> None:
    once = tidied(text.replace("\n", "\r\n"))

    assert tidied(once) == once
    assert not set(once) & {"\x00", "\x07", "\r", "\x7f"}


def test_a_rule_gives_the_value_or_its_own_words() -> None:
    good, bad = Typed(data={"email": "Anna@Example.org"}), Typed(data={"email": "anna"})

    assert checked(good.email, normal_email) == "anna@example.org"
    with pytest.raises(ValidationError, match="@"):
        checked(bad.email, normal_email)
