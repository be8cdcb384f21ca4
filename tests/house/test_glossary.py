"""docs/glossary.md explains the words that the code and the product use."""

import ast
import re
from enum import Enum

from finder.domain import vocabulary
from tests.support.paths import DOCS, FINDER

TEXT = (DOCS / "glossary.md").read_text(encoding="utf-8")

NOT_AGAIN = frozenset(
    {
        *("courier", "clerk", "gates", "shares", "told", "said", "opened", "offered"),
        *("gathering", "spotting", "straight", "known", "patient", "arriving", "keeping"),
        *("leaving", "decided", "masks", "polite_web", "just_written"),
    }
)
"""Names that only their author understood."""
PRODUCT = (
    *("venue", "venue kind", "organiser", "group", "format", "session", "occurrence"),
    *("talking level", "listing", "review", "account"),
)
HOUSE = (
    *("room", "errand", "form", "draft", "row", "card", "page"),
    *("view", "service", "query", "rule", "table"),
)


def section(title: str) -> str:
    return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]


def words_of(title: str) -> list[str]:
    return re.findall(r"^\| \*\*(.+?)\*\* \| .+ \|$", section(title), re.MULTILINE)


def lists_in_code() -> dict[str, list[str]]:
    """The words of each list of the vocabulary, by its name."""
    return {
        name: [str(word.value) for word in found]
        for name, found in vars(vocabulary).items()
        if isinstance(found, type) and issubclass(found, Enum) and found.__members__
        if found.__module__ == vocabulary.__name__
    }


def test_every_word_of_the_product_and_of_the_house_is_explained() -> None:
    product, house = words_of("The product"), words_of("The house")

    assert [word for word in PRODUCT if word not in product] == []
    assert [word for word in HOUSE if word not in house] == []


def test_no_word_is_explained_twice() -> None:
    words = [*words_of("The product"), *words_of("The house")]

    assert sorted(words) == sorted(set(words))


def test_every_list_of_the_vocabulary_has_its_words_in_their_order_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", section("Words of lists"), re.MULTILINE)

    assert {name: re.findall(r"`(\w+)`", words) for name, words in rows} == lists_in_code()


def test_every_talking_level_has_its_label() -> None:
    labels = [f"`{level.value}` {level.label}" for level in vocabulary.TalkingLevel]

    assert [label for label in labels if label not in TEXT] == []


def test_no_module_bears_a_name_that_was_given_up() -> None:
    modules = (path for path in FINDER.rglob("*") if path.suffix == ".py" or path.is_dir())

    assert sorted(path.name for path in modules if path.stem in NOT_AGAIN) == []


def test_no_function_class_or_alias_bears_a_name_that_was_given_up() -> None:
    bearing = [
        f"{path.relative_to(FINDER)}:{node.lineno}: {name}"
        for path in sorted(FINDER.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.alias)
        for name in [(node.asname if isinstance(node, ast.alias) else node.name) or ""]
        if name.strip("_").lower() in NOT_AGAIN
    ]

    assert bearing == []


def test_every_name_that_was_given_up_stands_with_what_to_say_instead() -> None:
    rows = re.findall(r"^\| ([a-z_, ]+) \| .+ \|$", section("Not again"), re.MULTILINE)

    assert {word for row in rows if row != "was" for word in row.split(", ")} == NOT_AGAIN
