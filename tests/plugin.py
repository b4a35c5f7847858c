"""Loaded by every test run, before the settings are read: data in a temporary folder, the database, the write guard."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Generator

import pytest

OF_THE_TESTS = {"VALTTI_TEST_PG", "VALTTI_PG_BIN", "VALTTI_TEST_DATABASE", "VALTTI_CHROMIUM", "VALTTI_REQUIRE"}
GIVEN_DATABASE = "VALTTI_TEST_PG"
STARTED_HERE = "PYTEST_STARTED_POSTGRESQL"

_to_undo: list[Callable[[], None]] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """A run depends on nothing in the environment but what is meant for tests."""
    for name in [name for name in os.environ if name.startswith("VALTTI_") and name not in OF_THE_TESTS]:
        del os.environ[name]
    os.environ["VALTTI_DATA"] = data = tempfile.mkdtemp(prefix="valtti-test-")
    _to_undo.append(lambda: shutil.rmtree(data, ignore_errors=True))
    if os.environ.get("VALTTI_TEST_DATABASE") == "postgresql":
        os.environ["VALTTI_DATABASE"] = os.environ[GIVEN_DATABASE] = _postgresql()
    return (yield)


def _postgresql() -> str:
    """The given server's address, or that of one started here.

    Parallel workers start one each: the commit-ordered cursor waits for every open transaction of a server.
    """
    given = os.environ.get(GIVEN_DATABASE)
    if given and not (os.environ.get("PYTEST_XDIST_WORKER") and os.environ.get(STARTED_HERE)):
        return given
    from tests import postgres

    binaries = postgres.find_binaries()
    if binaries is None:
        raise pytest.UsageError("No PostgreSQL was found: name one in VALTTI_TEST_PG or VALTTI_PG_BIN.")
    server = postgres.Server(binaries)
    _to_undo.append(server.stop)
    server.start()
    os.environ[STARTED_HERE] = "1"
    return server.url


def pytest_configure(config: pytest.Config) -> None:
    """Tests run the same way twice; writes are watched."""
    from hypothesis import settings

    from valtti.core import testing_guard

    settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
    settings.load_profile("house")
    testing_guard.watch()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    while _to_undo:
        _to_undo.pop()()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where the browser is required, a browser test that could not run has failed."""
    report = yield
    required = "browser" in os.environ.get("VALTTI_REQUIRE", "").split(",")
    if required and report.skipped and "/tests/browser/" in item.path.as_posix():
        report.outcome = "failed"
    return report
