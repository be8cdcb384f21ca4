"""An import-linter contract: what a file of a room may import, by the role of the file.

docs/architecture.md has the table. A file's name says its role (`views.py`, `date_views.py`,
`forms_what.py`), or pyproject.toml does (`search.statements = "queries"`).
"""

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

MAY_IMPORT = {
    "views": {"views", "auth", "forms", "service", "rules"},
    "auth": {"forms", "service", "queries", "rules"},
    "commands": {"commands", "service", "rules"},
    "forms": {"forms", "rules"},
    "service": {"service", "emails", "queries", "tables", "rules"},
    "emails": {"emails", "rules"},
    "queries": {"queries", "tables", "rules"},
    "tables": {"tables", "rules"},
    "rules": {"rules"},
}
"""Of its own room and of those below."""
WITHOUT_ROLES = {"domain", "platform"}


class RolesContract(Contract):
    """Every file of a room has a role, and imports only what that role may."""

    roles = fields.ListField(subfield=fields.StringField())
    """Files whose name does not say it: `search.statements: queries`."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every file below a room, and at all that it imports below a room."""
        named = dict(line.split(": ") for line in self.roles)  # type: ignore[attr-defined]
        faults = faults_of(graph, named)
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name every fault."""
        for fault in check.metadata["faults"]:
            output.print_error(fault)


def faults_of(graph: ImportGraph, named: dict[str, str]) -> list[str]:
    """Every import that a role may not have, every file without one, every role without a file.

    named: the roles of files whose name does not say it.
    """
    files = [name for name in graph.modules if _is_file_of_a_room(graph, name)]
    roles = {name: role_of(name.removeprefix("finder."), named) for name in files}
    return sorted(_faults(graph, roles)) + [
        f"pyproject.toml names {name}, which is not there"
        for name in named
        if f"finder.{name}" not in files
    ]


def _is_file_of_a_room(graph: ImportGraph, name: str) -> bool:
    top, _, rest = name.partition(".")
    room = rest.split(".")[0]
    is_in_room = top == "finder" and "." in rest and room not in WITHOUT_ROLES
    return is_in_room and not graph.find_children(name)


def role_of(module: str, named: dict[str, str]) -> str:
    """The role of a module of finder/: as named, or as its name says; else the empty text."""
    last = module.rpartition(".")[2]
    words = last, last.rpartition("_")[2], last.partition("_")[0]
    return named.get(module, next((word for word in words if word in MAY_IMPORT), ""))


def _faults(graph: ImportGraph, roles: dict[str, str]) -> Iterator[str]:
    for name, role in roles.items():
        file = name.removeprefix("finder.")
        if not role:
            yield f"{file} has no role"
            continue
        for other in graph.find_modules_directly_imported_by(name):
            if roles.get(other) and roles[other] not in MAY_IMPORT[role]:
                yield f"{file} ({role}) imports {other.removeprefix('finder.')} ({roles[other]})"
