"""Counters of this process, and the text of /metrics. Labels come from fixed lists, never from what people typed."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterable, Mapping

EDGES = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Upper edges of the latency histogram in seconds."""

_lock = threading.Lock()
_counts: dict[str, float] = {}

MEANING = {
    "valtti_requests_total": "Requests answered, by route and class of status.",
    "valtti_request_seconds_bucket": "Requests answered within so many seconds.",
    "valtti_request_seconds_sum": "Seconds spent answering requests.",
    "valtti_request_seconds_count": "Requests answered.",
    "valtti_tasks_run_total": "Tasks run, by queue and outcome.",
    "valtti_tasks_dead": "Tasks given up.",
    "valtti_tasks_waiting": "Tasks not done yet, by queue.",
    "valtti_tasks_late_seconds": "For how long the oldest due task has been waiting.",
    "valtti_post_waiting": "Post that may still leave, by channel.",
    "valtti_post_not_left": "Post that has not left for ten minutes.",
    "valtti_sources_paused": "Mailboxes that cannot send.",
    "valtti_processes": "Processes that give signs of life, by kind.",
    "valtti_disk_free_megabytes": "Room left where the data lies.",
    "valtti_streams_total": "Live streams opened.",
    "valtti_hints_total": "Hints sent to browsers.",
    "valtti_bodies_refused_total": "Request bodies refused unread because too many were being received.",
}


def count(name: str, by: float = 1, **labels: str) -> None:
    """Add to one counter of this process."""
    key = named(name, labels)
    with _lock:
        _counts[key] = _counts.get(key, 0) + by


def request_answered(route: str, status: int, seconds: float) -> None:
    """One request, for the counters and the histogram."""
    count("valtti_requests_total", route=route, status=f"{status // 100}xx")
    for edge in EDGES[bisect_left(EDGES, seconds) :]:
        count("valtti_request_seconds_bucket", le=f"{edge:g}")
    count("valtti_request_seconds_bucket", le="+Inf")
    count("valtti_request_seconds_sum", seconds)
    count("valtti_request_seconds_count")


def counted() -> dict[str, float]:
    """What this process has counted so far."""
    with _lock:
        return dict(_counts)


def added(counts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Several processes' counters together."""
    total: dict[str, float] = {}
    for one in counts:
        for key, value in one.items():
            total[key] = total.get(key, 0) + value
    return total


def named(name: str, labels: Mapping[str, str]) -> str:
    """`name{label="value"}` as Prometheus reads it."""
    inside = ",".join(f'{label}="{_escaped(value)}"' for label, value in sorted(labels.items()))
    return f"{name}{{{inside}}}" if inside else name


def text(counters: Mapping[str, float], gauges: Mapping[str, float]) -> str:
    """Prometheus' text format."""
    lines: list[str] = []
    for kind, values in (("counter", counters), ("gauge", gauges)):
        before = ""
        for key in sorted(values):
            name = key.partition("{")[0]
            if name != before:
                lines += [f"# HELP {name} {MEANING.get(name, name)}", f"# TYPE {name} {_type(name, kind)}"]
                before = name
            lines.append(f"{key} {values[key]:g}")
    return "\n".join([*lines, ""])


def _type(name: str, kind: str) -> str:
    return "untyped" if name.startswith("valtti_request_seconds") else kind


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
