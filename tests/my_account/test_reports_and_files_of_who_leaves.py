"""Whoever leaves takes the words of their reports along, and the letters that lie in files."""

from pathlib import Path
from uuid import UUID

from sqlmodel import select

from finder.moderation import states
from finder.moderation.reports.rules import ReportKind, ReportState
from finder.moderation.tables import ReportRow
from finder.platform.db.database import Db
from finder.platform.mail.service import deliver_due
from finder.platform.mail.transports import Files
from tests.support.moderation_parts import report
from tests.support.organise_parts import BEN, CAROL
from tests.support.organise_site import Desk
from tests.support.review_parts import NOW

WORDS = "A helper shouted at my son."


def words(db: Db) -> dict[ReportState, str]:
    db.expire_all()
    found = {row.state: row.words for row in db.exec(select(ReportRow)).all()}
    db.rollback()
    return found


def reports(desk: Desk) -> UUID:
    """One of Carol's reports waits, and one is answered."""
    answered = report(desk.db, desk.songs, kind=ReportKind.OTHER, email=CAROL, words="Old news.")
    states.set_report(desk.db, answered, ReportState.ANSWERED, NOW)
    desk.db.commit()
    return report(desk.db, desk.songs, kind=ReportKind.UNSAFE, email=CAROL, words=WORDS)


def test_the_words_of_reports_go_with_who_wrote_them(desk: Desk) -> None:
    reports(desk)
    page = desk.carol.get("/account/delete")
    assert "1 report of yours, that nobody has read yet" in page.words

    desk.carol.press("/account/delete", reviews="keep")

    assert words(desk.db) == {ReportState.WAITING: "", ReportState.ANSWERED: ""}


def test_words_about_safety_stay_without_the_address_where_their_author_says_so(
    desk: Desk,
) -> None:
    reports(desk)

    desk.carol.press("/account/delete", reviews="keep", keep_reports="y")

    assert words(desk.db) == {ReportState.WAITING: WORDS, ReportState.ANSWERED: ""}
    assert [row.email for row in desk.db.exec(select(ReportRow)).all()] == [None, None]


def test_nobody_without_a_report_is_asked_about_any(desk: Desk) -> None:
    assert desk.carol.get("/account/delete").values("input[name=keep_reports]", "value") == []


def test_letters_in_files_go_with_who_got_them(desk: Desk) -> None:
    folder: Path = desk.app.extensions["quiet_corner"].settings.data_dir / "outbox"
    for person in (CAROL, BEN):
        report(desk.db, desk.songs, kind=ReportKind.OTHER, email=person)
    deliver_due(desk.db, Files(folder, "no-reply@example.org"), NOW)
    assert holding(folder, CAROL)

    desk.carol.press("/account/delete", reviews="keep")

    assert holding(folder, CAROL) == []
    assert len(holding(folder, BEN)) == 1


def holding(folder: Path, address: str) -> list[str]:
    return [one.name for one in folder.glob("*.eml") if address in one.read_text()]
