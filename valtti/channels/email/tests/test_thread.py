"""Reply tokens: true ones are read, altered, cut, foreign, empty and old ones never are."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from valtti.channels.email import thread
from valtti.channels.email.tests.testcase import ReaderTestCase, letter, read
from valtti.channels.email.thread import Key, make_token, read_token

OLD, NEW, FOREIGN = Key.of(b"old secret"), Key.of(b"new secret"), Key.of(b"foreign secret")
TODAY = date(2026, 11, 25)
LATER = TODAY + thread.LIFE
SIGNS = "abcdefghijklmnopqrstuvwxyz234567"


def token(
    case_id: int = 42, contact_point_id: int = 7, expires_on: date = LATER, keys: tuple[Key, ...] = (NEW,)
) -> str:
    return make_token(case_id=case_id, contact_point_id=contact_point_id, expires_on=expires_on, keys=keys)


class TokenTests(ReaderTestCase):
    def test_a_true_token_names_case_and_recipient(self) -> None:
        found = read_token(token(), keys=[NEW], today=TODAY)

        self.assertEqual((found.state, found.case_id, found.contact_point_id), ("true", 42, 7))
        self.assertEqual(found.expires_on, LATER)

    def test_it_is_48_signs_and_lives_400_days(self) -> None:
        self.assertRegex(token(), r"\A[a-z2-7]{48}\Z")
        self.assertEqual(thread.LIFE, timedelta(days=400))

    def test_an_old_key_still_verifies_and_the_first_one_signs(self) -> None:
        self.assertEqual(read_token(token(keys=(OLD,)), keys=[NEW, OLD], today=TODAY).state, "true")
        self.assertEqual(read_token(token(keys=(NEW, OLD)), keys=[NEW], today=TODAY).state, "true")

    def test_a_foreign_key_does_not_verify(self) -> None:
        self.assertEqual(read_token(token(keys=(FOREIGN,)), keys=[NEW, OLD], today=TODAY).state, "broken")
        self.assertEqual(read_token(token(), keys=[], today=TODAY).state, "broken")

    def test_the_last_day_is_good_and_the_next_is_not(self) -> None:
        self.assertEqual(read_token(token(), keys=[NEW], today=LATER).state, "true")
        expired = read_token(token(), keys=[NEW], today=LATER + timedelta(days=1))
        self.assertEqual((expired.state, expired.case_id), ("expired", 42))

    def test_empty_cut_and_lengthened_ones_are_broken(self) -> None:
        good = token()
        for text in (
            "",
            " ",
            good[:-1],
            good + "a",
            good[:47] + " ",
            good[:24],
            "a" * 48,
            good[:47] + "1",
            good + "\n",
        ):
            with self.subTest(text=text):
                found = read_token(text, keys=[NEW], today=TODAY)
                self.assertEqual((found.state, found.case_id), ("broken", None))

    def test_case_of_letters_does_not_matter_in_addresses(self) -> None:
        self.assertEqual(read_token(token().upper(), keys=[NEW], today=TODAY).state, "true")

    @given(st.integers(0, 2**40 - 1), st.integers(0, 2**40 - 1), st.integers(0, 65_000))
    def test_tokens_make_the_round_trip(self, case_id: int, contact_point_id: int, days: int) -> None:
        day = date(2020, 1, 1) + timedelta(days=days)
        found = read_token(token(case_id, contact_point_id, day), keys=[OLD, NEW], today=day)
        self.assertEqual((found.state, found.case_id, found.contact_point_id), ("true", case_id, contact_point_id))

    @given(st.integers(0, 47), st.sampled_from(SIGNS))
    def test_an_altered_token_never_verifies(self, place: int, sign: str) -> None:
        good = token()
        altered = good[:place] + sign + good[place + 1 :]
        if altered != good:
            self.assertEqual(read_token(altered, keys=[NEW, OLD], today=TODAY).state, "broken")

    @given(st.text(alphabet=SIGNS, min_size=48, max_size=48))
    def test_a_made_up_token_never_verifies(self, text: str) -> None:
        self.assertEqual(read_token(text, keys=[NEW, OLD], today=TODAY).state, "broken")

    def test_an_empty_secret_makes_no_key(self) -> None:
        with self.assertRaises(AssertionError):
            Key.of(b"")


class CarrierTests(ReaderTestCase):
    def test_the_message_id_carries_the_token_and_a_nonce(self) -> None:
        identifier = thread.message_id(token(), "kirkaskoti.example")

        self.assertRegex(identifier, r"\A[a-z2-7]{48}\.[a-z2-7]{16}@kirkaskoti\.example\Z")
        self.assertNotEqual(identifier, thread.message_id(token(), "kirkaskoti.example"))
        self.assertEqual(thread.token_of_id(identifier), token())

    def test_the_address_carries_it_where_there_is_room(self) -> None:
        self.assertEqual(
            thread.reply_address("posti@kirkaskoti.example", token()), f"posti+{token()}@kirkaskoti.example"
        )
        self.assertIsNotNone(thread.reply_address("a" * 15 + "@kirkaskoti.example", token()))
        self.assertIsNone(thread.reply_address("a" * 16 + "@kirkaskoti.example", token()))


class EvidenceTests(ReaderTestCase):
    def test_tokens_in_address_and_references(self) -> None:
        identifier = thread.message_id(token(), "kirkaskoti.example")
        found = read(
            letter(
                "Hei",
                f"Cc: posti+{token(1)}@kirkaskoti.example",
                f"References: <x@y> <{identifier}>",
                "In-Reply-To: <z@y>",
            )
        )

        self.assertEqual(
            [(one["where"], one["state"]) for one in found["tokens"]],
            [("address", "well_formed"), ("references", "well_formed")],
        )
        seen = thread.evidence(found)
        self.assertEqual(seen.tokens, (token(1), token()))
        self.assertEqual(seen.ids, ("z@y", identifier, "x@y"))

    def test_a_cut_token_is_named_malformed_and_proves_nothing(self) -> None:
        found = read(letter("Hei", f"Cc: posti+{token()[:40]}@kirkaskoti.example"))

        self.assertEqual([one["state"] for one in found["tokens"]], ["malformed"])
        self.assertEqual(thread.evidence(found).tokens, ())

    def test_a_letters_own_id_is_no_evidence(self) -> None:
        identifier = thread.message_id(token(), "kirkaskoti.example")
        found = read(letter("Hei").replace("<1@posti.example>", f"<{identifier}>"))

        self.assertEqual([one["where"] for one in found["tokens"]], ["message_id"])
        self.assertEqual(thread.evidence(found).tokens, ())

    def test_ordinary_plus_addresses_are_no_tokens(self) -> None:
        self.assertEqual(read(letter("Hei", "Cc: matti+uutiset@posti.example, a@b"))["tokens"], [])
