"""Where the page is; the Bot API and the people's API are answered before Django (see asgi)."""

from django.urls import path

from bots.sandbox.views import page

urlpatterns = [path("sandbox/", page, name="sandbox")]
