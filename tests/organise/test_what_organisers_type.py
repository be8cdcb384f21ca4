"""What organisers type is tidied, and what makes no sense is said beside its box."""

from datetime import date, time
from uuid import UUID

import pytest
from flask import Flask

from finder.organise.upkeep.forms import CancelForm, ListingsForm, NoteForm, PutBackForm, WishForm
from finder.organise.upkeep.rules import Wish

ONE = UUID(int=1)


@pytest.fixture
def app() -> Flask:
    app = Flask("forms")
    app.config.update(SECRET_KEY="k" * 40, WTF_CSRF_ENABLED=False)
    return app


def test_a_range_may_be_typed_as_people_write_days(app: Flask) -> None:
    with app.test_request_context(
        method="POST", data={"first": " 1 Dec 2026", "last": "2/12/2026"}
    ):
        form = CancelForm()
        assert form.is_sent, form.messages
        assert form.days == (date(2026, 12, 1), date(2026, 12, 2))


def test_one_day_is_the_first_and_the_last(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"first": "2026-12-01", "note": " a\n b "}):
        form = CancelForm()
        assert form.is_sent
        assert form.days == (date(2026, 12, 1),) * 2
        assert form.note.data == "a b"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"first": ""}, "first"), ({"first": "soon"}, "first"),
     ({"first": "2026-12-01", "last": "later"}, "last")],
)  # fmt: skip
def test_what_is_no_day_is_said(app: Flask, typed: dict[str, str], field: str) -> None:
    with app.test_request_context(method="POST", data=typed):
        form = CancelForm()
        assert not form.is_sent
        assert list(form.messages) == [field]


def test_only_our_own_wishes_are_heard(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"wish": "pause"}):
        form = WishForm()
        assert form.is_sent
        assert form.wanted is Wish.PAUSE
    with app.test_request_context(method="POST", data={"wish": "hide"}):
        assert not WishForm().is_sent


def test_what_is_no_id_is_left_out(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"listing": [str(ONE), "x", str(ONE)]}):
        assert ListingsForm().ids == {ONE}


def test_a_date_to_put_back_is_one_of_ours(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"on": "2026-12-01", "starts": "10:00"}):
        assert PutBackForm().occurrence == (date(2026, 12, 1), time(10))
    with app.test_request_context(method="POST", data={"on": "2026-12-01"}):
        assert PutBackForm().occurrence is None


def test_a_note_keeps_its_lines_and_loses_what_can_t_be_seen(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"note": " One\r\ntwo\x00 "}):
        form = NoteForm()
        assert form.is_sent
        assert form.note.data == "One\ntwo"
