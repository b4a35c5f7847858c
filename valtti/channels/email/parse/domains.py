"""Domain names between people's letters and the resolver's, and how two of them are related."""

from __future__ import annotations

_SHARED_SECOND_LEVEL = frozenset(
    "co.uk org.uk ac.uk gov.uk me.uk co.jp ne.jp or.jp ac.jp com.au net.au org.au co.nz com.br com.tr com.cn com.ua "
    "co.il co.in com.mx com.pl com.ru org.ru net.ru msk.ru spb.ru co.kr com.sg com.hk co.za".split()
)


def _labels(domain: str) -> list[str]:
    return domain.lower().rstrip(".").split(".")


def to_ascii(domain: str) -> str | None:
    """The form on the wire; None when there is none."""
    if domain.startswith("["):
        return domain.lower()
    out: list[str] = []
    for label in _labels(domain):
        try:
            out.append(label if label.isascii() else label[:63].encode("idna").decode("ascii"))
        except UnicodeError:
            return None
        if not 0 < len(out[-1]) <= 63:
            return None
    return ".".join(out)


def to_unicode(domain: str) -> str:
    """The form for people; what cannot be read stays as it is."""
    if domain.startswith("["):
        return domain.lower()
    out: list[str] = []
    for label in _labels(domain):
        try:
            is_coded = label.startswith("xn--") and len(label) <= 63
            out.append(label.encode("ascii").decode("idna") if is_coded else label)
        except UnicodeError:
            out.append(label)
    return ".".join(out)


def organisation(domain: str) -> str:
    """The registered name above a host, near enough: two labels, three under a shared second level."""
    labels = _labels(domain)
    shared = ".".join(labels[-2:]) in _SHARED_SECOND_LEVEL
    return ".".join(labels[-3:] if shared else labels[-2:])


def aligned(one: str, other: str) -> bool:
    """The same organisation stands behind both (the relaxed alignment of DMARC)."""
    first, second = to_ascii(one), to_ascii(other)
    return bool(first and second) and organisation(first or "") == organisation(second or "")
