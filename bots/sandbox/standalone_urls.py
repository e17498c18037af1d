"""The addresses of a sandbox on its own: the page, and the way to it."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="sandbox")),
    path("", include("bots.sandbox.urls")),
]
