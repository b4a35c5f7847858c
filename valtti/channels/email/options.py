"""What the reader is told from outside: which servers are trusted, which addresses are ours."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that may change how the same bytes are read. Travels to the child as JSON."""

    read_as: Literal["message", "text", "html"] = "message"
    charset: str | None = None
    language: str | None = None
    trusted_authserv: str | None = None
    host: str = "localhost"
    own_hosts: tuple[str, ...] = ()
    own_addresses: tuple[str, ...] = ()
    known_lines: tuple[str, ...] = ()
    known_signs: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Names this version does not know are left out."""
        known = {field.name for field in fields(cls)}
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in known
        }
        return cls(**given)
