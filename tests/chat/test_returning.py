"""C38: blocked and back: what came due is kept and offered."""

from datetime import timedelta

from bots.envelope import IncomingMessage
from conversations.models import Message
from reminders import firing
from reminders.contracts import Claim
from reminders.models import Reminder


def leave_and_come_due(person):
    person.say("in 25 min take the cake out")
    person.say("every day at 9:00 stretch")
    person.update(IncomingMessage(event="member", member_status="kicked"))
    for reminder in Reminder.objects.order_by("fire_at"):
        person.clock.move_to(reminder.fire_at)
        assert firing.claim(Claim(reminder.pk, reminder.revision)).delivery_id == 0
    person.clock.shift(timedelta(hours=5))
    person.update(IncomingMessage(event="member", member_status="member"))
    return Message.objects.get(key__startswith="back:")


def test_what_came_due_is_offered_and_said(person):
    offer = leave_and_come_due(person)
    assert offer.text == "While you were away, 2 came due."
    person.deliver(offer)
    heard = person.press(offer, "Show")
    assert heard.text == "Here they come. What repeats goes on."
    due = person.wait(person.reminder(1))
    assert due.text == "⏰ take the cake out · held since Tue 6 Oct, 14:30"
    assert person.reminder(2).local_due.strftime("%a %H:%M") == "Thu 09:00"


def test_what_came_due_can_be_dropped(person):
    offer = leave_and_come_due(person)
    person.deliver(offer)
    assert person.press(offer, "Drop").text == "2 dropped. What repeats goes on."
    assert person.reminder(1).state == "cancelled"
    assert person.reminder(2).state == "active"


def test_start_tells_too_and_nothing_is_said_without_need(person):
    assert person.say("/start").text.startswith("Hello Mia!")
    assert not Message.objects.filter(key__startswith="back:").exists()
