"""The fixtures of every test with real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.harness.background import Background
from tests.acceptance.harness.botapi import BotApi
from tests.acceptance.harness.cluster import Cluster
from tests.acceptance.harness.database import Databases
from tests.acceptance.harness.world import World


@pytest.fixture(scope="session")
def background() -> Iterator[Background]:
    """The loop in which proxies and Temporal clients live."""
    running = Background()
    yield running
    running.close()


@pytest.fixture(scope="session")
def bot_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    """One Bot API server for all tests: each has a bot of its own in it."""
    server = BotApi(tmp_path_factory.mktemp("botapi"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes a database for each test."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture
def world_on(
    background: Background, bot_api: BotApi, databases: Databases, tmp_path: Path
) -> Iterator[object]:
    """Returns a function that makes this test's world on a kind of database."""
    made: list[World] = []

    def make(kind: str) -> World:
        made.append(World(background, bot_api, databases.create(kind, tmp_path), tmp_path))
        return made[-1]

    yield make
    for world in made:
        world.close()
        databases.drop(world.database)


@pytest.fixture
def world(world_on) -> World:
    """A world on SQLite, the default database."""
    return world_on("sqlite")


@pytest.fixture(params=["sqlite", "postgresql"])
def each_world(request, world_on) -> World:
    """A world on each database: for the central promises."""
    return world_on(request.param)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A Temporal server no bot owns, not yet started."""
    made = Cluster(tmp_path)
    yield made
    made.kill()
