"""A client of Temporal: where its settings, its encryption and its log lines come together."""

import asyncio
import functools
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)
from temporalio.service import TLSConfig

from bots.codec import EncryptingCodec, configured_keys

# One attempt to reach the server; a frozen one would hold a default call for 30 s.
ATTEMPT_SECONDS = 5.0


async def connect_once(host: str) -> Client:
    """Return a client of a healthy server, or raise within 5 s what is wrong."""
    async with asyncio.timeout(ATTEMPT_SECONDS):
        client = await open_client(host, lazy=False)
        await check(client)
        return client


async def check(client: Client) -> None:
    """Ask for our namespace, as a starting worker does; raises what is wrong."""
    await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=client.namespace),
        timeout=timedelta(seconds=ATTEMPT_SECONDS),
    )


def data_converter() -> DataConverter:
    """Return the converter that encrypts payloads, and the texts of failures too."""
    return replace(
        DataConverter.default,
        payload_codec=EncryptingCodec(configured_keys()),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


@functools.cache
def runtime() -> Runtime:
    """Return the process's one SDK core: its log lines go through Python's logging."""
    metrics = settings.TEMPORAL_METRICS_BIND
    return Runtime(
        telemetry=TelemetryConfig(
            # Fields may quote failures, so only the message is kept.
            logging=LoggingConfig(
                filter=TelemetryFilter(core_level="WARN", other_level="ERROR"),
                forwarding=LogForwardingConfig(
                    logger=logging.getLogger("temporalio.core"),
                    append_target_to_name=False,
                    prepend_target_on_message=False,
                    append_log_fields_to_message=False,
                ),
            ),
            metrics=PrometheusConfig(bind_address=metrics) if metrics else None,
        )
    )


async def open_client(host: str, *, lazy: bool) -> Client:
    """Return a client by the settings; with `lazy` it connects with its first call."""
    # The embedded server speaks plainly, and a key belongs to the cluster it was made for.
    configured = host == settings.TEMPORAL_ADDRESS
    return await Client.connect(
        host,
        namespace=settings.TEMPORAL_NAMESPACE,
        api_key=(configured and settings.TEMPORAL_API_KEY) or None,
        tls=_tls() if configured else None,
        data_converter=data_converter(),
        runtime=runtime(),
        lazy=lazy,
    )


def _tls() -> TLSConfig | bool | None:
    if not (settings.TEMPORAL_TLS_CERT or settings.TEMPORAL_TLS_KEY or settings.TEMPORAL_TLS_CA):
        return True if settings.TEMPORAL_API_KEY else None
    return TLSConfig(
        client_cert=_pem("TEMPORAL_TLS_CERT"),
        client_private_key=_pem("TEMPORAL_TLS_KEY"),
        server_root_ca_cert=_pem("TEMPORAL_TLS_CA"),
    )


def _pem(name: str) -> bytes | None:
    path = getattr(settings, name)
    if not path:
        return None
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}={path}: {error.strerror}. Set it to a PEM file."
        ) from None
