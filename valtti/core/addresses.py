"""Which network addresses this house may connect to (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Networks as the operator writes them: "10.1.0.0/16", "127.0.0.0/8", "fd00::/8"."""
    return tuple(ip_network(item, strict=False) for item in written)


# What `is_global` calls global and yet leads to a private address, to many at once, or to nobody.
_NOT_PUBLIC = networks(
    (
        *("64:ff9b::/96", "64:ff9b:1::/48"),  # NAT64: an IPv4 address of any kind lies inside
        *("2002::/16", "192.88.99.0/24", "2001::/32"),  # 6to4, its relays, Teredo
        *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96"),  # IPv4-compatible, -mapped, -translated
        *("fec0::/10", "3fff::/20", "5f00::/16", "100::/64"),  # site-local, documentation, segment ids, discard
    )
)
_HOUSE = networks(("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))


def is_public(address: Address) -> bool:
    """One machine on the open internet, and nothing else in disguise."""
    odd = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not odd and not address.is_link_local and not _within(address, _NOT_PUBLIC)


def may_go(written: str, reach: Sequence[Network] = (), *, private: bool = False) -> bool:
    """Public, or opened by the operator in `reach`; `private` also opens the house's own networks."""
    try:
        address = ip_address(written)
    except ValueError:
        return False
    return is_public(address) or is_opened(written, reach) or (private and _within(address, _HOUSE))


def is_opened(written: str, reach: Sequence[Network]) -> bool:
    """The operator has named the network this address lies in."""
    return _within(ip_address(written), reach)


def _within(address: Address, among: Sequence[Network]) -> bool:
    return any(address in network for network in among if network.version == address.version)
