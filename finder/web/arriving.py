"""How much of a request has arrived, so that no thread is given to one that is still on its way.

Only where a request ends is looked at here; gunicorn reads it, and refuses what is malformed.
"""

import re
from dataclasses import dataclass, field

LONGEST_HEAD = 32_768
LONGEST_BODY = 6_000_000
"""An upload of 5 MB, and the form around it. Flask holds most addresses to 1 MB."""
HEAD_WITHIN_S = 10.0
BODY_WITHIN_S, SLOWEST_BYTES_A_SECOND = 20.0, 2_000
END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


class TooMuch(Exception):
    """A request that is not taken. Says the status line and a sentence."""

    def __init__(self, status: str, words: str) -> None:
        super().__init__(f"{status}: {words}")
        self.status = status
        self.words = words


TOO_SLOW = TooMuch("408 Request Timeout", "That took too long. Please try again.")
TOO_BUSY = TooMuch("503 Service Unavailable", "The site is very busy. Please try again.")
HEAD_TOO_LONG = TooMuch("431 Request Header Fields Too Large", "That address is too long.")
BODY_TOO_LONG = TooMuch("413 Content Too Large", "What you sent is larger than we can take.")
NO_LENGTH = TooMuch("411 Length Required", "Say how long it is.")


@dataclass
class Arrival:
    """What came of one request. until: the moment by which the rest must be there, in seconds."""

    until: float
    data: bytearray = field(default_factory=bytearray)
    ends_at: int = 0
    asks_to_go_on: bool = False

    @classmethod
    def at(cls, moment: float) -> "Arrival":
        """Of a client from whom nothing came yet."""
        return cls(moment + HEAD_WITHIN_S)

    def take(self, data: bytes) -> bool:
        """Keep what came. Whether the request is whole now. TooMuch.

        asks_to_go_on turns true when the client waits to be told to send the body.
        """
        looked_at = max(0, len(self.data) - len(END))
        self.data += data
        if not self.ends_at:
            if not looked_at:
                del self.data[: len(self.data) - len(self.data.lstrip(b"\r\n"))]
            head = self.data.find(END, looked_at)
            if head < 0 and len(self.data) > LONGEST_HEAD:
                raise HEAD_TOO_LONG
            if head >= 0:
                self._read_head(head)
        return bool(self.ends_at) and len(self.data) >= self.ends_at

    def _read_head(self, end: int) -> None:
        head = bytes(self.data[: end + 2])
        if end > LONGEST_HEAD:
            raise HEAD_TOO_LONG
        if _CHUNKED.search(head):
            raise NO_LENGTH
        length = max(map(int, _LENGTH.findall(head)), default=0)
        if length > LONGEST_BODY:
            raise BODY_TOO_LONG
        if _EXPECTS.search(head):
            # We say "go on" ourselves: gunicorn would say it when the body is here already.
            plain = _EXPECTS.sub(b"", head)
            self.data[: len(head)] = plain
            end -= len(head) - len(plain)
            self.asks_to_go_on = length > len(self.data) - end - len(END)
        self.ends_at = end + len(END) + length
        if length:
            self.until += BODY_WITHIN_S + length / SLOWEST_BYTES_A_SECOND

    def request(self) -> bytes:
        """The bytes of the whole request."""
        return bytes(self.data[: self.ends_at])

    def rest(self) -> bytes:
        """What came after it: the beginning of the next."""
        return bytes(self.data[self.ends_at :])
