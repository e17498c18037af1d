"""Server time of the admin's pages against the database of the settings, filled with `seed_demo`.

DATA_DIR=/tmp/many manage.py migrate
DATA_DIR=/tmp/many manage.py seed_demo --chats 20000 --messages 1000000 --reminders 100000
DATA_DIR=/tmp/many python -m tests.benchmarks.admin_pages [rounds]
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


def pages():
    busiest = Chat.objects.filter(bot__pk=7_000_000_001).order_by("pk").first().pk
    chat = f"/admin/conversations/chat/{busiest}"
    middle = Message.objects.filter(chat=busiest).order_by("pk")[500].pk
    return {
        "dashboard, chart kept": "/admin/",
        "dashboard, nothing kept": "/admin/",
        "conversations": "/admin/conversations/chat/",
        "conversations, unread": "/admin/conversations/chat/?unread=yes",
        "conversations, failed": "/admin/conversations/chat/?standing=failed",
        "conversations, page 400": "/admin/conversations/chat/?p=400",
        "conversations, search text": "/admin/conversations/chat/?q=travelling",
        "conversations, search rare": "/admin/conversations/chat/?q=nobodywrotethis",
        "transcript, newest": f"{chat}/change/",
        "transcript, in the middle": f"{chat}/change/?at={middle}",
        "transcript, refresh": f"{chat}/feed/",
        "messages": "/admin/conversations/message/",
        "messages, failed": "/admin/conversations/message/?outcome=failed&since=week",
        "messages, search rare": "/admin/conversations/message/?q=nobodywrotethis",
        "messages, page 2000": "/admin/conversations/message/?p=2000",
        "updates": "/admin/bots/update/",
        "updates, repeated": "/admin/bots/update/?fate=repeated&since=day",
        "follow-ups": "/admin/reminders/reminder/",
        "audit log": "/admin/conversations/auditentry/",
    }


def main(rounds):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.filter(is_superuser=True).first())
    print(f"{connection.vendor}, {rounds} rounds, milliseconds")
    print(f"{'page':30} {'p50':>7} {'p95':>7} {'max':>7} {'queries':>8}")
    for name, address in pages().items():
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
            f"{name:30} {statistics.median(took):7.0f} {p95:7.0f} {max(took):7.0f} {len(queries):8}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
