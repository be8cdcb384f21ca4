"""A group's own page: what will happen, and how much a parent will have to talk."""

from tests.support.page_client import PageClient
from tests.support.site import Site


def test_the_page_stands_in_the_order_in_which_people_decide(pages: PageClient, site: Site) -> None:
    page = pages.get(site.groups["rhyme-time"], most_statements=7)

    assert page.all("h2") == [
        "How much will I have to talk?",
        "Will I have to …",
        "What will happen",
        "Getting in",
        "Your first visit",
        "Cost, booking, ages",
        "When it is on",
        "Good to know",
        "From parents",
        "Where it is",
    ]


def test_ten_answers_lead_the_page(pages: PageClient, site: Site) -> None:
    page = pages.get(site.groups["rhyme-time"])

    asked = dict(zip(page.all(".worries dt"), page.all(".worries dd .answer"), strict=True))
    assert len(asked) == 10
    assert asked["speak in a circle"] == "No"
    assert asked["sing"] == "Yes"
    assert asked["join a chat group"] == "Not known"
    assert asked["phone to book"] == "No"


def test_a_group_that_must_be_phoned_and_paid_ahead_says_so(pages: PageClient, site: Site) -> None:
    page = pages.get(site.groups["baby-circle"])

    asked = dict(zip(page.all(".worries dt"), page.all(".worries dd .answer"), strict=True))
    assert (asked["phone to book"], asked["buy a block"]) == ("Yes", "Yes")
    assert page.values("a[href^='tel:']", "href") == ["tel:02079460123"]


def test_each_step_has_its_time_and_what_it_asks(pages: PageClient, site: Site) -> None:
    page = pages.get(site.groups["rhyme-time"])

    assert page.all(".timeline .at") == ["10:30", "10:35", "10:55"]
    assert page.all(".timeline .asks") == [
        "Nothing is asked of you",
        "You may be asked to sing",
        "You may be asked to talk",
    ]


def test_chances_stand_only_behind_how_we_know(pages: PageClient, site: Site) -> None:
    page = pages.get(site.groups["rhyme-time"])

    said = [int(words.removesuffix(" in 100")) for words in page.all(".how-we-know .chances dd")]
    assert sum(said) == 100
    assert "%" not in page.words
    assert page.one(".how-we-know summary") == "How we know"
    assert page.words.count(" in 100") == len(said) == 5


def test_an_organisers_word_alone_is_probable_and_has_no_bars(
    pages: PageClient, site: Site
) -> None:
    page = pages.get(site.groups["rhyme-time"])

    assert page.one(".meter .talk strong").startswith("Probably: ")
    assert "No parent has told us yet." in page.one(".meter .talk")
    assert page.all(".bars") == []


def test_what_nobody_told_us_is_said_to_be_not_known(pages: PageClient, site: Site) -> None:
    page = pages.get(site.groups["bare"])

    assert page.one(".meter .talk strong") == "Not known"
    assert "Nobody has told us. Groups like this usually ask for" in page.one(".meter .talk")
    assert page.all(".bars, .chances, .promise") == []
    assert page.values(".meter .mark", "class") == ["mark mark-0"]
    assert "Nobody has told us, step by step" in page.words
    assert page.all(".worries dd .answer")[:8] == ["Not known"] * 8


def test_who_says_so_is_one_tap_away(pages: PageClient, site: Site) -> None:
    page = pages.get(site.groups["rhyme-time"])

    assert "Who says so" in page.all(".worries summary")
    assert any(
        line.startswith("Sing: The organiser, ") for line in page.all(".worries .sources li")
    )


def test_dates_of_an_unknown_term_come_with_a_warning(pages: PageClient, site: Site) -> None:
    dates = "section[aria-labelledby=dates] .note"

    assert "Term dates vary" in pages.get(site.groups["rhyme-time"]).one(dates)
    assert pages.get(site.groups["bare"]).all(dates) == []


def test_an_organisers_words_are_never_markup(pages: PageClient, site: Site) -> None:
    page = pages.get(site.groups["rhyme-time"])

    assert "<b>Come as you are</b> & stay" in page.words


def test_the_address_holds_nobodys_postcode_and_leads_to_groups_near_the_venue(
    pages: PageClient, site: Site
) -> None:
    page = pages.get(site.groups["rhyme-time"])

    assert page.values("[data-back]", "href") == ["/search?near=EH6+7BS"]
    assert page.one("[data-back]") == "Groups near Leith"


def test_less_talking_nearby_is_offered_where_there_is_some(pages: PageClient, site: Site) -> None:
    assert "Less talking, nearby" in pages.get(site.groups["baby-circle"]).all("h2")


def test_parents_are_told_that_they_stay_and_that_we_check_nobody(
    pages: PageClient, site: Site
) -> None:
    safety = pages.get(site.groups["bare"]).one(".safety")

    assert "You stay with your child" in safety
    assert "We don’t check the people" in safety


def test_a_group_that_is_not_there_is_not_found(pages: PageClient) -> None:
    page = pages.get("/groups/00000000-0000-4000-8000-000000000000", status=404)

    assert page.one("h1") == "We can’t find that page"
