"""The evidence, in plain words."""

from finder.domain.talking_words import evidence, sentence
from finder.domain.vocabulary import Format, TalkingLevel


def test_parents_who_disagree_are_said_to() -> None:
    reports = [(1, 0.0)] * 3 + [(5, 0.0)] * 3

    said = sentence(TalkingLevel.SOME_CHAT, None, reports, Format.SINGING)
    assert said.startswith("Parents disagree")


def test_old_reports_are_said_to_be_old() -> None:
    words = evidence(TalkingLevel.HELLO, None, [(2, 900.0)] * 3, Format.SINGING)

    assert words.endswith("That was over two years ago.")
