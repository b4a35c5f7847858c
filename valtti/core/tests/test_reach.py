from __future__ import annotations

from unittest import TestCase

from django.test import SimpleTestCase, override_settings

from valtti.core import reach as ways
from valtti.core.reach import Deadline, Failed, Refused, deadline, reach
from valtti.core.tests.loopback import Server, answer


def says(*found: str) -> ways.Resolver:
    """A resolver that knows one name."""
    return lambda _host, _port: list(found)


class MailServerTests(SimpleTestCase):
    """Servers that administrators name: at any port, in the house too, but not this machine."""

    def asked(self, *found: str) -> list[str]:
        return reach("mail.example", 993, until=deadline(2), private=True, any_port=True, resolver=says(*found))

    def test_one_on_the_internet_and_one_in_the_house(self) -> None:
        for found in (["8.8.8.8"], ["10.0.0.25"], ["192.168.1.4", "fd00::4"]):
            with self.subTest(found=found):
                self.assertEqual(self.asked(*found), found)

    def test_this_machine_and_the_clouds_own_address_are_refused(self) -> None:
        for found in ("127.0.0.1", "::1", "169.254.169.254", "fe80::1", "0.0.0.0"):
            with self.subTest(found=found), self.assertRaises(Refused) as refused:
                self.asked(found)
            self.assertEqual(refused.exception.code, "address")

    @override_settings(REACH=["127.0.0.0/8"])
    def test_the_operator_may_open_this_machine(self) -> None:
        self.assertEqual(self.asked("127.0.0.1"), ["127.0.0.1"])

    def test_one_bad_address_among_good_ones_is_enough(self) -> None:
        with self.assertRaises(Refused):
            self.asked("10.0.0.25", "8.8.8.8", "127.0.0.1")


class TypedAddressTests(SimpleTestCase):
    def test_what_anybody_types_does_not_lead_into_the_house(self) -> None:
        with self.assertRaises(Refused) as refused:
            reach("hook.example", 443, until=deadline(2), resolver=says("10.0.0.25"))
        self.assertEqual(refused.exception.code, "address")

    @override_settings(REACH=["10.0.0.0/24"])
    def test_a_network_the_operator_opened_is_open_at_every_port(self) -> None:
        for port in (80, 443, 8025):
            self.assertEqual(reach("hook.example", port, until=deadline(2), resolver=says("10.0.0.25")), ["10.0.0.25"])

    @override_settings(REACH=["10.0.0.0/24"])
    def test_an_open_network_opens_no_port_elsewhere(self) -> None:
        with self.assertRaises(Refused) as refused:
            reach("hook.example", 8025, until=deadline(2), resolver=says("10.0.0.25", "8.8.8.8"))
        self.assertEqual(refused.exception.code, "port")

    def test_a_name_without_addresses_is_no_name(self) -> None:
        with self.assertRaises(Refused) as refused:
            reach("hook.example", 443, until=deadline(2), resolver=says())
        self.assertEqual(refused.exception.code, "name")

    def test_the_systems_resolver_knows_this_machine(self) -> None:
        self.assertIn("127.0.0.1", ways.system_resolver("127.0.0.1", 80))
        self.assertIn("127.0.0.1", ways.system_resolver("2130706433", 80))


class ConnectingTests(TestCase):
    def test_the_next_address_is_tried_when_one_refuses(self) -> None:
        with Server(answer()) as there:
            with ways.connect(["127.0.0.9", "127.0.0.1"], there.port, deadline(2)) as connected:
                self.assertEqual(connected.getpeername(), ("127.0.0.1", there.port))

    def test_nobody_answers(self) -> None:
        with Server(answer()) as gone:
            pass
        with self.assertRaises(Failed) as failed:
            ways.connect(["127.0.0.1"], gone.port, deadline(2))
        self.assertEqual(failed.exception.code, "connection")

    def test_no_time_is_left(self) -> None:
        with self.assertRaises(Failed) as failed:
            ways.connect(["127.0.0.1"], 9, Deadline(0))
        self.assertEqual(failed.exception.code, "timeout")
