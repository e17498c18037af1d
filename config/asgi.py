"""The web application, for runbot's own server or any other ASGI server."""

import os
from typing import Any

from django.core.asgi import get_asgi_application
from django.core.signals import request_finished
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_django = get_asgi_application()


def _close_connections(**kwargs: Any) -> None:
    # Each request has a thread of its own here: a kept connection would only be forgotten, open.
    connections.close_all()


request_finished.connect(_close_connections, sender=type(_django))

from bots.sandbox.asgi import mounted  # noqa: E402  # its models need the apps, which are loaded now

application = mounted(_django)
