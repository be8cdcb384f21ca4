"""Templates ask only for what there is. A page that asks for more fails, once it gets that far."""

import ast
from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import StrictUndefined, meta, nodes

from finder.app import create_app
from finder.settings import Settings
from tests.support.paths import FINDER, TEMPLATES

GIVEN_BY_FLASK = {"g", "request", "session", "config"}
OF_LIBRARIES = {"csrf_token", "index", "isoformat", "strftime"}
"""Attributes of a form of Flask-WTF, of Jinja's loops, of dates and times."""
FIELDS_BY_FACT = {"changing_table", "parking", "step_free"}
"""Fields that a form has for facts, named by their values."""

Trees = dict[str, nodes.Template]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(data_dir=tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="module")
def trees(app: Flask) -> Trees:
    """Every template as Jinja reads it, by name."""
    return {
        path.relative_to(TEMPLATES).as_posix(): app.jinja_env.parse(path.read_text())
        for path in sorted(TEMPLATES.rglob("*.*"))
    }


def test_templates_are_strict_and_the_components_are_not(app: Flask) -> None:
    component = app.jinja_env.get_template("govuk_frontend_wtf/input.html")

    assert app.jinja_env.undefined is StrictUndefined
    assert app.jinja_env.get_template("layout.html").environment is app.jinja_env
    assert component.environment.undefined is not StrictUndefined


def test_every_view_gives_its_template_all_that_it_names(app: Flask, trees: Trees) -> None:
    there = set(app.jinja_env.globals) | GIVEN_BY_FLASK
    lacking = [
        f"{where}: {template} lacks {', '.join(sorted(missing))}"
        for where, template, given in rendered()
        if (missing := asked(trees, template) - there - given)
    ]

    assert lacking == []


def test_every_attribute_that_a_template_reads_is_one_of_ours(trees: Trees) -> None:
    there = set(attributes()) | OF_LIBRARIES | FIELDS_BY_FACT
    blocks = {block.name for tree in trees.values() for block in tree.find_all(nodes.Block)}
    unknown = [
        f"{name}:{read.lineno}: .{read.attr}"
        for name, tree in trees.items()
        for read in tree.find_all(nodes.Getattr)
        if read.attr not in (blocks if is_of_itself(read) else there)
    ]

    assert unknown == []


def is_of_itself(read: nodes.Getattr) -> bool:
    """Whether a template asks for a block of its own, by `self.heading()`."""
    return isinstance(read.node, nodes.Name) and read.node.name == "self"


def rendered() -> Iterator[tuple[str, str, set[str]]]:
    """Each call of render_template that says all that it gives: where, of what, and what."""
    for path in sorted(FINDER.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            is_ours = isinstance(call, ast.Call) and ast.unparse(call.func) == "render_template"
            if is_ours and isinstance(call.args[0], ast.Constant):
                given = {keyword.arg for keyword in call.keywords}
                if None not in given:  # which is **more
                    yield f"{path.name}:{call.lineno}", str(call.args[0].value), given


def asked(trees: Trees, name: str) -> set[str]:
    """The names that a template and those that it is made of take from their view."""
    asked_for: set[str] = set()
    own: set[str] = set()
    for part in made_of(trees, name):
        asked_for |= meta.find_undeclared_variables(trees[part])
        own |= {node.name for node in trees[part].find_all(nodes.Name) if node.ctx == "store"}
        own |= {macro.name for macro in trees[part].find_all(nodes.Macro)}
        for imported in trees[part].find_all(nodes.FromImport):
            own |= {one if isinstance(one, str) else one[1] for one in imported.names}
    return asked_for - own


def made_of(trees: Trees, name: str) -> set[str]:
    """A template, what it extends and includes, and macros that see what it sees."""
    found, waiting = set[str](), [name]
    while waiting:
        part = waiting.pop()
        found.add(part)
        for node in trees[part].find_all((nodes.Extends, nodes.Include, nodes.FromImport)):
            is_apart = isinstance(node, nodes.FromImport) and not node.with_context
            if not is_apart and isinstance(node.template, nodes.Const):
                waiting += {node.template.value} - found
    return found


def attributes() -> Iterator[str]:
    """Every attribute that a class of ours has."""
    for path in FINDER.rglob("*.py"):
        for kind in ast.walk(ast.parse(path.read_text())):
            if isinstance(kind, ast.ClassDef):
                for line in kind.body:
                    yield from names_of(line)
                for node in ast.walk(kind):
                    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                        yield node.attr


def names_of(line: ast.stmt) -> Iterator[str]:
    """What a line of a class's body defines."""
    if isinstance(line, ast.FunctionDef):
        yield line.name
    elif isinstance(line, ast.AnnAssign | ast.Assign):
        targets = line.targets if isinstance(line, ast.Assign) else [line.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))
