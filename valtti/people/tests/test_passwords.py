"""Passwords: hashed by argon2id, two at a time, and not the ones that are tried first."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, override_settings
from hypothesis import given
from hypothesis import strategies as st

from valtti.people import passwords
from valtti.people.models import House
from valtti.people.passwords import CommonValidator, Gate, LengthValidator, Overrun
from valtti.people.testing import PASSWORD, PeopleTestCase

HOUSE_HASHER = override_settings(PASSWORD_HASHERS=["valtti.people.passwords.HouseHasher"])


@HOUSE_HASHER
class HasherTests(SimpleTestCase):
    def test_a_password_is_kept_as_argon2id_with_46_mebibytes(self) -> None:
        kept = make_password("correct horse battery")

        self.assertTrue(kept.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$"), kept)
        self.assertTrue(check_password("correct horse battery", kept))
        self.assertFalse(check_password("correct horse batter", kept))

    def test_the_same_password_is_never_kept_the_same_way(self) -> None:
        self.assertNotEqual(make_password("correct horse battery"), make_password("correct horse battery"))


class GateTests(SimpleTestCase):
    """Two are inside, seven wait, the tenth is turned away."""

    def setUp(self) -> None:
        super().setUp()
        self.gate, self.open = Gate(), threading.Event()
        self.most = 0
        self.threads = [threading.Thread(target=self.walk) for _ in range(9)]

    def walk(self) -> None:
        with self.gate.passed():
            self.most = max(self.most, self.gate.inside)
            self.open.wait(10)

    def let_them_come(self, count: int) -> None:
        for thread in self.threads[:count]:
            thread.start()
        deadline = time.monotonic() + 10
        while self.gate.inside + self.gate.waiting < count and time.monotonic() < deadline:
            time.sleep(0.001)
        self.addCleanup(self.let_them_go, count)

    def let_them_go(self, count: int) -> None:
        self.open.set()
        for thread in self.threads[:count]:
            thread.join(10)

    def test_the_third_waits(self) -> None:
        self.let_them_come(3)

        self.assertEqual((self.gate.inside, self.gate.waiting), (2, 1))

    def test_the_tenth_is_turned_away_at_once(self) -> None:
        self.let_them_come(9)

        with self.assertRaises(Overrun), self.gate.passed():
            pass

    def test_never_more_than_two_are_inside_and_all_get_through(self) -> None:
        self.let_them_come(9)

        self.let_them_go(9)

        self.assertEqual((self.most, self.gate.inside, self.gate.waiting), (2, 0, 0))

    def test_whoever_fails_inside_leaves_room(self) -> None:
        for _ in range(20):
            with self.assertRaises(ZeroDivisionError), self.gate.passed():
                raise ZeroDivisionError

        self.assertEqual(self.gate.inside, 0)


class OverrunTests(PeopleTestCase):
    @HOUSE_HASHER
    def test_the_tenth_login_is_asked_to_come_again(self) -> None:
        full = Gate(in_all=0)
        real, passwords.GATE = passwords.GATE, full
        self.addCleanup(setattr, passwords, "GATE", real)

        response = self.log_in(self.aino)

        self.assertEqual(response.status_code, 503)
        self.assertEqual(response["Retry-After"], "5")


class ValidatorTests(PeopleTestCase):
    def refused(self, password: str, user: object = None) -> list[str]:
        try:
            validate_password(password, user)  # type: ignore[arg-type]
        except ValidationError as refusal:
            return [str(error.code) for error in refusal.error_list]
        return []

    def test_eleven_signs_are_too_few_and_twelve_enough(self) -> None:
        self.assertEqual(self.refused("kelo ja sum"), ["too_short"])
        self.assertEqual(self.refused("kelo ja sumu"), [])

    def test_a_hundred_and_twenty_eight_signs_are_enough_and_one_more_too_many(self) -> None:
        self.assertEqual(self.refused("kaarna " * 18 + "ok"), [])
        self.assertEqual(self.refused("kaarna " * 18 + "pieni"), ["too_long"])

    def test_any_kind_of_sign_will_do(self) -> None:
        for password in ("тихая гавань", "aaaa bbbb cccc", "🛟🛟🛟🛟🛟🛟🛟🛟🛟🛟🛟🛟"):
            self.assertEqual(self.refused(password), [], password)

    def test_what_everybody_tries_first_is_refused(self) -> None:
        for password in ("123456789012", "Password1234", "qwertyuiop123"):
            if password.lower() in passwords._common(""):
                self.assertIn("common", self.refused(password), password)
        with self.assertRaises(ValidationError):
            CommonValidator().validate("PassWord")

    def test_the_operator_may_add_a_list(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            more = Path(folder) / "refused.txt"
            more.write_text("Kaiku Kuitu 2026\n", encoding="utf-8")

            with self.assertRaises(ValidationError):
                CommonValidator(str(more)).validate("kaiku kuitu 2026")

    def test_a_name_with_little_else_is_refused(self) -> None:
        House.objects.create(name="Kaiku Kuitu")
        for password in ("Korhonen-1234", "aino.korhonen", "KaikuKuitu12!", "kuitu kuitu1"):
            self.assertEqual(self.refused(password, self.aino), ["name"], password)

    def test_a_long_password_may_hold_a_name(self) -> None:
        self.assertEqual(self.refused("korhonen walks the quiet harbour", self.aino), [])
        self.assertEqual(self.refused(PASSWORD, self.aino), [])


class LengthTests(SimpleTestCase):
    @given(st.text(min_size=0, max_size=200))
    def test_length_is_counted_in_signs(self, password: str) -> None:
        try:
            LengthValidator().validate(password, SimpleNamespace())
            accepted = True
        except ValidationError:
            accepted = False
        self.assertEqual(accepted, 12 <= len(password) <= 128)
