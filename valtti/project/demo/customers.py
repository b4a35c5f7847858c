"""Invented customers: a name, an address, a phone from a range not in use, a home in a team's town."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from valtti.project.demo.library import Thread, names

MOST_DRAWS = 500
FIRST_OF_CAST = 9_000
"""Where the phone numbers of the cast begin."""

LATIN = str.maketrans({"ä": "a", "ö": "o", "å": "a", "é": "e", " ": ""})


@dataclass(frozen=True, slots=True)
class Invented:
    """One customer as the letters know them; `latin` is the name in the mail address."""

    name: str
    latin: str
    language: str
    address: str
    phone: str
    street: str
    town: str
    team: str

    @property
    def first(self) -> str:
        return self.name.split(" ")[0]

    @property
    def last(self) -> str:
        return self.name.split(" ", 1)[-1]


CAST = {
    "Katja Orlova": ("Катя Орлова", "Katja Orlova", "ru", "Vantaa"),
    "Pekka Lehtonen": ("Pekka Lehtonen", "Pekka Lehtonen", "fi", "Tampere"),
    "Harri Niemelä": ("Harri Niemelä", "Harri Niemelä", "fi", "Tampere"),
    "Svetlana Karppinen": ("Светлана Карппинен", "Svetlana Karppinen", "ru", "Vantaa"),
    "David Osei": ("David Osei", "David Osei", "en", "Tampere"),
    "Gunnel Holm": ("Gunnel Holm", "Gunnel Holm", "sv", "Vantaa"),
}


class People:
    """Draws customers from the name lists, each name at most once, the cast always the same.

    `taken` are mail addresses of customers whom others have drawn, `phones` the numbers that are ours to give.
    """

    def __init__(self, chance: random.Random, *, taken: Collection[str] = (), phones: range = range(5_000)) -> None:
        self._chance = chance
        self._phones = chance.sample(phones, len(phones))
        self._taken = {address.partition("@")[0] for address in taken}
        self._known: dict[str, Invented] = {}

    def for_thread(self, thread: Thread, team: str = "") -> Invented:
        """The customer of one conversation: its member of the cast, or somebody new, of that team's towns if named."""
        if thread.customer:
            if thread.customer not in self._known:
                self._known[thread.customer] = _of_cast(thread.customer)
            return self._known[thread.customer]
        return self._new(thread, team or {"ru": "south", "sv": "south"}.get(thread.language, ""))

    def _new(self, thread: Thread, team: str) -> Invented:
        name, latin = self._free_name(thread)
        self._taken.add(_local(latin))
        towns = [town for town in names()["town"] if team in ("", town["team"].lower())]
        town = self._chance.choices(towns, [town["weight"] for town in towns])[0]
        domain = self._chance.choice(names()["mail"]["domains"])
        return _settled(self._chance, (name, latin), thread.language, town, domain, self._phones.pop())

    def _free_name(self, thread: Thread) -> tuple[str, str]:
        """A name that nobody has yet, as long as the lists can give one."""
        drawn = [self._name(thread)]
        while _local(drawn[-1][1]) in self._taken and len(drawn) < MOST_DRAWS:
            drawn.append(self._name(thread))
        return drawn[-1]

    def _name(self, thread: Thread) -> tuple[str, str]:
        lists = names()[thread.language]
        sex = {"f": "female", "m": "male"}.get(thread.sex) or self._chance.choice(["female", "male"])
        last_key = f"last_{sex}" if thread.language == "ru" else "last"
        first, last = (self._chance.randrange(len(lists[key])) for key in (sex, last_key))
        name = f"{lists[sex][first]} {lists[last_key][last]}"
        if thread.language != "ru":
            return name, name
        return name, f"{lists[f'{sex}_latin'][first]} {lists[f'{last_key}_latin'][last]}"


def _of_cast(who: str) -> Invented:
    """The same street and number wherever the person turns up."""
    name, latin, language, town = CAST[who]
    entry = next(entry for entry in names()["town"] if entry["name"] == town)
    chance = random.Random(who)
    return _settled(chance, (name, latin), language, entry, "posti.example", FIRST_OF_CAST + list(CAST).index(who))


def _settled(
    chance: random.Random, called: tuple[str, str], language: str, town: dict[str, Any], domain: str, phone: int
) -> Invented:
    name, latin = called
    return Invented(
        name=name,
        latin=latin,
        language=language,
        address=f"{_local(latin)}@{domain}",
        phone=f"+358 40 555 {phone:04d}",
        street=f"{chance.choice(town['streets'])} {chance.randint(1, 60)}",
        town=str(town["sv"] if language == "sv" else town["name"]),
        team=str(town["team"]).lower(),
    )


def _local(latin: str) -> str:
    first, last = latin.lower().split(" ", 1)
    return f"{first}.{last}".translate(LATIN)
