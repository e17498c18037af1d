"""Run the sandbox alone: one uvicorn server that stops at once, even with long polls waiting."""

import asyncio
import os
import socket
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.asgi import get_asgi_application

from bots.sandbox import bridge
from bots.sandbox.asgi import mounted
from bots.sandbox.connections import DroppableProtocol
from bots.sandbox.delivery import deliver_webhooks, stop_delivering
from bots.sandbox.waiting import accept_again, release_all

# What a call may still take after the stop signal (seconds); late acceptances end there.
GRACE = 2


class Server(uvicorn.Server):
    """A server that answers its waiting polls when it is told to stop."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        release_all()


def application() -> Any:
    """Return the sandbox with its page and static files, without the product's middleware."""
    settings.SANDBOX = True
    settings.ROOT_URLCONF = "bots.sandbox.standalone_urls"
    settings.MIDDLEWARE = ["bots.sandbox.views.security_headers"]
    return mounted(ASGIStaticFilesHandler(get_asgi_application()))


async def serve(listener: socket.socket) -> None:
    """Serve until a signal comes."""
    accept_again()
    config = uvicorn.Config(
        application(),
        http=DroppableProtocol,
        lifespan="off",
        access_log=False,
        log_level=os.environ.get("LOG_LEVEL", "warning").lower(),
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=75,
    )
    await deliver_webhooks()
    try:
        await Server(config).serve(sockets=[listener])
    finally:
        await stop_delivering()
        await bridge.close()


def run(listener: socket.socket) -> None:
    """Serve in a loop of its own."""
    asyncio.run(serve(listener))
