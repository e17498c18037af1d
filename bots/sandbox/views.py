"""The page itself; everything on it comes from the people's API."""

from collections.abc import Awaitable, Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import async_only_middleware
from django.views.decorators.cache import never_cache

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


@never_cache
async def page(request: HttpRequest) -> HttpResponse:
    """Show the chat page while the sandbox is on."""
    if not getattr(settings, "SANDBOX", False):
        raise Http404
    response = render(request, "sandbox/page.html")
    response["Content-Security-Policy"] = POLICY
    return response


@async_only_middleware
def security_headers(
    get_response: Callable[[HttpRequest], Awaitable[HttpResponse]],
) -> Callable[[HttpRequest], Awaitable[HttpResponse]]:
    """Add the headers the product's middleware would add, for the sandbox on its own."""

    async def middleware(request: HttpRequest) -> HttpResponse:
        response = await get_response(request)
        response["X-Content-Type-Options"] = "nosniff"
        response["X-Frame-Options"] = "DENY"
        response["Referrer-Policy"] = "same-origin"
        return response

    return middleware
