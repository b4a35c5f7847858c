from __future__ import annotations

import base64

from django.test import SimpleTestCase, override_settings

from valtti.core import keys

OLD, NEW, OTHER = ("a" * 43, "b" * 43, "c" * 43)


@override_settings(FIELD_KEYS=[NEW, OLD], SECRET_KEYS=[NEW, OLD])
class StoredSecretTests(SimpleTestCase):
    def test_what_is_stored_reads_back_and_is_not_in_clear(self) -> None:
        stored = keys.encrypt("salasana Ё")
        self.assertEqual(keys.decrypt(stored), "salasana Ё")
        self.assertNotIn(b"salasana", base64.urlsafe_b64decode(stored.split(".")[1]))

    def test_the_same_secret_looks_different_each_time(self) -> None:
        self.assertNotEqual(keys.encrypt("x"), keys.encrypt("x"))

    def test_an_old_key_still_reads_and_is_known_as_old(self) -> None:
        with override_settings(FIELD_KEYS=[OLD]):
            stored = keys.encrypt("x")
        self.assertEqual(keys.decrypt(stored), "x")
        self.assertFalse(keys.is_current(stored))
        self.assertTrue(keys.is_current(keys.encrypt("x")))

    def test_a_dropped_key_an_altered_value_and_rubbish_are_unreadable(self) -> None:
        with override_settings(FIELD_KEYS=[OTHER]):
            foreign = keys.encrypt("x")
        own = keys.encrypt("x")
        for stored in (foreign, own[:-3] + "AAA", own.split(".")[0], "", ".", "x" * 100):
            with self.subTest(stored=stored), self.assertRaises(keys.Unreadable):
                keys.decrypt(stored)

    def test_the_key_is_not_told_by_its_id(self) -> None:
        self.assertNotIn(keys.encrypt("x").split(".")[0], NEW)


@override_settings(FIELD_KEYS=[NEW, OLD], SECRET_KEYS=[NEW, OLD])
class SigningTests(SimpleTestCase):
    def test_a_signature_holds_for_its_message_and_purpose_only(self) -> None:
        signature = keys.sign("reply", b"42")
        self.assertTrue(keys.is_signed("reply", b"42", signature))
        self.assertFalse(keys.is_signed("reply", b"43", signature))
        self.assertFalse(keys.is_signed("ticket", b"42", signature))

    def test_empty_cut_and_lengthened_signatures_never_hold(self) -> None:
        signature = keys.sign("reply", b"42")
        for wrong in (b"", signature[:-1], signature + b"x", signature[:16]):
            self.assertFalse(keys.is_signed("reply", b"42", wrong))

    def test_short_signatures_are_of_one_length_too(self) -> None:
        signature = keys.sign("reply", b"42", length=16)
        self.assertEqual(len(signature), 16)
        self.assertTrue(keys.is_signed("reply", b"42", signature, length=16))
        self.assertFalse(keys.is_signed("reply", b"42", signature[:8], length=16))

    def test_signatures_of_an_old_key_hold_until_it_is_dropped(self) -> None:
        with override_settings(SECRET_KEYS=[OLD]):
            signature = keys.sign("reply", b"42")
        self.assertTrue(keys.is_signed("reply", b"42", signature))
        with override_settings(SECRET_KEYS=[NEW]):
            self.assertFalse(keys.is_signed("reply", b"42", signature))

    def test_a_mark_is_the_same_each_time_and_parts_do_not_run_together(self) -> None:
        self.assertEqual(keys.mark("limits", "ab", "c"), keys.mark("limits", "ab", "c"))
        self.assertNotEqual(keys.mark("limits", "ab", "c"), keys.mark("limits", "a", "bc"))
        self.assertNotEqual(keys.mark("limits", "ab"), keys.mark("letters", "ab"))

    def test_what_was_marked_under_the_old_key_is_found(self) -> None:
        with override_settings(SECRET_KEYS=[OLD]):
            before = keys.mark("letters", "x")
        self.assertIn(before, keys.marks("letters", "x"))


class DerivingTests(SimpleTestCase):
    def test_each_purpose_has_its_own_key(self) -> None:
        self.assertEqual(len({keys.derived(NEW, purpose) for purpose in ("a", "b", "c")} | {keys.derived(OLD, "a")}), 4)

    def test_the_derivation_does_not_change_from_release_to_release(self) -> None:
        """Worked out with hashlib and hmac alone, by RFC 5869: extract with zeros, expand once."""
        self.assertEqual(keys.derived("key", "purpose").hex(), _rfc_5869(b"key", b"valtti/purpose").hex())


def _rfc_5869(secret: bytes, info: bytes) -> bytes:
    import hmac

    return hmac.digest(hmac.digest(bytes(32), secret, "sha256"), info + b"\x01", "sha256")
