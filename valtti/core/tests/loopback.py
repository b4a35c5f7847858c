"""Servers on loopback that behave well or badly, one connection after the other."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

type Behaviour = Callable[[socket.socket, bytes], None]


class Server:
    """Listens while the block lasts; `heard` are the requests' head lines and bodies as they came."""

    def __init__(
        self, behave: Behaviour, *, identity: ssl.SSLContext | None = None, address: str = "127.0.0.1"
    ) -> None:
        self.behave, self.identity, self.address = behave, identity, address
        self.heard: list[bytes] = []
        self.closing = threading.Event()

    def __enter__(self) -> Self:
        self.listening = socket.create_server((self.address, 0))
        self.port = self.listening.getsockname()[1]
        self.listening.settimeout(0.05)
        self.accepting = threading.Thread(target=self._listen, daemon=True)
        self.accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.accepting.join()
        self.listening.close()

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def _listen(self) -> None:
        while not self.closing.is_set():
            try:
                connected, _peer = self.listening.accept()
            except TimeoutError:
                continue
            threading.Thread(target=self._serve, args=(connected,), daemon=True).start()

    def _serve(self, connected: socket.socket) -> None:
        try:
            with connected, self._secured(connected) as talking:
                request = talking.recv(65536)
                self.heard.append(request)
                self.behave(talking, request)
        except OSError:
            return  # the other side had enough of us: that is what these tests are about

    def _secured(self, connected: socket.socket) -> socket.socket:
        return self.identity.wrap_socket(connected, server_side=True) if self.identity else connected


def answer(body: bytes = b"hello", status: str = "200 OK", **headers: str) -> Behaviour:
    """A plain answer with its length."""
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    if "Content_Length" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    whole = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    return lambda talking, _request: talking.sendall(whole)


def moved_to(url: str, status: str = "302 Found") -> Behaviour:
    """A redirect."""
    return answer(b"", status, Location=url)


def identity_of(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's certificate for one name, signed by itself, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{name}.pem"
    path.write_bytes(private + pem)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(path)
    return serving, ssl.create_default_context(cadata=pem.decode())
