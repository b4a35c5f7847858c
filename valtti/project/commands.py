"""The commands of the house: each room's own, and `migrate`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from valtti.project.first_start import make_database_ready

FROM_DJANGO = ("migrate",)
WITHOUT_DATABASE = frozenset({"demo", "demo-record", "documents", "messages", "migrate"})
"""They touch no database, or make it themselves."""

RENAMED = {"check": "check_house", "demo-record": "demo_record"}
"""Django keeps some names for itself, and a module has no hyphen."""

NOT_SHOWN = {
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command, for its page."""

    names: str
    meaning: str


def names() -> list[str]:
    """What may follow `valtti`."""
    given = {value: key for key, value in RENAMED.items()}
    ours = [given.get(name, name) for name, room in get_commands().items() if str(room).startswith("valtti.")]
    return sorted([*ours, *FROM_DJANGO])


def load(name: str) -> BaseCommand:
    """The command of that name."""
    inner = RENAMED.get(name, name)
    command = load_command_class(str(get_commands()[inner]), inner)
    command.suppressed_base_arguments = NOT_SHOWN
    return command


def run(name: str, words: Sequence[str]) -> int:
    """Run a command with the words that followed its name. Wrong usage ends by SystemExit(2)."""
    command = load(name)
    wants_help = bool({"-h", "--help"} & set(words))
    if name not in WITHOUT_DATABASE and not wants_help:
        try:
            make_database_ready(lambda line: sys.stderr.write(f"{line}\n"))
        except DatabaseError as away:
            sys.stderr.write(f"valtti: the database cannot be opened: {type(away).__name__}.\n")
            return 1
    command.run_from_argv(["valtti", name, *words])
    return 0


def overview() -> str:
    """What `valtti help` says."""
    lines = ["usage: valtti COMMAND …", "", "Commands:"]
    lines += [f"  {name:<12} {load(name).help.partition(chr(10))[0]}" for name in names()]
    lines += ["", "`valtti COMMAND --help` tells more. Exit codes: 0 done, 1 failed, 2 wrong usage.", ""]
    return "\n".join(lines)


def arguments(parser: argparse.ArgumentParser) -> Iterator[Argument]:
    """The arguments of a command, those of its deeds after the deed's own line."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for deed, inner in action.choices.items():
                yield Argument(f"`{deed}`", _helps(action).get(deed, ""))
                yield from (Argument(f"{deed} {inside.names}", inside.meaning) for inside in arguments(inner))
        elif not {"--help", *NOT_SHOWN} & set(action.option_strings):
            yield Argument(f"`{_written(action)}`", _meaning(action))


def _helps(action: argparse._SubParsersAction[argparse.ArgumentParser]) -> dict[str, str]:
    return {one.dest: one.help or "" for one in action._choices_actions}


def _written(action: argparse.Action) -> str:
    value = str(action.metavar or action.dest.upper())
    if action.choices is not None:
        value = "|".join(str(choice) for choice in action.choices)
    if not action.option_strings:
        return f"{value} …" if action.nargs in {"+", "*"} else value
    return action.option_strings[-1] if action.nargs == 0 else f"{action.option_strings[-1]} {value}"


def _meaning(action: argparse.Action) -> str:
    return (action.help or "").replace("%(default)s", str(action.default)).replace("%%", "%")
