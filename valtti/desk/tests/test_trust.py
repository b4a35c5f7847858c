"""What a letter may bring about, by how well its sender is proven."""

from __future__ import annotations

from unittest import TestCase

from valtti.desk.trust import Answer, Deed, allowed

TABLE = [
    (Deed.JOIN_BY_TOKEN, "yes yes marked pending"),
    (Deed.JOIN_BY_REFERENCES, "yes marked pending pending"),
    (Deed.RECEIPT, "yes yes yes no"),
    (Deed.IDENTIFY, "yes marked suggest suggest"),
    (Deed.BE_SHOWN, "yes yes marked marked"),
    (Deed.NAME_OTHERS, "yes yes yes no"),
]


class TrustTests(TestCase):
    def test_the_table(self) -> None:
        for deed, answers in TABLE:
            for trust, answer in zip(("verified", "unknown", "unverified", "failed"), answers.split(), strict=True):
                with self.subTest(deed=deed, trust=trust):
                    self.assertIs(allowed(deed, trust), Answer(answer))

    def test_a_word_nobody_knows_counts_as_failed(self) -> None:
        self.assertIs(allowed(Deed.RECEIPT, "surely"), Answer.NO)
