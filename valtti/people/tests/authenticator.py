"""A passkey device made of numbers: it answers the house as a browser would, with real signatures."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG


class Device:
    """One passkey for one house. `verifies` is False for a device that asks for no finger and no PIN."""

    def __init__(self, origin: str = "http://localhost", *, verifies: bool = True) -> None:
        self.origin, self.verifies = origin, verifies
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.owner = ""
        self.count = 0

    def make(self, options: dict[str, Any]) -> str:
        """Answer "make a passkey" as `navigator.credentials.create()` does."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        public = AttestedCredentialData.create(Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData.create(self._house(asked["rp"]["id"]), self._flags(FLAG.AT), self.count, public)
        client = self._client("webauthn.create", asked["challenge"])
        attestation = AttestationObject.create("none", data, {})
        answer = {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attestation)}
        return self._credential(answer, {"credProps": {"rk": True}})

    def use(self, options: dict[str, Any], house: str = "localhost") -> str:
        """Answer "use a passkey" as `navigator.credentials.get()` does."""
        self.count += 1
        data = AuthenticatorData.create(self._house(house), self._flags(), self.count)
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        signature = self.key.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": self.owner,
            },
            {},
        )

    def _credential(self, response: dict[str, Any], extensions: dict[str, Any]) -> str:
        key = websafe_encode(self.id)
        told = {"id": key, "rawId": key, "type": "public-key", "response": response}
        return json.dumps({**told, "clientExtensionResults": extensions})

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _flags(self, more: AuthenticatorData.FLAG = FLAG(0)) -> AuthenticatorData.FLAG:  # noqa: B008
        return FLAG.UP | more | (FLAG.UV if self.verifies else FLAG(0))

    def _house(self, name: str) -> bytes:
        return hashlib.sha256(name.encode()).digest()
