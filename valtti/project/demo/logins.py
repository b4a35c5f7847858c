"""Fresh passwords for everybody of the demo, in one file that only its owner can read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password

from valtti.project.demo.staff import ROLES, STAFF

AT_ONCE = 2
"""Each hash takes tens of megabytes and a core."""


@dataclass(frozen=True, slots=True)
class Login:
    """How one colleague comes in."""

    role: str
    login: str
    password: str
    name: str


def fresh() -> list[Login]:
    """A new password for each colleague."""
    return [Login(one.role, one.login, _password(), one.name) for one in STAFF]


def hashed(logins: list[Login]) -> dict[str, str]:
    """Each login with the hash of its password."""
    with ThreadPoolExecutor(AT_ONCE) as workers:
        return dict(zip([one.login for one in logins], workers.map(_hash, logins), strict=True))


def write(logins: list[Login], path: Path) -> None:
    """One login a line: role, login, password, name, with tabs between."""
    path.unlink(missing_ok=True)
    lines = (f"{one.role}\t{one.login}\t{one.password}\t{one.name}\n" for one in logins)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(lines)


def read(path: Path) -> list[Login]:
    """The logins of the file; none when it is gone."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [Login(*line.split("\t")) for line in lines]


def one_a_role(logins: list[Login]) -> Iterator[Login]:
    """The first of each role, in the order of what they may do."""
    for role in ROLES:
        yield from [one for one in logins if one.role == role][:1]


def _password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(3))


def _hash(login: Login) -> str:
    return make_password(login.password)
