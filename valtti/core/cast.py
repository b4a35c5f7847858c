"""The six people of every example, test and demo, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the cast: how they are called, reached, and what they do here."""

    key: str
    name: str
    address: str
    language: str
    role: str
    teams: tuple[str, ...] = ()

    @property
    def first_name(self) -> str:
        """How colleagues call them."""
        return self.name.split()[0]


AINO = Person("aino", "Aino Korhonen", "aino.korhonen@kaiku.example", "fi", "agent", ("north",))
VEIKKO = Person("veikko", "Veikko Mäkinen", "veikko.makinen@kaiku.example", "fi", "lead", ("north", "south"))
LIISA = Person("liisa", "Liisa Virtanen", "liisa.virtanen@kaiku.example", "fi", "coach", ("north", "south"))
OTTO = Person("otto", "Otto Lindqvist", "otto.lindqvist@kaiku.example", "fi", "agent", ("business",))
KATJA = Person("katja", "Katja Orlova", "katja.orlova@posti.example", "ru", "customer")
PEKKA = Person("pekka", "Pekka Lehtonen", "pekka.lehtonen@posti.example", "fi", "customer")

STAFF = (AINO, VEIKKO, LIISA, OTTO)
"""Otto serves another team: of the others' matters he must see nothing."""

CUSTOMERS = (KATJA, PEKKA)
ALL = STAFF + CUSTOMERS
