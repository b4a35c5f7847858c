"""The live connection breaks: when the page is back it is told all it missed, once the house can be reached again."""

from __future__ import annotations

import json
import socket
import time

from tests.abuse.house import HouseTestCase


class Page:
    """A browser's page that listens, as EventSource does."""

    def __init__(self, case: HouseTestCase, address: str) -> None:
        self.case, self.address = case, address
        self.last = ""
        self.heard: list[str] = []
        self.line: socket.socket | None = None
        self.text = b""

    def open(self) -> None:
        """Connect, with the last id it knows."""
        house = self.case.house
        self.line, self.text = house.connect(5), b""
        head = [f"GET {self.address} HTTP/1.1", f"Host: 127.0.0.1:{house.port}"]
        head += [f"Last-Event-ID: {self.last}"] if self.last else []
        self.line.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
        house.until(self.has_begun, "the stream has begun")

    def has_begun(self) -> bool:
        self.read(0.05)
        return b"event: hello" in self.text or b"event: reset" in self.text

    def drop(self) -> None:
        assert self.line is not None
        self.line.close()

    def is_cut(self) -> bool:
        """The other side has gone."""
        assert self.line is not None
        self.line.settimeout(0.05)
        try:
            return self.line.recv(65536) == b""
        except TimeoutError:
            return False
        except OSError:
            return True

    def has_ended(self) -> bool:
        """The last chunk has come: the server ended the stream itself."""
        self.read(0.05)
        return self.text.endswith(b"0\r\n\r\n")

    def read(self, seconds: float) -> list[str]:
        """What has arrived meanwhile; all subjects heard since the beginning."""
        assert self.line is not None
        self.line.settimeout(seconds)
        try:
            while part := self.line.recv(65536):
                self.text += part
        except TimeoutError:
            pass
        self.take()
        return self.heard

    def take(self) -> None:
        """Whole events out of the text."""
        *events, self.text = self.text.rsplit(b"\n\n", 1) if b"\n\n" in self.text else (self.text,)
        for line in b"\n".join(events).decode(errors="replace").splitlines():
            if line.startswith("id: "):
                self.last = line[4:]
            if line.startswith("data: {"):
                self.heard.append(json.loads(line[6:])["subject"])
        if any(b"event: hello" in event for event in events):
            self.text = b"event: hello" + self.text


class LiveDropTests(HouseTestCase):
    def page(self, *topics: str, login: int = 0) -> Page:
        page = Page(self, f"/live/?ticket={self.house.ticket(*topics, login=login)}")
        page.open()
        self.addCleanup(page.drop)
        return page

    def hears(self, page: Page, *subjects: str) -> float:
        return self.house.until(lambda: page.read(0.05)[-len(subjects) :] == list(subjects), f"{subjects} is heard", 8)

    def test_a_hint_arrives_within_half_a_second(self) -> None:
        page = self.page("team:31")

        self.house.tell(1, team=31)

        self.assertLess(self.hears(page, "team:31", "case:1"), 0.5)

    def test_what_was_told_while_the_line_was_down_is_told_again(self) -> None:
        page = self.page("case:7")
        page.drop()
        for case in (7, 8, 7):
            self.house.tell(case)

        page.open()

        self.hears(page, "case:7", "case:7")

    def test_a_killed_web_process_costs_the_page_nothing(self) -> None:
        page = self.page("case:9")
        for process in self.house.processes("web"):
            self.house.kill(process)
        self.house.until(page.is_cut, "the line breaks")
        self.house.tell(9)
        self.house.until(self.house.answers, "pages answer again")

        page.open()

        self.hears(page, "case:9")

    def test_a_page_that_changes_its_process_misses_nothing(self) -> None:
        """Ids are places in the log, so they mean the same to every process."""
        page = self.page("case:11")
        for round_number in range(5):
            page.drop()
            self.house.tell(11)
            page.open()
            self.house.until(lambda: len(page.read(0.05)) == round_number + 1, "each hint once")  # noqa: B023

    def test_the_end_of_a_login_closes_its_streams_within_a_second(self) -> None:
        page, other = self.page("case:12", login=501), self.page("case:12", login=502)

        began = time.monotonic()
        self.house.tell(0, kind="session.ended", session_id=501)
        self.house.until(page.has_ended, "the stream ends")

        self.assertLess(time.monotonic() - began, 1.0)
        self.house.tell(12)
        self.hears(other, "case:12")
