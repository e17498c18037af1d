"""What every test shares: a data directory of its own, and the fixtures with real processes."""

import atexit
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

# Before Django reads its settings: no test may touch the developer's files, token or cluster.
_directory = tempfile.mkdtemp(prefix="bot-tests-")
atexit.register(shutil.rmtree, _directory, ignore_errors=True)
os.environ["DATA_DIR"] = _directory
for _name in ("TELEGRAM_BOT_TOKEN", "TEMPORAL_ADDRESS", "PUBLIC_URL", "ALLOWED_USERS"):
    os.environ[_name] = ""
# pytest's own `pythonpath` comes later than this file.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pytest  # noqa: E402
import pytest_asyncio  # noqa: E402

from bots.devserver import EmbeddedTemporal  # noqa: E402
from tests.acceptance.harness.fixtures import (  # noqa: E402, F401
    background,
    bot_api,
    cluster,
    databases,
    each_world,
    world,
    world_on,
)

pytest_plugins = ["tests.fault_rows"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full`: also the long forms of tests that have a short one. `--stored`: only what is kept in rows."""
    parser.addoption("--full", action="store_true", help="run the long forms of tests, too")
    parser.addoption("--stored", action="store_true", help="run only tests that use the database")


def pytest_configure(config: pytest.Config) -> None:
    """Hash passwords quickly in this process: a good hash costs a quarter of a second of each test's user."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# Unix seconds after which no test is begun: on a very slow machine a bounded run is better than none.
END = float(os.environ.get("TESTS_END", "inf"))
NO_TIME = "no time left on this machine"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin no test after the run's end."""
    if time.time() > END:
        pytest.skip(NO_TIME)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests to `--full`, and with `--stored` those that touch no row to other runs."""
    unwanted = [item for item in items if not config.getoption("--full") and _is_long(item)]
    if config.getoption("--stored"):
        unwanted += [item for item in items if not _uses_rows(item)]
    config.hook.pytest_deselected(items=unwanted)
    left = set(items) - set(unwanted)
    items[:] = [item for item in items if item in left]


def _is_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("chaos") is not None


def _uses_rows(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db"} & {*getattr(item, "fixturenames", ())}
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the long forms are wanted."""
    return bool(request.config.getoption("--full"))


@pytest_asyncio.fixture(scope="session")
async def embedded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedTemporal]:
    """One real Temporal server for every test that only needs some server."""
    async with EmbeddedTemporal(tmp_path_factory.mktemp("temporal") / "temporal.db") as temporal:
        yield temporal


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """End what threads have left open, so that PostgreSQL lets the test database go."""
    from django.db import connection  # the settings are read by now

    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


# Figures travel with the reports of their tests: those may have run in another process.
_figures: list[str] = []


@pytest.fixture
def note_figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Notes a measured figure; all of them are shown after the run."""
    return lambda line: request.node.user_properties.append(("figure", line))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the figures that a test's last report brings."""
    if report.when == "teardown":
        _figures.extend(line for name, line in report.user_properties if name == "figure")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what was measured, and what was left out."""
    skipped = terminalreporter.stats.get("skipped", [])
    late = [report.nodeid for report in skipped if NO_TIME in str(report.longrepr)]
    if late:
        terminalreporter.section(f"NOT RUN, for want of time: {len(late)} tests", red=True)
        for file, count in Counter(name.partition("::")[0] for name in late).items():
            terminalreporter.line(f"{file}: {count}")
    if _figures:
        terminalreporter.section("measured")
        for line in _figures:
            terminalreporter.line(line)
