"""What the pages about customers ask."""

from valtti.customers.queries.card import Card, card_of, customers_for
from valtti.customers.queries.records import (
    consents_of,
    merges_of,
    points_of,
    records_of,
    root_of,
    serves,
    serves_wholly,
)

__all__ = [
    "Card",
    "card_of",
    "consents_of",
    "customers_for",
    "merges_of",
    "points_of",
    "records_of",
    "root_of",
    "serves",
    "serves_wholly",
]
