import pytest_asyncio

from bots.devserver import EmbeddedTemporal


@pytest_asyncio.fixture(scope="session")
async def embedded(tmp_path_factory):
    """One real Temporal server for every test that only needs some server."""
    async with EmbeddedTemporal(tmp_path_factory.mktemp("temporal") / "temporal.db") as temporal:
        yield temporal
