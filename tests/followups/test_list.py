"""The list answers the operators' questions, quickly however long it grows (O7, O10)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conversations.models import Chat
from reminders.desk.days import period
from reminders.desk.questions import QUESTIONS, count
from reminders.desk.search import search
from reminders.models import Delivery, Reminder
from tests.followups.conftest import at, make_chat, make_delivery, make_reminder

pytestmark = pytest.mark.django_db
LIST = "/admin/reminders/reminder/"


def ago(**span):
    return timezone.now() - timedelta(**span)


def ahead(**span):
    return timezone.now() + timedelta(**span)


@pytest.fixture
def one_of_each(bot, chat):
    """One reminder for each question, by its name."""
    gone = make_chat(bot, 8, "Gone", state=Chat.State.BLOCKED)
    rows = {
        "plain": make_reminder(chat, text="plain words", due=ahead(days=2)),
        "soon": make_reminder(chat, due=ahead(minutes=20)),
        "overdue": make_reminder(chat, due=ago(minutes=5)),
        "failed": make_reminder(chat, state="failed", fire_at=None),
        "unknown": make_reminder(chat, state="finished", fire_at=None),
        "nagging": make_reminder(
            chat, due=ago(hours=1), fire_at=ahead(hours=3), fire_kind="nag", nag_count=2
        ),
        "paused": make_reminder(chat, state="paused", due=ahead(days=3)),
        "blocked": make_reminder(gone, due=ahead(days=4)),
        "drifted": make_reminder(chat, due=ahead(days=5), revision=3),
    }
    Reminder.objects.update(updated_at=ago(minutes=1))
    make_delivery(rows["failed"], Delivery.State.FAILED, reason="Forbidden: bot was blocked")
    make_delivery(rows["unknown"], Delivery.State.UNKNOWN, reason="the answer was lost")
    make_delivery(rows["plain"], Delivery.State.FAILED, at=ago(days=2))
    make_delivery(rows["plain"], Delivery.State.SENT, at=ago(days=1))
    return rows


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("soon", {"soon"}),
        ("overdue", {"overdue"}),
        ("failed", {"failed"}),
        ("unknown", {"unknown"}),
        ("nagging", {"nagging"}),
        ("paused", {"paused"}),
        ("blocked", {"blocked"}),
        ("drifted", {"drifted", "overdue"}),
        (
            "waiting",
            {"plain", "soon", "overdue", "nagging", "paused", "blocked", "drifted"},
        ),
    ],
)
def test_each_question_finds_its_own_and_nothing_else(desk, one_of_each, question, wanted):
    found = QUESTIONS[question].narrow(Reminder.objects.all())
    assert {name for name, row in one_of_each.items() if row in found} == wanted
    page = desk.get(f"{LIST}?show={question}").content.decode()
    shown = {name for name, row in one_of_each.items() if f"/reminder/{row.pk}/change/" in page}
    assert shown == wanted
    assert count(QUESTIONS[question]) == str(len(wanted))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("plain", {"plain"}),
        ('"plain words"', {"plain"}),
        ("state:paused", {"paused"}),
        ("state:unknown", {"unknown"}),
        ("state:nonsense", set()),
        ("chat:gone", {"blocked"}),
        ("chat:8", {"blocked"}),
        ("due:<1h", {"soon", "overdue"}),
        ("due:late", {"overdue"}),
        ("due:>4d", {"drifted"}),
        ("due:whenever", set()),
        ("error:blocked", {"failed"}),
        ("state:failed error:lost", set()),
        ("chat:gone nothing-like-it", set()),
        ("un'closed", set()),
        ("chat:--9", set()),
    ],
)
def test_the_search_box_takes_qualifiers(one_of_each, typed, wanted):
    found = search(Reminder.objects.all(), typed, readable=True)
    assert {name for name, row in one_of_each.items() if row in found} == wanted


def test_a_number_finds_the_reminder_people_call_so(one_of_each):
    found = search(Reminder.objects.all(), "#3", readable=False)
    assert list(found) == [one_of_each["overdue"]]


def queries(desk, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert desk.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "query", ["", "?show=failed", "?show=unknown", "?show=drifted", "?q=call+error:lost", "?o=1"]
)
def test_the_list_takes_as_many_queries_for_fifty_rows_as_for_two(desk, chat, query):
    def some(number):
        for index in range(number):
            row = make_reminder(chat, state="failed", fire_at=None, rules=["FREQ=DAILY"])
            make_delivery(row, Delivery.State.FAILED, reason="lost", at=ago(seconds=index))

    desk.get(LIST)
    some(2)
    few = queries(desk, LIST + query)
    some(48)
    assert queries(desk, LIST + query) == few
    assert few <= 32


def test_a_reminders_page_takes_as_many_queries_for_a_long_story(desk, chat):
    reminder = make_reminder(chat, rules=["FREQ=DAILY"])
    url = f"{LIST}{reminder.pk}/change/"
    make_delivery(reminder)
    reminder.note("created", actor="person:7")
    desk.get(url)
    few = queries(desk, url)
    for index in range(40):
        make_delivery(reminder, at=ago(days=index + 1))
        reminder.note("paused", actor="operator:olga", reason="leave")
    assert queries(desk, url) == few


def test_the_calendar_counts_each_hour_and_leads_to_its_list(desk, chat):
    moment = ahead(days=1).replace(minute=0, second=0, microsecond=0)
    here = [make_reminder(chat, due=moment + timedelta(minutes=n)) for n in (1, 2, 59)]
    other = make_reminder(chat, due=moment + timedelta(hours=1))
    page = desk.get(reverse("admin:reminders_calendar"))
    cells = [cell for row in page.context["rows"] for cell in row["cells"] if cell["count"]]
    assert sorted(cell["count"] for cell in cells) == [1, 3]
    three = next(cell for cell in cells if cell["count"] == 3)
    listed = desk.get(three["url"]).content.decode()
    assert all(f"/reminder/{row.pk}/change/" in listed for row in here)
    assert f"/reminder/{other.pk}/change/" not in listed


def test_the_calendar_shows_the_hours_of_the_operators_own_zone(desk, chat):
    moment = ahead(days=1).replace(hour=22, minute=30)
    make_reminder(chat, due=moment)
    desk.cookies["desk_zone"] = "Asia/Tokyo"
    page = desk.get(reverse("admin:reminders_calendar"))
    assert [row["hour"] for row in page.context["rows"]] == ["07:00"]


def test_a_nonsense_zone_from_the_browser_is_utc(desk, reminder):
    desk.cookies["desk_zone"] = "../../etc/passwd"
    assert desk.get(LIST).status_code == 200


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("every weekday at 8:30 stand-up", "recurrence"),
        ("tomorrow 9 call the bank", "instant"),
        ("hello", "none"),
        ("<script>alert(1)</script> tomorrow 9", "instant"),
    ],
)
def test_the_bench_says_what_a_sentence_means_and_why(desk, text, kind):
    data = {
        "text": text,
        "zone": "Berlin",
        "locale": "en",
        "clock": "24",
        "now": "2026-10-07 12:00",
    }
    response = desk.post(reverse("admin:reminders_bench"), data)
    reading = response.context["reading"]
    assert reading["kind"] == kind
    assert "".join(words for words, _role in reading["pieces"]) == text
    assert "<script>alert" not in response.content.decode()
    if kind == "recurrence":
        assert reading["comes"] == "every weekday at 08:30"
        assert [each["clock"].text for each in reading["next"]][:2] == [
            "Thu 8 Oct 2026, 08:30",
            "Fri 9 Oct 2026, 08:30",
        ]


@pytest.mark.parametrize(("zone", "now"), [("Nowhere", ""), ("Berlin", "yesterday")])
def test_the_bench_takes_no_nonsense(desk, zone, now):
    data = {"text": "tomorrow 9", "zone": zone, "locale": "en", "now": now}
    response = desk.post(reverse("admin:reminders_bench"), data)
    assert response.context["reading"] is None
    assert response.context["form"].errors


@pytest.mark.parametrize(
    ("written", "down"), [("2026", 12), ("2026-02", 28), ("2028-02", 29), ("2026-12-31", 0)]
)
def test_a_period_has_its_months_or_days(written, down):
    assert len(period(written).parts()) == down


@pytest.mark.parametrize("written", ["", "x", "2026-13", "2026-02-30", "2026-1-1-1", "0", "99999"])
def test_what_is_no_period_narrows_nothing(desk, reminder, written):
    assert period(written) is None
    assert f"/reminder/{reminder.pk}/change/" in desk.get(f"{LIST}?due={written}").content.decode()


def test_a_day_of_the_drill_down_is_the_operators_own(desk, chat):
    evening = make_reminder(chat, due=at("2026-12-31T16:00:00"))
    desk.cookies["desk_zone"] = "Asia/Tokyo"
    here, there = (desk.get(f"{LIST}?due={day}") for day in ("2027-01-01", "2026-12-31"))
    assert f"/reminder/{evening.pk}/change/" in here.content.decode()
    assert f"/reminder/{evening.pk}/change/" not in there.content.decode()


def test_the_drill_down_leads_from_years_to_days_and_back(desk, chat):
    make_reminder(chat, due=at("2026-12-31T16:00:00"))
    assert "?due=2026" in desk.get(LIST).content.decode()
    assert "due=2026-12" in desk.get(f"{LIST}?due=2026").content.decode()
    page = desk.get(f"{LIST}?due=2026-12").content.decode()
    assert "due=2026-12-31" in page
    assert "any time" in page
