"""Style sheets and scripts, served by the application itself under ASGI."""

import contextlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

PIECE = 1 << 16


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc] # it has no types
    """Answers with whole files: open ones Django cannot stream under ASGI without a warning."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """Return the file, or that the browser's copy is still good."""
        found: Any = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:
            # In pieces, because the file of a range request reads no other way.
            with contextlib.closing(found.file) as file:
                body = b"".join(iter(lambda: file.read(PIECE), b""))
        response = HttpResponse(body, status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response
