"""Which address leads where."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from bots.webhook import receive
from config.health import livez, readyz
from config.metrics import metrics
from reminders.calendars import serving

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("livez", livez),
    path("readyz", readyz),
    path("metrics", metrics),
    path("calendar/<slug:token>.ics", serving.show, name="feed"),
    path("webhook/<int:bot_id>", receive, name="webhook"),
]
if settings.SANDBOX:
    urlpatterns.append(path("", include("bots.sandbox.urls")))
else:
    urlpatterns.append(path("", RedirectView.as_view(url="/admin/")))
