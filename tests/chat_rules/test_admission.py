"""A private bot: strangers leave nothing but a count, and invitations let one person in."""

import re
from datetime import timedelta

import pytest

from bots.envelope import Envelope, IncomingMessage
from bots.models import Update
from conversations.answering import answer
from conversations.guests import Guest, Stranger
from conversations.models import Chat, Message
from tests.chat.person import BOT, Person


@pytest.fixture
def owner(person, settings):
    settings.ALLOWED_USERS = [77]
    return person


@pytest.fixture
def stranger(owner, clock):
    return Person(clock, chat_id=88, user_id=88, name="Ben")


def test_a_stranger_gets_one_polite_line_a_day_and_leaves_only_a_count(stranger, clock):
    assert stranger.say("secret plans").text.startswith("Hello! This bot is private")
    assert not stranger.say("hello?").rows
    assert Stranger.objects.get().messages == 2
    clock.shift(timedelta(days=1, minutes=1))
    assert stranger.say("hello?").messages
    assert not Message.objects.filter(chat__chat_id=88, direction="in").exists()
    chat = Chat.objects.get(chat_id=88)
    assert (chat.title, chat.username) == ("", "")


def test_what_a_stranger_sent_is_wiped_from_the_inbox(stranger, clock):
    update = Update.objects.create(
        bot_id=BOT, update_id=7, sequence=7, kind="message", chat_id=88,
        payload={"text": "secret plans"}, received_at="2026-10-06T12:00:00Z",
    )  # fmt: skip
    said = IncomingMessage(text="secret plans", sender=stranger.sender)
    envelope = Envelope(BOT, 7, 88, 7, f"{BOT}:7", said)
    first, again = answer(envelope), answer(envelope)
    assert first == again
    update.refresh_from_db()
    assert (update.payload, update.state) == ({}, "ignored")


def test_those_on_the_list_are_answered(owner):
    assert owner.say("/ping x").text == "pong: x"


def test_an_invitation_lets_one_person_in_once(owner, stranger, clock):
    text = owner.say("/invite").text
    link = "/start " + re.search(r"start=(invite_[\w-]{22})", text)[1]
    assert "expires after 7 days" in text
    assert "Hello Ben!" in stranger.say(link).text
    assert stranger.say("/ping x").text == "pong: x"
    assert Guest.objects.get().invited_by == 77
    other = Person(clock, chat_id=99, user_id=99, name="Eve")
    assert "private" in other.say(link).text


def test_an_invitation_expires(owner, stranger, clock):
    link = "/start " + re.search(r"invite_[\w-]+", owner.say("/invite").text)[0]
    clock.shift(timedelta(days=8))
    assert "private" in stranger.say(link).text


def test_guests_invite_nobody(owner, stranger):
    link = "/start " + re.search(r"invite_[\w-]+", owner.say("/invite").text)[0]
    stranger.say(link)
    assert "/help" in stranger.say("/invite").text


def test_without_a_list_there_are_no_invitations(person):
    assert "don’t know the command" in person.say("/invite").text


def test_in_a_group_only_those_on_the_list_are_heard(owner, clock):
    def member(user_id):
        return Person(clock, chat_id=-100, user_id=user_id, chat_type="supergroup")

    assert not member(88).say("/remind in 5 min tea").rows
    assert not Chat.objects.filter(chat_id=-100).exists()
    assert member(77).say("/remind in 5 min tea").messages
