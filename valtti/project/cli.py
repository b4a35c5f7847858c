"""`valtti COMMAND …`: finds the command, makes an empty SQLite ready for it, and ends with 0, 1 or 2."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 failed, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED if end.code else DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _run(words: list[str]) -> int:
    if words[:2] == ["mail", "parse"]:
        from valtti.channels.email import cli_parse

        return cli_parse.run(words[2:])
    if words[:1] in (["demo"], ["demo-record"]):
        from valtti.project.demo import place

        place.prepare(words[0], words[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valtti.project.settings")
    from valtti.project.environment import WrongSetting

    try:
        import django

        django.setup()
    except WrongSetting as wrong:
        return _complain(f"valtti: {wrong}")
    return _dispatch(words)


def _dispatch(words: list[str]) -> int:
    from valtti.project import commands

    known = commands.names()
    name = words[0] if words else ""
    if name in {"help", "--help", "-h", ""}:
        out = sys.stdout if name else sys.stderr
        out.write(commands.overview())
        return DONE if name else WRONG_USAGE
    if name == "--version":
        from valtti import __version__

        sys.stdout.write(f"{__version__}\n")
        return DONE
    if name not in known:
        return _complain(_unknown(name, known))
    return commands.run(name, words[1:])


def _unknown(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean `valtti {near[0]}`?" if near else "`valtti help` lists the commands."
    return f"valtti: there is no command {name!r}. {hint}"


def _complain(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return WRONG_USAGE
