"""A year's figures become a page in words, with counts and no people."""

from finder.moderation.transparency import Figures, page_lines


def test_a_year_is_a_page_in_words() -> None:
    figures = Figures(2026, {"review hide": 1_200, "claim accept": 2}, {"names": 3}, 4, 1, 5)

    lines = page_lines(figures)

    assert lines[0] == "# What moderators decided in 2026"
    assert "All decisions: 1,202. Taken back: 5." in lines
    assert "Appeals decided: 4, of which 1 were right." in lines
    assert "| Review | Hide | 1,200 |" in lines
    assert "| Claim | Accept the claim | 2 |" in lines
    assert "| It names or points to a person | 3 |" in lines
