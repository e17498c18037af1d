"""What a browser may do with our pages and ask of them: nothing that a page of ours does not need."""

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

STRICT = (
    "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; "
    "form-action 'self'; img-src 'self' data: blob:"
)
# The admin's theme evaluates its attributes (Alpine.js) and sets styles in elements.
ADMIN = f"{STRICT}; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'"
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"

Answer = HttpResponseBase | Awaitable[HttpResponseBase]


class SecurityHeaders:
    """Adds the content security policy and the permissions policy, under ASGI and WSGI alike."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseBase):
            return _with_headers(request, answer)
        return self._later(request, answer)

    async def _later(
        self, request: HttpRequest, answer: Awaitable[HttpResponseBase]
    ) -> HttpResponseBase:
        return _with_headers(request, await answer)


def _with_headers(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    policy = ADMIN if request.path.startswith("/admin/") else STRICT
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    return response
