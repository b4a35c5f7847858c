from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.core import addresses

PUBLIC = ["8.8.8.8", "193.166.3.2", "2606:4700::1", "2a00:1450:4010::1"]
NOT_PUBLIC = [
    *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1"),
    *("172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1"),
    *("::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:db8::1"),
    *("2002:7f00:1::", "2002:808:808::", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1"),
    *("fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1"),
]


class PublicTests(TestCase):
    def test_machines_on_the_open_internet(self) -> None:
        for address in PUBLIC:
            with self.subTest(address=address):
                self.assertTrue(addresses.may_go(address))

    def test_everything_else(self) -> None:
        for address in [*NOT_PUBLIC, "", "localhost", "127.1", "8.8.8.8/32"]:
            with self.subTest(address=address):
                self.assertFalse(addresses.may_go(address))

    @given(st.ip_addresses(v=4), st.sampled_from(["::ffff:0:0", "64:ff9b::", "64:ff9b:1::", "::", "::ffff:0:0:0"]))
    def test_no_disguise_opens_an_address(self, inner: IPv4Address, disguise: str) -> None:
        self.assertFalse(addresses.is_public(IPv6Address(int(IPv6Address(disguise)) + int(inner))))

    @given(st.ip_addresses(v=4))
    def test_6to4_of_any_address_is_closed(self, inner: IPv4Address) -> None:
        self.assertFalse(addresses.is_public(IPv6Address((0x2002 << 112) + (int(inner) << 80))))

    @given(st.ip_addresses())
    def test_nothing_is_public_that_the_library_calls_private(self, address: addresses.Address) -> None:
        if address.is_private or address.is_multicast or address.is_link_local:
            self.assertFalse(addresses.is_public(address))


class OpenedTests(TestCase):
    def test_the_operator_opens_one_network_and_no_more(self) -> None:
        reach = addresses.networks(["10.1.0.0/16", "fd00::/8"])
        for address, open_now in [("10.1.2.3", True), ("10.2.2.3", False), ("fd12::1", True), ("127.0.0.1", False)]:
            with self.subTest(address=address):
                self.assertEqual(addresses.may_go(address, reach), open_now)

    def test_an_administrators_mail_server_may_stand_in_the_house_but_not_on_this_machine(self) -> None:
        for address in ("10.0.0.1", "192.168.1.1", "172.16.0.1", "fd00::1", "8.8.8.8"):
            with self.subTest(address=address):
                self.assertTrue(addresses.may_go(address, private=True))
        for address in ("127.0.0.1", "::1", "169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:10.0.0.1"):
            with self.subTest(address=address):
                self.assertFalse(addresses.may_go(address, private=True))
