"""Pages for what the desk refuses: each says why, and whether anything was done."""

from typing import Any

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import bad_request

DESK = "/admin/"


class Refusals(MiddlewareMixin):
    """Says it in words where Django would answer with an empty page or an error of our own."""

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer 400 where an address of the desk asks for what no column can hold.

        SQLite refuses numbers beyond 64 bits with OverflowError, PostgreSQL a NUL with DataError.
        """
        reading = request.method == "GET" and request.path.startswith(DESK)
        if reading and isinstance(exception, (OverflowError, DataError)):
            return bad_request(request, exception)
        return None

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Explain an address that takes forms only; signing in anew leads to it."""
        asked = request.method == "GET" and request.path.startswith(DESK)
        if asked and response.status_code == 405 and isinstance(response, HttpResponse):
            response.content = render(request, "405.html").content
        return response


def locked_out(
    request: HttpRequest, original: HttpResponseBase | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Say that too many wrong passwords came, and for how long no other is taken."""
    context = {
        "username": (credentials or {}).get("username", ""),
        "minutes": round(settings.AXES_COOLOFF_TIME.total_seconds() / 60),
    }
    return render(request, "locked_out.html", context, status=settings.AXES_HTTP_RESPONSE_CODE)
