"""What the one trusted server said about the sender, read from its own Authentication-Results only (RFC 8601)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from valtti.channels.email.parse.domains import aligned, organisation, to_unicode
from valtti.channels.email.parse.headers import Field
from valtti.channels.email.schema import Address, Trust, TrustResult
from valtti.core.caps import LETTER_FIELD_BYTES

_BY = re.compile(r"\bby\s{1,20}([^\s;()]{1,255})", re.I)
_METHOD = re.compile(r"\s*([a-z0-9-]{1,40})(?:/\d{1,3})?\s{0,9}=\s{0,9}([a-z]{1,20})\b", re.I)
_PROPERTY = re.compile(r"\b(header\.(?:d|i|from)|smtp\.mailfrom)\s{0,9}=\s{0,9}\"?([^\s;\"()]{1,320})", re.I)
_WORDS = frozenset("none pass fail policy neutral temperror permerror softfail bestguesspass hardfail".split())


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result with the properties that matter."""

    method: str
    word: str
    domain: str


def _without_comments(text: str) -> str:
    out: list[str] = []
    depth, quoted = 0, False
    for sign in text:
        if sign == '"' and not depth:
            quoted = not quoted
        if sign == "(" and not quoted:
            depth += 1
        elif sign == ")" and not quoted and depth:
            depth -= 1
            continue
        if not depth:
            out.append(sign)
    return "".join(out)


def _is_ours(host: str, authserv_id: str) -> bool:
    host, ours = host.lower().strip("[].") or "-", authserv_id.lower()
    return host == ours or organisation(host) == organisation(ours) or host in {"localhost", "127.0.0.1"}


def _statements(fields: list[Field], authserv_id: str) -> list[str]:
    """The topmost block of the trusted server, above the first Received of another host."""
    found: list[str] = []
    for field in fields:
        if field.key == "received":
            by = _BY.search(field.text()[:LETTER_FIELD_BYTES])
            if found or not (by and _is_ours(by[1], authserv_id)):
                break
        if field.key == "authentication-results":
            head, _, rest = _without_comments(field.text()[:LETTER_FIELD_BYTES]).partition(";")
            words = head.split()
            if words and words[0].strip('"').lower() == authserv_id.lower():
                found.append(rest)
            elif found:
                break
    return found


def _result(statement: str) -> Result | None:
    found = _METHOD.match(statement)
    if not found or found[2].lower() not in _WORDS:
        return None
    properties = {name.lower(): value for name, value in _PROPERTY.findall(statement)}
    named = properties.get("header.d") or properties.get("header.i") or properties.get("header.from") or ""
    if found[1].lower() == "dmarc":
        named = properties.get("header.from", "")
    return Result(found[1].lower(), found[2].lower(), named.rpartition("@")[2].lower().strip("."))


def results(fields: list[Field], authserv_id: str) -> list[Result]:
    """Everything the trusted server stated, in order."""
    statements = [part for text in _statements(fields, authserv_id) for part in text.split(";")]
    return [found for part in statements if (found := _result(part))]


def _dkim(found: list[Result], from_domain: str | None) -> tuple[str | None, str | None]:
    """The word for DKIM and the aligned signer, if one passed."""
    keys = [one for one in found if one.method == "dkim"]
    for one in keys:
        if one.word == "pass" and one.domain and from_domain and aligned(one.domain, from_domain):
            return "pass", one.domain
    return (keys[0].word if keys else None), None


def _dmarc(found: list[Result], from_domain: str | None) -> str | None:
    """The first word for DMARC; a pass for another From than the one we show is none."""
    one = next((one for one in found if one.method == "dmarc"), None)
    if one is None:
        return None
    if one.word == "pass" and one.domain and one.domain != from_domain and to_unicode(one.domain) != from_domain:
        return "none"
    return one.word


def read(fields: list[Field], author: Address | None, authserv_id: str | None) -> Trust:
    """Whether the sender's domain stood behind this letter. Without a trusted server: unknown."""
    from_domain = (author["address"] or "").rpartition("@")[2] or None if author else None
    if not authserv_id:
        return _trust("unknown", None, from_domain)
    found = results(fields, authserv_id)
    dmarc = _dmarc(found, from_domain)
    dkim, signer = _dkim(found, from_domain)
    spf = next((one.word for one in found if one.method == "spf"), None)
    result: TrustResult = "unverified"
    if dmarc == "fail":
        result = "failed"
    elif from_domain and (dmarc == "pass" or signer) and not _several_authors(fields):
        result = "verified"
    return _trust(result, authserv_id, from_domain, spf, dkim, dmarc, signer)


def _several_authors(fields: list[Field]) -> bool:
    """With two From headers nobody knows which one was verified."""
    return sum(field.key == "from" for field in fields) > 1


def _trust(
    result: TrustResult,
    authserv_id: str | None,
    from_domain: str | None,
    spf: str | None = None,
    dkim: str | None = None,
    dmarc: str | None = None,
    signed_by: str | None = None,
) -> Trust:
    return {
        "result": result,
        "authserv_id": authserv_id,
        "spf": spf,
        "dkim": dkim,
        "dmarc": dmarc,
        "signed_by": signed_by,
        "from_domain": from_domain,
    }
