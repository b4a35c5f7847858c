"""Invented customers: a name, an address, a phone from a range not in use, a home in a team's town."""

from __future__ import annotations

import random
from dataclasses import dataclass

from valtti.project.demo.library import Thread, names

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
    """Draws customers from the name lists, each name at most once, the cast always the same."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._numbers = chance.sample(range(10_000), 10_000)
        self._taken: set[str] = set()
        self._known: dict[str, Invented] = {}

    def for_thread(self, thread: Thread) -> Invented:
        """The customer of one conversation: its member of the cast, or somebody new."""
        if thread.customer:
            if thread.customer not in self._known:
                self._known[thread.customer] = self._of_cast(thread.customer)
            return self._known[thread.customer]
        return self._new(thread)

    def _of_cast(self, who: str) -> Invented:
        name, latin, language, town = CAST[who]
        entry = next(entry for entry in names()["town"] if entry["name"] == town)
        return self._settled(name, latin, language, entry, "posti.example")

    def _new(self, thread: Thread) -> Invented:
        for _ in range(200):
            name, latin = self._name(thread)
            if latin not in self._taken:
                break
        self._taken.add(latin)
        team = {"ru": "South", "sv": "South"}.get(thread.language)
        towns = [town for town in names()["town"] if team in (None, town["team"])]
        town = self._chance.choices(towns, [town["weight"] for town in towns])[0]
        return self._settled(name, latin, thread.language, town, self._chance.choice(names()["mail"]["domains"]))

    def _name(self, thread: Thread) -> tuple[str, str]:
        lists = names()[thread.language]
        sex = {"f": "female", "m": "male"}.get(thread.sex) or self._chance.choice(["female", "male"])
        last_key = f"last_{sex}" if thread.language == "ru" else "last"
        first, last = (self._chance.randrange(len(lists[key])) for key in (sex, last_key))
        name = f"{lists[sex][first]} {lists[last_key][last]}"
        if thread.language != "ru":
            return name, name
        return name, f"{lists[f'{sex}_latin'][first]} {lists[f'{last_key}_latin'][last]}"

    def _settled(self, name: str, latin: str, language: str, town: dict[str, object], domain: str) -> Invented:
        streets = town["streets"]
        assert isinstance(streets, list)
        first, last = latin.lower().split(" ", 1)
        place = town["sv"] if language == "sv" else town["name"]
        return Invented(
            name=name,
            latin=latin,
            language=language,
            address=f"{first}.{last}@{domain}".translate(LATIN),
            phone=f"+358 40 555 {self._numbers.pop():04d}",
            street=f"{self._chance.choice(streets)} {self._chance.randint(1, 60)}",
            town=str(place),
            team=str(town["team"]).lower(),
        )
