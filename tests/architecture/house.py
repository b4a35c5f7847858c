"""The house as the tests see it: rooms and their floors, files and their syntax trees."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "valtti"


@cache
def floors() -> dict[str, int]:
    """Room to floor, the ground floor is 0: read from the contract of the import linter, the only list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    return {
        room.strip(" ()"): floor
        for floor, layer in enumerate(reversed(contract["layers"]))
        for room in layer.split("|")
    }


def may_know(room: str, other: str) -> bool:
    """Whether a room may name something of another: its own, or of a lower floor."""
    return room == other or floors()[other] < floors()[room]


def room_of(path: Path) -> str:
    """The room a file lies in."""
    return path.relative_to(HOUSE).parts[0]


def shown(path: Path) -> str:
    """A file as it is named in a message."""
    return path.relative_to(ROOT).as_posix()


def is_test(path: Path) -> bool:
    """Tests, and what only tests use."""
    return "tests" in path.parts or path.name.startswith("testing")


@cache
def sources() -> list[Path]:
    """Every Python file of the house but tests and migrations."""
    return [path for path in sorted(HOUSE.rglob("*.py")) if not is_test(path) and "migrations" not in path.parts]


@cache
def sources_of_tests() -> list[Path]:
    """Every Python file that tests."""
    return [path for folder in (HOUSE, ROOT / "tests") for path in sorted(folder.rglob("*.py")) if is_test(path)]


@cache
def templates() -> list[Path]:
    """Every template of the house."""
    return [path for path in sorted(HOUSE.glob("*/templates/**/*")) if path.is_file()]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file, those inside others too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, decorators left out."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def called(node: ast.Call) -> str:
    """The last name of what is called: `reverse` in `urls.reverse(…)`."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Every call in a file to a function of one of these names."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and called(node) in names:
            yield node


def literal(node: ast.AST | None) -> str | None:
    """The text of a string written out, None for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def tracked() -> list[Path]:
    """Every file that is handed on: known to git, or not ignored by it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]
