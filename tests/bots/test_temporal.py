import asyncio
import logging
import socket
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from temporalio import activity
from temporalio.service import RPCError, RPCStatusCode

from bots import client as client_module
from bots.client import open_client
from bots.serverprocess import ServerProcess
from bots.temporal import ConnectInterruptedError, address, build_worker, connect, explain
from tests.bots.sample_contracts import Shouting
from tests.bots.sample_workflows import Shout
from tests.machine import within

TEXT = "call the dentist"


@pytest.fixture
def nobody() -> str:
    """An address at which nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{sock.getsockname()[1]}"


@activity.defn
def shout(shouting: Shouting) -> Shouting:
    return replace(shouting, text=shouting.text.upper())


@pytest.mark.acceptance
@pytest.mark.django_db(transaction=True)
async def test_a_worker_answers_and_no_text_lies_readable_in_the_history(embedded, settings):
    settings.TEMPORAL_TASK_QUEUE = queue = f"q-{uuid.uuid4()}"
    client = await connect(target=embedded.address)
    words = Shouting(TEXT, datetime(2026, 11, 23, tzinfo=UTC))
    contracts = ["tests.bots.sample_contracts"]
    async with build_worker(client, [Shout], [shout], passed_through=contracts):
        handle = await client.start_workflow(Shout.run, words, id=queue, task_queue=queue)
        assert await handle.result() == replace(words, text=TEXT.upper())
    history = (await handle.fetch_history()).to_json()
    assert "dentist" not in history
    assert "YmluYXJ5L2VuY3J5cHRlZA==" in history, "binary/encrypted"


@pytest.mark.acceptance
async def test_connecting_waits_until_the_server_is_there(embedded, nobody, monkeypatch):
    asked = []

    def moving_address() -> str:
        asked.append(1)
        return nobody if len(asked) < 3 else embedded.address

    monkeypatch.setattr("bots.temporal.address", moving_address)
    client = await connect()
    assert client.service_client.config.target_host == embedded.address
    assert len(asked) == 3


async def test_a_stop_ends_the_wait_for_an_absent_server_at_once(nobody):
    stop = asyncio.Event()
    waiting = asyncio.create_task(connect(stop, target=nobody))
    asyncio.get_running_loop().call_later(0.3, stop.set)
    began = time.monotonic()
    with pytest.raises(ConnectInterruptedError):
        await waiting
    assert time.monotonic() - began < within(2)


async def test_an_outage_at_the_start_is_said_once_in_a_while(nobody, monkeypatch, caplog):
    monkeypatch.setattr("bots.temporal.LONGEST_PAUSE", 0.01)
    stop = asyncio.Event()
    caplog.set_level(logging.WARNING)
    waiting = asyncio.create_task(connect(stop, target=nobody))
    async with asyncio.timeout(within(10)):
        while not caplog.records:
            await asyncio.sleep(0.01)
    stop.set()
    with pytest.raises(ConnectInterruptedError):
        await waiting
    assert caplog.records[0].address == nobody
    assert caplog.records[0].attempt == 5


async def test_a_lazy_client_needs_no_server(nobody):
    client = await connect(target=nobody, lazy=True)
    assert client.namespace == "default"


@pytest.mark.acceptance
async def test_a_missing_namespace_is_named(embedded, settings, monkeypatch):
    settings.TEMPORAL_NAMESPACE = "nowhere"
    with pytest.raises(RPCError) as caught:
        await client_module.connect_once(embedded.address)
    assert explain(caught.value) == (
        "there is no namespace 'nowhere': create it or set TEMPORAL_NAMESPACE"
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TimeoutError(), "no answer within 5 s"),
        (RuntimeError("first\nsecond"), "first"),
        (RuntimeError(), "RuntimeError"),
        (RPCError("no", RPCStatusCode.UNAUTHENTICATED, b""), "TEMPORAL_API_KEY"),
        (RPCError("no", RPCStatusCode.PERMISSION_DENIED, b""), "TEMPORAL_TLS_CERT"),
    ],
)
def test_a_failed_connection_is_explained_in_one_line(error, said):
    assert said in explain(error)
    assert "\n" not in explain(error)


def test_the_configured_cluster_comes_before_the_embedded_server(settings, tmp_path):
    settings.TEMPORAL_DATABASE = tmp_path / "temporal.db"
    assert address() == ""
    lock = tmp_path / "temporal.db.lock"
    lock.write_text('{"port": 4711, "ui_port": 4712, "pid": 1}')
    assert address() == "127.0.0.1:4711"
    assert ServerProcess(settings.TEMPORAL_DATABASE).ui_url == "http://127.0.0.1:4712"
    lock.write_text('{"port": 47')
    assert address() == "", "a note that is being written is not read"
    settings.TEMPORAL_ADDRESS = "cluster:7233"
    assert address() == "cluster:7233"


@pytest.fixture
def cloud(settings, tmp_path):
    settings.TEMPORAL_ADDRESS = "cluster.invalid:7233"
    return settings


async def test_an_api_key_turns_on_tls_and_goes_to_its_cluster_only(cloud):
    cloud.TEMPORAL_API_KEY = "secret-key"
    config = (await open_client("cluster.invalid:7233", lazy=True)).service_client.config
    assert (config.api_key, config.tls) == ("secret-key", True)
    config = (await open_client("127.0.0.1:1", lazy=True)).service_client.config
    assert (config.api_key, config.tls) == (None, None)


async def test_certificates_are_read_from_their_files(cloud, tmp_path):
    for name in ("CERT", "KEY", "CA"):
        (tmp_path / name).write_text(name)
        setattr(cloud, f"TEMPORAL_TLS_{name}", str(tmp_path / name))
    tls = client_module._tls()
    assert (tls.client_cert, tls.client_private_key) == (b"CERT", b"KEY")
    assert tls.server_root_ca_cert == b"CA"


async def test_a_missing_certificate_names_its_variable(cloud, tmp_path):
    cloud.TEMPORAL_TLS_CA = str(tmp_path / "missing.pem")
    with pytest.raises(ImproperlyConfigured, match=r"TEMPORAL_TLS_CA=.*No such file"):
        await connect()
