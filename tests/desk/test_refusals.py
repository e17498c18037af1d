"""What is refused is said in words: why, whether anything was done, and where to go."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.desk.conftest import page_of, signed_in
from tests.desk.test_desk_safety import Scripts

pytestmark = pytest.mark.django_db


def said(response, status):
    assert response.status_code == status
    page = response.content.decode()
    reader = Scripts()
    reader.feed(page)
    assert reader.found == []
    assert "style=" not in page
    assert "desk/plain.css" in page
    return page


def test_a_page_that_is_not_there_leads_back_to_the_dashboard(desk, chat):
    page = said(desk.get("/admin/conversations/chat/999999/change/"), 404)
    assert "There is nothing at this address." in page
    assert 'href="/admin/"' in page


def test_beyond_the_desk_nothing_is_told_of_it(client):
    page = said(client.get("/nowhere"), 404)
    assert "/admin/" not in page


def test_who_may_not_is_told_who_they_are_and_that_nothing_changed(viewer, chat):
    page = said(viewer.post(page_of(chat, "answer"), {"text": "hi"}), 403)
    assert "signed in as <strong>viewer</strong>" in page
    assert "Nothing was changed." in page


def test_a_form_without_its_token_is_told_to_be_sent_again(operator, chat):
    strict = signed_in(operator, enforce_csrf_checks=True)
    page = said(strict.post(page_of(chat, "answer"), {"text": "hi"}), 403)
    assert "This form was not taken." in page
    assert "load the page again" in page


def test_an_address_for_forms_says_that_nothing_was_done(desk, chat):
    response = desk.get(page_of(chat, "answer"))
    assert "what you wrote was not taken" in said(response, 405)
    assert "POST" in response["Allow"]


def test_an_address_that_asks_for_what_no_column_can_hold_is_told_so(desk, monkeypatch):
    def beyond(*_):
        raise OverflowError("Python int too large to convert to SQLite INTEGER")

    monkeypatch.setattr("config.measures.due", beyond)
    page = said(desk.get("/admin/"), 400)
    assert "No row can be found" in page


def test_an_error_of_ours_says_that_it_is_in_the_log(desk, monkeypatch):
    monkeypatch.setattr("config.measures.due", lambda *_: 1 // 0)
    desk.raise_request_exception = False
    page = said(desk.get("/admin/"), 500)
    assert "What happened is in the log." in page


def test_the_lock_after_wrong_passwords_says_for_how_long_and_who_lifts_it():
    User.objects.create_superuser("ada", password="long enough 4 tests")
    client, form = Client(), {"username": "ada", "password": "wrong"}
    answers = [client.post("/admin/login/", form) for _ in range(5)]
    page = said(answers[-1], 429)
    assert "<strong>ada</strong> from this address is locked for 15 minutes" in page
    assert "axes_reset" in page
