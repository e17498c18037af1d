"""Server time of the admin's pages against the database of the settings, filled with `seed_demo`.

DATA_DIR=/tmp/many manage.py migrate
DATA_DIR=/tmp/many manage.py seed_demo --chats 20000 --messages 1000000 --reminders 100000
DATA_DIR=/tmp/many python -m tests.benchmarks.admin_pages [rounds [words of the page's name]]
"""

import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from conversations.models import Chat, Message  # noqa: E402
from reminders.models import Reminder  # noqa: E402


def pages():
    """Return the pages by name: every list, search, filter and transcript, and the dashboard."""
    busiest = Chat.objects.filter(bot__pk=7_000_000_001).order_by("pk").first().pk
    transcript = f"/admin/conversations/chat/{busiest}"
    middle = Message.objects.filter(chat=busiest).order_by("pk")[500].pk
    reminder = Reminder.objects.exclude(rules=[]).order_by("pk").first().pk
    return {
        "dashboard": "/admin/",
        "dashboard, nothing kept": "/admin/",
        **of_list("conversations", "/admin/conversations/chat/", CHATS),
        "transcript, newest": f"{transcript}/change/",
        "transcript, in the middle": f"{transcript}/change/?at={middle}",
        "transcript, refresh": f"{transcript}/feed/",
        "transcript, details": f"{transcript}/details/",
        "transcript, follow-ups": f"{transcript}/panel/planned/",
        **of_list("messages", "/admin/conversations/message/", MESSAGES),
        **of_list("updates", "/admin/bots/update/", UPDATES),
        **of_list("follow-ups", "/admin/reminders/reminder/", FOLLOW_UPS),
        "follow-up": f"/admin/reminders/reminder/{reminder}/change/",
        "calendar": "/admin/reminders/reminder/calendar/",
        **of_list("deliveries", "/admin/reminders/delivery/", DELIVERIES),
        "orders": "/admin/reminders/command/",
        "broadcasts": "/admin/reminders/broadcast/",
        "audit log": "/admin/conversations/auditentry/",
    }


def of_list(name, address, queries):
    """Return a list's address alone and with each query."""
    return {
        f"{name}, {query.replace('+', ' ')}" if query else name: f"{address}?{query}".rstrip("?")
        for query in ("", *queries)
    }


CHATS = (
    "unread=yes", "standing=failed", "standing=open", "standing=blocked", "assigned=nobody",
    "label=1", "kind=groups", "active=day", "p=400", "q=travelling", "q=nobodywrotethis",
    "q=anna+milk", "q=person12345", "q=state:failed", "o=1",
)  # fmt: skip
MESSAGES = (
    "outcome=failed&since=week", "outcome=trouble", "outcome=waiting", "way=in", "since=day",
    "source=reminders", "source=operators", "q=travelling", "q=nobodywrotethis",
    "q=state:failed", "q=chat:person12345+bank", "p=2000",
)  # fmt: skip
UPDATES = (
    "fate=waiting", "fate=repeated&since=day", "fate=trouble", "fate=poison", "since=hour",
    "kind=message", "kind=poll", "q=800000100", "p=2000",
)  # fmt: skip
FOLLOW_UPS = (
    "show=waiting", "show=soon", "show=overdue", "show=failed", "show=unknown", "show=nagging",
    "show=paused", "show=blocked", "show=drifted", "show=all", "state__exact=finished",
    "origin__exact=operator", "series=again", "series=unless", "due=2026", "p=100",
    "q=bank", "q=nobodywrotethis", "q=state:failed", "q=due:<1h", "q=error:timeout",
    "q=chat:person12345", "o=1",
)  # fmt: skip
DELIVERIES = ("state__exact=failed", "state__exact=unknown", "since=day", "late=late", "p=400")


def main(rounds, only=""):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.filter(is_superuser=True).first())
    print(f"{connection.vendor}, {rounds} rounds, milliseconds")
    print(f"{'page':42} {'p50':>7} {'p95':>7} {'max':>7} {'queries':>8}")
    for name, address in pages().items():
        if only not in name:
            continue
        took = []
        client.get(address)
        for _ in range(rounds):
            if name.endswith("nothing kept"):
                cache.clear()
            began = time.perf_counter()
            answered = client.get(address)
            took.append((time.perf_counter() - began) * 1000)
            assert answered.status_code == 200, (address, answered.status_code)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        p95 = statistics.quantiles(took, n=20, method="inclusive")[18]
        print(
            f"{name:42} {statistics.median(took):7.0f} {p95:7.0f} {max(took):7.0f} {len(queries):8}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, *sys.argv[2:3])
