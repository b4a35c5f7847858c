"""docs/cli.md: every command of `valtti`, its arguments and its exit codes."""

from __future__ import annotations

from collections.abc import Iterator

from valtti.project import commands
from valtti.project.documents.tables import FOOT, table

HEAD = """# The command line

`bin/valtti COMMAND …` in a checkout, `valtti COMMAND …` where it is installed. Exit codes: 0 done, 1 failed, 2 wrong
usage. What a command prints goes to standard output, what it has to say about itself to standard error. A command
that offers `--format json` prints one object a line; names in it are kept from one version to the next. An empty
SQLite is made ready by the first command that needs it.
"""
PARSE = """## valtti mail parse

Reads letters from files and prints what is in them. Touches no database and needs no settings;
`valtti mail parse --help` tells its arguments.
"""


def page() -> str:
    """Every command in alphabetical order."""
    return "\n\n".join([HEAD.strip(), *_sections(), PARSE.strip(), FOOT]) + "\n"


def _sections() -> Iterator[str]:
    for name in commands.names():
        if name in commands.FROM_DJANGO:
            yield f"## valtti {name}\n\nBrings the tables of the database to this version."
            continue
        command = commands.load(name)
        rows = [[one.names, one.meaning] for one in commands.arguments(command.create_parser("valtti", name))]
        arguments = f"\n\n{table(['Argument', 'Meaning'], rows)}" if rows else ""
        yield f"## valtti {name}\n\n{command.help}{arguments}"
