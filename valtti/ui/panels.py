"""Panels: a higher room fills a place on a lower page by URL name; the page loads it with its own access check."""

from __future__ import annotations

from dataclasses import dataclass

from valtti.ui.links import Right, Words


@dataclass(frozen=True, slots=True)
class Panel:
    """What a room hung on a page. Its view answers a part whose id is `part`."""

    page: str
    url_name: str
    title: Words
    order: int = 100
    right: Right = None

    @property
    def part(self) -> str:
        """Name of the part, id of the element: the view's own name."""
        return self.url_name.rpartition(":")[2]


_hung: list[Panel] = []


def hang(page: str, url_name: str, title: Words, *, order: int = 100, right: Right = None) -> None:
    """Hang the view `url_name` on the page `page`, both names of URLs with the same arguments. Twice is once."""
    _hung[:] = [other for other in _hung if (other.page, other.url_name) != (page, url_name)]
    _hung.append(Panel(page, url_name, title, order, right))


def hung(page: str = "") -> list[Panel]:
    """Every panel of a page, or of all pages, in order."""
    return sorted((panel for panel in _hung if page in {"", panel.page}), key=lambda panel: panel.order)
