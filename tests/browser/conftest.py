"""The browser of the tests: the system's Chromium. None is downloaded."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# The driver keeps an event loop in this thread; the tests use the database beside it, never inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start VALTTI_CHROMIUM, or the `chromium` on the path."""
    program = shutil.which(os.environ.get("VALTTI_CHROMIUM") or "chromium")
    if program is None:
        pytest.skip("no Chromium was found: install Debian's package chromium, or name one in VALTTI_CHROMIUM")
    return browser_type_launch_args | {"executable_path": program, "args": list(FLAGS)}
