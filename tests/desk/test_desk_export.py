"""A conversation to take away."""

import csv
import io
import json

import pytest
from django.urls import reverse

from conversations.desk.export import escape
from conversations.operators import AuditEntry
from tests.desk.conftest import hear, say

pytestmark = pytest.mark.django_db


def address(chat, form):
    return reverse("admin:conversations_chat_export", args=[chat.pk, form])


@pytest.fixture
def spoken(chat, operator):
    hear(chat, '=HYPERLINK("http://evil")\nsecond line')
    say(chat, "Hello 🌻", author=operator)
    return chat


def test_csv_has_every_message_and_no_formula(desk, spoken):
    answered = desk.get(address(spoken, "csv"))
    rows = list(csv.DictReader(io.StringIO(answered.content.decode("utf-8-sig"))))
    assert [row["from"] for row in rows] == ["Anna Schmidt", "operator"]
    assert rows[0]["text"] == '\'=HYPERLINK("http://evil")\nsecond line'
    assert answered["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("start", "=+-@\t\r")
def test_every_start_of_a_formula_is_escaped(start):
    assert escape(f"{start}1") == f"'{start}1"


def test_json_has_the_chat_and_its_messages(desk, spoken):
    found = json.loads(desk.get(address(spoken, "json")).content)
    assert found["name"] == "Anna Schmidt"
    assert [row["text"] for row in found["messages"]][1] == "Hello 🌻"


def test_the_page_to_print_is_complete_and_escaped(desk, spoken):
    hear(spoken, "<img src=x onerror=alert(1)>")
    page = desk.get(address(spoken, "html")).content.decode()
    assert "Hello 🌻" in page
    assert "&lt;img src=x" in page
    assert "<script" not in page


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_exports_are_written_down_and_leave_texts_out_for_those_who_may_not_read(
    viewer, spoken, form
):
    content = viewer.get(address(spoken, form)).content.decode()
    assert "HYPERLINK" not in content
    assert "•••" in content
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.details) == ("exported", {"form": form})


def test_an_unknown_form_does_not_exist(desk, spoken):
    assert desk.get(address(spoken, "exe")).status_code == 404
