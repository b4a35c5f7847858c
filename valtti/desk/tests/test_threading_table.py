"""The table of threading, row by row."""

from __future__ import annotations

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.desk.threading import ADMITTED, PENDING, REFUSED, Evidence, Road, Thread, decide

KATJA, COLLEAGUE, STRANGER, CHUCKED = 1, 2, 3, 4
CASE = Thread(42, {KATJA: ADMITTED, COLLEAGUE: ADMITTED, 9: PENDING, CHUCKED: REFUSED})


class TableTests(TestCase):
    def test_row_1_the_recipient_answers_with_her_token(self) -> None:
        for trust, road, marked in (
            ("verified", Road.JOIN, False),
            ("unknown", Road.JOIN, False),
            ("unverified", Road.JOIN, True),
            ("failed", Road.PENDING, True),
        ):
            with self.subTest(trust):
                verdict = decide(Evidence(sender=KATJA, trust=trust, token=CASE, token_to=KATJA))
                self.assertEqual((verdict.row, verdict.road, verdict.case_id), (1, road, 42))
                self.assertEqual(verdict.marked, marked)

    def test_row_2_another_admitted_participant_answers(self) -> None:
        verdict = decide(Evidence(sender=COLLEAGUE, trust="verified", token=CASE, token_to=KATJA))
        self.assertEqual((verdict.row, verdict.road), (2, Road.JOIN))
        failed = decide(Evidence(sender=COLLEAGUE, trust="failed", token=CASE, token_to=KATJA))
        self.assertEqual((failed.row, failed.road), (2, Road.PENDING))

    def test_row_3_a_forwarded_letter_of_a_stranger_waits(self) -> None:
        for sender in (STRANGER, 9, None):
            with self.subTest(sender):
                verdict = decide(Evidence(sender=sender, trust="verified", token=CASE, token_to=KATJA))
                self.assertEqual((verdict.row, verdict.road, verdict.case_id), (3, Road.PENDING, 42))

    def test_a_refused_sender_gets_a_case_of_their_own(self) -> None:
        verdict = decide(Evidence(sender=CHUCKED, trust="verified", token=CASE, token_to=KATJA))
        self.assertEqual((verdict.road, verdict.case_id, verdict.perhaps), (Road.NEW, None, (42,)))

    def test_row_4_an_earlier_letter_of_theirs_is_named(self) -> None:
        for trust, marked in (("verified", False), ("unknown", True)):
            with self.subTest(trust):
                verdict = decide(Evidence(sender=KATJA, trust=trust, named=CASE))
                self.assertEqual((verdict.row, verdict.road, verdict.marked), (4, Road.JOIN, marked))

    def test_row_5_named_but_not_admitted_or_not_believed_waits(self) -> None:
        for sender, trust in ((STRANGER, "verified"), (KATJA, "unverified"), (KATJA, "failed"), (None, "verified")):
            with self.subTest(sender=sender, trust=trust):
                verdict = decide(Evidence(sender=sender, trust=trust, named=CASE))
                self.assertEqual((verdict.row, verdict.road), (5, Road.PENDING))

    def test_row_6_the_same_subject_only_suggests(self) -> None:
        verdict = decide(Evidence(sender=KATJA, trust="verified", same_subject=(42, 40), by_reference=(42, 7)))
        self.assertEqual((verdict.row, verdict.road, verdict.perhaps), (6, Road.NEW, (42, 40, 7)))

    def test_row_7_a_number_alone_never_threads(self) -> None:
        verdict = decide(Evidence(sender=KATJA, trust="verified", by_reference=(42,)))
        self.assertEqual((verdict.row, verdict.road, verdict.case_id), (7, Road.NEW, None))
        self.assertEqual(verdict.perhaps, (42,))

    def test_row_8_a_broken_token_is_ordinary_new_mail(self) -> None:
        verdict = decide(Evidence(sender=KATJA, trust="verified", token_broken=True, named=CASE))
        self.assertEqual((verdict.row, verdict.road, verdict.noted), (8, Road.NEW, "token_broken"))

    def test_row_8_an_expired_token_of_the_same_sender_follows(self) -> None:
        expired = Evidence(sender=KATJA, trust="verified", token=CASE, token_to=KATJA, token_expired=True)
        verdict = decide(expired)
        self.assertEqual((verdict.row, verdict.road, verdict.follows), (8, Road.NEW, 42))
        self.assertEqual(verdict.noted, "token_expired")

    def test_row_8_an_expired_token_of_a_stranger_follows_nothing(self) -> None:
        expired = Evidence(sender=STRANGER, trust="verified", token=CASE, token_to=KATJA, token_expired=True)
        self.assertIsNone(decide(expired).follows)

    def test_a_letter_out_of_the_blue_is_a_new_case(self) -> None:
        self.assertEqual(decide(Evidence(sender=None, trust="unknown")).road, Road.NEW)


TRUST = st.sampled_from(["verified", "unknown", "unverified", "failed", "nonsense"])
SENDERS = st.sampled_from([None, KATJA, COLLEAGUE, STRANGER, CHUCKED, 9])
THREADS = st.sampled_from([None, CASE])


class PropertyTests(TestCase):
    @given(SENDERS, TRUST, THREADS, THREADS, st.booleans(), st.booleans())
    def test_nobody_is_taken_for_an_admitted_person(
        self, sender: int | None, trust: str, token: Thread | None, named: Thread | None, broken: bool, expired: bool
    ) -> None:
        verdict = decide(
            Evidence(
                sender,
                trust,
                token,
                KATJA,
                token_expired=expired and token is not None,
                token_broken=broken,
                named=named,
            )
        )
        if verdict.road is Road.JOIN:
            self.assertIn(sender, (KATJA, COLLEAGUE))
            self.assertNotEqual(trust, "failed")
            self.assertFalse(broken)

    @given(SENDERS, TRUST, st.lists(st.integers(1, 9), max_size=3), st.lists(st.integers(1, 9), max_size=3))
    def test_subject_and_number_never_join(
        self, sender: int | None, trust: str, subjects: list[int], numbers: list[int]
    ) -> None:
        evidence = Evidence(sender, trust, same_subject=tuple(subjects), by_reference=tuple(numbers))
        self.assertIs(decide(evidence).road, Road.NEW)
