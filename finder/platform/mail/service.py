"""Sends queued messages by SMTP, or writes them into files where there is no server.

No request waits on a mail server. A message is claimed, and the claim committed, before it is
sent; it is marked as sent after. If the process dies in between, nobody can know whether it left:
it is sent again with the same Message-ID, by which mail servers and readers recognise a copy.
"""

import smtplib
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from finder.platform.db.database import Db
from finder.platform.mail import queries, rules
from finder.platform.mail.transports import Transport, Undeliverable, message_of

WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 25, 125, 625))
"""How long a message waits after each failure. After the last it is given up."""
LASTS = rules.LETTERS.lasts

log = structlog.get_logger("mail")


def deliver_due(db: Db, transport: Transport, now: datetime) -> int:
    """Send every message that is due. Gives how many were sent; db must be one for writing.

    One that fails is put off, longer each time, and in the end given up.
    """
    count = 0
    while (letter := queries.claim_next(db, now)) is not None:
        db.commit()
        count += _deliver(db, transport, letter, now)
        db.commit()
    db.rollback()
    return count


def _deliver(db: Db, transport: Transport, letter: queries.Letter, now: datetime) -> int:
    try:
        transport.send(message_of(letter, transport.sender))
    except Undeliverable as error:
        log.warning("mail_refused", letter=str(letter.id), error=str(error))
        queries.mark_given_up(db, letter.id, now)
        return 0
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail_failed", letter=str(letter.id), error=type(error).__name__)
        if letter.attempts > len(WAITS):
            queries.mark_given_up(db, letter.id, now)
        else:
            queries.put_off(db, letter.id, now + WAITS[letter.attempts - 1])
        return 0
    queries.mark_sent(db, letter.id, now)
    return 1


def tidy_files(data_dir: Path, now: datetime) -> int:
    """Delete the files of messages in the data folder's outbox after a week. Gives how many.

    A folder that FINDER_MAIL_URL names is left to its owner.
    """
    old = [
        letter
        for letter in (data_dir / "outbox").glob("*.eml")
        if letter.stat().st_mtime < (now - LASTS).timestamp()
    ]
    for letter in old:
        letter.unlink(missing_ok=True)
    return len(old)


def tidy(db: Db, now: datetime) -> int:
    """Delete messages that were sent or given up a week ago. Gives how many."""
    count = queries.forget_closed(db, now - LASTS)
    db.commit()
    return count
