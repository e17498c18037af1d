"""Groups and calendars over real HTTP: a group of people, its admins, files in both directions."""

import base64

import pytest

from tests.acceptance.harness.botapi import Chat
from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Dentist\r\n"
    "DTSTART:20991009T150000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Old\r\n"
    "DTSTART:20200101T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def button(sent, label):
    rows = sent.payload["reply_markup"]["inline_keyboard"]
    return next(b["callback_data"] for row in rows for b in row if b["text"].startswith(label))


@pytest.fixture
def group(world):
    """Return Ana's, Ben's and Carla's sides of a group in which Carla is an admin."""
    ana = world.api.group(world.bot_id, "supergroup", title="Flat 7")
    sides = [ana]
    for name in ("Ben", "Carla"):
        person = world.api.new_person(name)
        status = "administrator" if name == "Carla" else "member"
        ana.act("members", member=person, status=status)
        sides.append(Chat(world.api, ana.id, ana.chat_id, person))
    return sides


def test_dialogue_13_rights_me_too_and_mentions(world, group):
    ana, ben, carla = group
    world.start()
    username = world.database.value("SELECT username FROM bots_bot")
    until(lambda: world.sends(ana, "Hello! I remind this group"), 20, "the greeting")

    ana.say(f"/remind@{username} in 20 seconds water the plants")
    card = world.wait_for_send("water the plants", chat=ana)
    assert "by Ben" in card.text  # the harness calls every founder of a group Ben

    def refusal():
        toast = ben.press(card.message_id, button(card, "🗑"))["answer"]["text"]
        return toast if "Only" in toast else ""

    assert (
        until(refusal, 20, "the admins to be known") == "Only Ben or a group admin can change this."
    )
    toast = ben.press(card.message_id, button(card, "➕ Me too"))["answer"]["text"]
    assert toast.startswith(
        f"You’ll be mentioned here. For a private one: t.me/{username}?start=join_"
    )

    came = world.wait_for_send("⏰ water the plants", 40, ana)
    mentioned = [e["user"]["id"] for e in came.payload["entities"] if e["type"] == "text_mention"]
    assert mentioned == [ana.person, ben.person]
    done = carla.press(came.message_id, button(came, "✅ Done"))
    assert done["answer"]["text"] == "Done ✅"


def test_a_calendar_is_fetched_shown_and_taken_in_and_another_handed_out(world):
    chat = world.chat("Ann")
    world.start()
    chat.say("/timezone Berlin")
    world.wait_for_send("Europe/Berlin")
    data = base64.b64encode(CALENDAR.encode()).decode()
    chat.act("messages", document={"name": "my.ics", "mime_type": "text/calendar", "data": data})
    shown = world.wait_for_send("1 event to take in", 30)
    assert "Left out: 1 in the past." in shown.text
    chat.press(shown.message_id, button(shown, "Import"))
    row = until(lambda: world.rows("SELECT * FROM reminders_reminder"), 20, "the reminder")[0]
    assert (row["text"], row["origin"]) == ("Dentist", "import")

    chat.say("/export")
    until(lambda: len(world.api.sends(world.bot_id, "sendDocument")) == 2, 20, "two files")


def test_forgetting_leaves_nothing(world):
    chat = world.chat("Ann")
    world.start()
    chat.say("in 2 hours take the cake out")
    world.wait_for_send("take the cake out")
    chat.say("/forget everything")
    world.wait_for_send("I have forgotten everything")
    until(lambda: not world.unfinished(), 20, "all to be sent")
    assert not world.rows("SELECT * FROM reminders_reminder")
    texts = [row["text"] for row in world.rows("SELECT text FROM conversations_message")]
    assert not [text for text in texts if "cake" in text]
    payloads = [str(row["payload"]) for row in world.rows("SELECT payload FROM bots_update")]
    assert not [payload for payload in payloads if "cake" in payload]
