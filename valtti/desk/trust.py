"""What a letter may bring about, by how well its sender is proven: the table of sender verification (pure)."""

from __future__ import annotations

from enum import Enum


class Deed(Enum):
    """Something done on the strength of a letter alone."""

    JOIN_BY_TOKEN = "join_by_token"
    JOIN_BY_REFERENCES = "join_by_references"
    RECEIPT = "receipt"
    IDENTIFY = "identify"
    BE_SHOWN = "be_shown"
    NAME_OTHERS = "name_others"


class Answer(Enum):
    """`MARKED`: yes, and the page says that the address is not confirmed; `SUGGEST`: a person confirms."""

    YES = "yes"
    MARKED = "marked"
    SUGGEST = "suggest"
    PENDING = "pending"
    NO = "no"


_ORDER = ("verified", "unknown", "unverified", "failed")
_TABLE: dict[Deed, tuple[Answer, Answer, Answer, Answer]] = {
    Deed.JOIN_BY_TOKEN: (Answer.YES, Answer.YES, Answer.MARKED, Answer.PENDING),
    Deed.JOIN_BY_REFERENCES: (Answer.YES, Answer.MARKED, Answer.PENDING, Answer.PENDING),
    Deed.RECEIPT: (Answer.YES, Answer.YES, Answer.YES, Answer.NO),
    Deed.IDENTIFY: (Answer.YES, Answer.MARKED, Answer.SUGGEST, Answer.SUGGEST),
    Deed.BE_SHOWN: (Answer.YES, Answer.YES, Answer.MARKED, Answer.MARKED),
    Deed.NAME_OTHERS: (Answer.YES, Answer.YES, Answer.YES, Answer.NO),
}


def allowed(deed: Deed, trust: str) -> Answer:
    """What the table says; a trust it does not know counts as failed."""
    return _TABLE[deed][_ORDER.index(trust) if trust in _ORDER else 3]
