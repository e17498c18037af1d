"""The list of deliveries (O10)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reminders.models import Delivery, Reminder

pytestmark = pytest.mark.django_db
LIST = reverse("admin:reminders_delivery_changelist")


@pytest.fixture
def delivered(chat):
    now = timezone.now()
    reminder = Reminder.objects.create(
        chat=chat, number=4, text="a secret", timezone="Europe/Berlin", state="finished",
        start_local="2026-10-07T09:00:00",
    )  # fmt: skip
    for minutes, fields in enumerate(
        [
            {"state": "sent", "lateness": 120.0, "delivered_at": now},
            {"state": "sent", "lateness": 0.3, "delivered_at": now - timedelta(days=3)},
            {"state": "failed", "reason": "Forbidden: bot was blocked"},
        ]
    ):
        at = now - timedelta(minutes=minutes)
        Delivery.objects.create(reminder=reminder, due_at=at, planned_at=at, **fields)
    return reminder


def test_a_delivery_tells_how_late_it_was_and_leads_to_its_reminder(desk, delivered):
    page = desk.get(LIST).content.decode()
    for words in ("#4", "2 min late", "Forbidden: bot was blocked", "Anna Schmidt"):
        assert words in page, words
    assert "a secret" not in page
    row = Delivery.objects.first()
    answered = desk.get(reverse("admin:reminders_delivery_change", args=[row.pk]))
    assert answered["Location"].endswith(f"/reminder/{delivered.pk}/change/")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("late=late", 1),
        ("since=day", 1),
        ("state__exact=failed", 1),
        ("q=7", 3),
        ("q=8", 0),
    ],
)
def test_the_list_is_narrowed(desk, delivered, query, count):
    assert len(desk.get(f"{LIST}?{query}").context["cl"].result_list) == count
