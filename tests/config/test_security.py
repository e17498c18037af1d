import pytest
from django.http import HttpResponse
from django.test import AsyncRequestFactory, RequestFactory

from config.security import SecurityHeaders


def policy(response) -> dict[str, str]:
    directives = response.headers["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


@pytest.mark.django_db
def test_the_admin_may_evaluate_its_own_scripts_and_nothing_from_elsewhere(client):
    found = policy(client.get("/admin/login/"))
    assert found["script-src"] == "'self' 'unsafe-eval'"
    assert found["style-src"] == "'self' 'unsafe-inline'"
    assert found["default-src"] == "'self'"
    assert found["object-src"] == found["frame-ancestors"] == "'none'"


def test_every_other_page_is_strict(client):
    found = policy(client.get("/nowhere/"))
    assert found == {
        "default-src": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "img-src": "'self' data: blob:",
    }


def test_a_path_that_only_looks_like_the_admin_is_strict():
    request = RequestFactory().get("/admin-like/")
    assert "unsafe" not in str(policy(SecurityHeaders(lambda _: HttpResponse())(request)))


def test_the_other_headers_are_there(client):
    headers = client.get("/nowhere/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


async def test_it_works_under_asgi_without_leaving_the_loop():
    async def view(request):
        return HttpResponse()

    response = await SecurityHeaders(view)(AsyncRequestFactory().get("/"))
    assert policy(response)["object-src"] == "'none'"


def test_a_page_may_set_a_policy_of_its_own():
    own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    response = SecurityHeaders(lambda _: own)(RequestFactory().get("/"))
    assert policy(response) == {"default-src": "'none'"}
