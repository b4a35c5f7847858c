"""Pages over ASGI: the body is collected first, then Django's own WSGI handler runs in a pool of threads."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any
from urllib.parse import unquote_to_bytes
from wsgiref.util import FileWrapper

from valtti.project import bodies, door

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]
type Handler = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_log = logging.getLogger("valtti.pages")
RETRY_AFTER_SECONDS = 5
MOST_WAITING = 400
AT_ONCE = 1024 * 1024
CHUNK = 256 * 1024
SLOW_READER_SECONDS = 30


@dataclass(slots=True)
class Answer:
    """What Django answered: status, headers, and the body whole, or a file still to be read, or sent already."""

    status: int = 500
    headers: list[door.Header] = field(default_factory=list)
    body: bytes = b""
    file: FileWrapper | None = None
    sent: bool = False

    def start(self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> None:
        """WSGI's `start_response`."""
        self.status = int(status[:3])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]

    @property
    def length(self) -> int:
        """How long the body says it is."""
        return door.content_length(self.headers) or 0


class PagesApp:
    """The site. `threads` pages are worked on at one time; a few hundred may wait, more are told to come again."""

    def __init__(self, handler: Handler, threads: int, trusted: list[door.Network]) -> None:
        self.handler, self.trusted = handler, trusted
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.slots = bodies.Slots()
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: bodies.Receive, send: Send) -> None:
        refusal = door.refusal(scope["method"], scope["http_version"], scope["headers"])
        if refusal is not None:
            await refuse(send, refusal.status)
            return
        caller = door.caller((scope["client"] or ("",))[0], scope["headers"], self.trusted)
        try:
            body, size = await self._body(scope, receive, caller)
        except bodies.NotReceived as missing:
            await refuse(send, missing.refusal.status)
        except bodies.Gone:
            return
        else:
            with body:
                await self._answer(environ_of(scope, caller, body, size), send)

    async def _body(self, scope: Scope, receive: bodies.Receive, caller: door.Caller) -> tuple[IO[bytes], int]:
        if not door.has_body(scope["headers"]):
            return BytesIO(), 0
        async with self.slots.one(caller.address):
            return await bodies.collect(receive, door.content_length(scope["headers"]))

    async def _answer(self, environ: dict[str, Any], send: Send) -> None:
        if self._waiting >= MOST_WAITING:
            await refuse(send, HTTPStatus.SERVICE_UNAVAILABLE)
            return
        loop = asyncio.get_running_loop()
        say = partial(_from_thread, send, loop)
        self._waiting += 1
        try:
            answer = await loop.run_in_executor(self.pool, self._run, environ, say)
        except Exception:
            _log.exception("a page broke")
            answer = Answer()
        finally:
            self._waiting -= 1
        if not answer.sent:
            await _send(answer, send)

    def _run(self, environ: dict[str, Any], say: Callable[[Message], None]) -> Answer:
        """In a thread: ask Django. What it makes piece by piece is sent from here, a large file from outside."""
        answer = Answer()
        result = self.handler(environ, answer.start)
        if isinstance(result, FileWrapper) and answer.length > AT_ONCE:
            answer.file = result
            return answer
        try:
            if getattr(result, "streaming", False):
                _stream(answer, result, say)
            else:
                answer.body = b"".join(result)
        finally:
            if close := getattr(result, "close", None):
                close()
        return answer


def environ_of(scope: Scope, caller: door.Caller, body: IO[bytes], size: int) -> dict[str, Any]:
    """The request as WSGI says it. Nothing of the process's own environment is in it."""
    host, port = scope["server"] or ("", 0)
    path = bytes(scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0]
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": bytes(scope["query_string"]).decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": caller.address,
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if caller.is_secure or scope["scheme"] == "https" else "http",
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
        "valtti.request_id": caller.request_id,
    }
    return environ | header_fields(scope["headers"])


def header_fields(headers: Iterable[door.Header]) -> dict[str, str]:
    """Headers as WSGI names them. A name with an underscore would pass for one with a hyphen, so it is dropped."""
    fields: dict[str, str] = {}
    for raw, value in headers:
        name = raw.decode("latin-1").upper()
        if "_" in name or name == "CONTENT-LENGTH":
            continue
        key = "CONTENT_TYPE" if name == "CONTENT-TYPE" else f"HTTP_{name.replace('-', '_')}"
        text, joint = value.decode("latin-1"), "; " if name == "COOKIE" else ","
        fields[key] = f"{fields[key]}{joint}{text}" if key in fields else text
    return fields


async def refuse(send: Send, status: HTTPStatus) -> None:
    """A status in plain words, before any page was asked."""
    text = f"{status.value} {status.phrase}\n".encode()
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(text)).encode())]
    headers += [(b"connection", b"close"), (b"x-content-type-options", b"nosniff")]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", str(RETRY_AFTER_SECONDS).encode()))
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": text})


async def _send(answer: Answer, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    if answer.file is not None:
        await _send_file(answer.file, send)
    await send({"type": "http.response.body", "body": answer.body})


async def _send_file(file: FileWrapper, send: Send) -> None:
    try:
        while chunk := await asyncio.to_thread(file.filelike.read, CHUNK):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    finally:
        await asyncio.to_thread(file.close)


def _stream(answer: Answer, pieces: Iterable[bytes], say: Callable[[Message], None]) -> None:
    answer.sent = True
    say({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    for piece in pieces:
        say({"type": "http.response.body", "body": piece, "more_body": True})
    say({"type": "http.response.body", "body": b""})


def _from_thread(send: Send, loop: asyncio.AbstractEventLoop, message: Message) -> None:
    asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result(SLOW_READER_SECONDS)


async def _sent(send: Send, message: Message) -> None:
    await send(message)
