"""Who works at Kaiku Kuitu, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

DOMAIN = "kaiku.example"
ROLES = ("administrator", "auditor", "lead", "coach", "analyst", "agent")


@dataclass(frozen=True, slots=True)
class Employee:
    """One colleague: memberships as (team key, role), languages as written in the firm's list."""

    name: str
    places: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ("fi",)
    house_role: str = ""
    interface: str = "fi"

    @property
    def login(self) -> str:
        """Work address: first.last in plain letters."""
        plain = self.name.lower().translate(str.maketrans("äöå", "aoa")).replace(" ", ".")
        return f"{plain}@{DOMAIN}"

    @property
    def role(self) -> str:
        """The one that says most of what this person may do."""
        held = {role for _, role in self.places} | {self.house_role}
        return next(role for role in ROLES if role in held)


TEAMS = {
    "north": ("Pohjoinen", "tampere@kaiku.example"),
    "south": ("Etelä", "vantaa@kaiku.example"),
    "business": ("Yritykset", "yritys@kaiku.example"),
}
"""What a Finnish firm calls its teams, whatever language a colleague reads, and the mailbox of each."""

STAFF = (
    Employee("Aino Korhonen", (("north", "agent"),), ("fi", "en"), interface="en"),
    Employee("Sanna Rautio", (("north", "agent"),), ("fi", "en", "sv")),
    Employee("Timo Hakala", (("north", "agent"),)),
    Employee("Jenni Koskela", (("north", "agent"),), ("fi", "en")),
    Employee("Irina Sokolova", (("south", "agent"),), ("ru", "fi"), interface="ru"),
    Employee("Emma Nyström", (("south", "agent"),), ("sv", "fi", "en")),
    Employee("Mikko Salonen", (("south", "agent"),), ("fi", "en")),
    Employee("Laura Heikkinen", (("south", "agent"),), ("fi", "en")),
    Employee("Otto Lindqvist", (("business", "agent"),), ("sv", "fi", "en")),
    Employee("Petri Ahonen", (("business", "agent"),), ("fi", "en")),
    Employee("Veikko Mäkinen", (("north", "lead"), ("south", "lead"), ("north", "agent"), ("south", "agent"))),
    Employee("Liisa Virtanen", (("north", "coach"), ("south", "coach"))),
    Employee("Outi Laine", house_role="administrator"),
    Employee("Erik Sandell", (("north", "analyst"), ("south", "analyst"), ("business", "analyst")), ("sv", "fi")),
    Employee("Marja Vuori", house_role="auditor"),
)

SERVES = {
    "fi": ("Aino Korhonen", "Sanna Rautio", "Timo Hakala", "Jenni Koskela", "Mikko Salonen", "Laura Heikkinen"),
    "ru": ("Irina Sokolova",),
    "en": ("Aino Korhonen", "Jenni Koskela", "Emma Nyström", "Mikko Salonen"),
    "sv": ("Emma Nyström", "Sanna Rautio"),
}
"""Who answers which language; Russian is answered by Irina, in whose voice those threads are written."""

BUSINESS = ("Otto Lindqvist", "Petri Ahonen")
