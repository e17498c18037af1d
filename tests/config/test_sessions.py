import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from bots.models import Bot
from conversations.models import Chat

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    client.force_login(get_user_model().objects.create_superuser("olga", "", "a good password"))
    return client


def test_what_a_person_asks_for_renews_the_session(signed_in):
    answer = signed_in.get("/admin/")
    assert settings.SESSION_COOKIE_NAME in answer.cookies


@pytest.mark.parametrize("name", ["feed", "seen"])
def test_a_page_that_looks_for_news_does_not(signed_in, name):
    chat = Chat.objects.create(bot=Bot.objects.create(pk=1, username="bot"), chat_id=7)
    address = reverse(f"admin:conversations_chat_{name}", args=[chat.pk])
    answer = signed_in.get(address) if name == "feed" else signed_in.post(address, {"upto": "1"})
    assert answer.status_code < 300
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_a_stranger_gets_no_session(client):
    assert settings.SESSION_COOKIE_NAME not in client.get("/admin/login/").cookies
