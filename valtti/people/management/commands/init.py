"""`valtti init`: the first administrator of a house, made on the machine and never over the web."""

from __future__ import annotations

import argparse
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from valtti.people.actions.beginnings import begin_house
from valtti.people.impossible import HasBegun
from valtti.people.models import User


class Command(BaseCommand):
    help = "Make the first administrator, a first team and its opening hours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = argparse.ArgumentDefaultsHelpFormatter
        parser.add_argument("--email", default="", help="The administrator's address; asked for when missing.")
        parser.add_argument("--name", default="", help="The administrator's whole name; asked for when missing.")
        parser.add_argument("--house", default="Valtti", help="What the house is called.")
        parser.add_argument("--team", default="Service", help="The name of the first team.")
        parser.add_argument("--password-file", type=Path, help="A file of mode 0600; without it a link is printed.")

    def handle(self, *args: Any, **options: Any) -> None:
        email, name = _address(options["email"]), _name(options["name"])
        password = _password(options["password_file"], email, name)
        try:
            begun = begin_house(house=options["house"], email=email, name=name, team=options["team"], password=password)
        except HasBegun as has_begun:
            raise CommandError(f"{has_begun.reason} {has_begun.remedy}", returncode=3) from None
        self.stdout.write(f"Administrator: {begun.administrator.email}\nTeam: {begun.team.name}")
        if begun.token:
            path = reverse("people:choose_password", args=[begun.token])
            self.stdout.write(f"Choose the password here, once, within seven days:\n{settings.PUBLIC_URL}{path}")


def _address(given: str) -> str:
    address = (given or _ask("E-mail of the administrator: ")).strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise CommandError(f"{address!r} is not an e-mail address.", returncode=2) from None
    return address


def _name(given: str) -> str:
    name = (given or _ask("Whole name: ")).strip()
    if not name:
        raise CommandError("A name is needed: customers read the first part of it.", returncode=2)
    return name[:120]


def _ask(question: str) -> str:
    try:
        return input(question)
    except EOFError:
        raise CommandError("Nobody answers here: give --email and --name.", returncode=2) from None


def _password(path: Path | None, email: str, name: str) -> str:
    if path is None:
        return ""
    if not path.is_file() or path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise CommandError(f"{path} must be a file that only you can read (mode 0600).", returncode=2)
    password = path.read_text(encoding="utf-8").rstrip("\n")
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as refused:
        raise CommandError(" ".join(refused.messages), returncode=2) from None
    return password
