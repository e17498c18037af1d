"""What an operator may send from a chat's page; everything is checked here, before it is stored."""

import secrets
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model

from bots.text import utf16_length
from conversations.desk.fields import CleanField, RowsField, SentField
from conversations.desk.writing import LONGEST_REPLY
from conversations.markup import LONGEST_TEXT
from conversations.models import Chat
from conversations.operators import Label

_TOKEN = r"^[0-9a-f]{32}$"  # noqa: S105  # a pattern


def new_token() -> str:
    """Return the key of one form: sent twice, it has one effect."""
    return secrets.token_hex(16)


class AnswerForm(forms.Form):
    """The reply box."""

    token = forms.RegexField(_TOKEN)
    text = SentField(max_length=LONGEST_REPLY)
    topic = forms.IntegerField(required=False, min_value=0, max_value=2**62)


class ChangeForm(forms.Form):
    """A new text for a message an operator sent."""

    token = forms.RegexField(_TOKEN)
    text = SentField(max_length=LONGEST_TEXT)

    def clean_text(self) -> str:
        """Telegram counts UTF-16 units."""
        text = str(self.cleaned_data["text"])
        if utf16_length(text) > LONGEST_TEXT:
            raise forms.ValidationError(f"Telegram takes at most {LONGEST_TEXT} characters.")
        return text


class NoteForm(forms.Form):
    """A note for the other operators."""

    text = CleanField(max_length=4000)


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """Whose chat it is, and its labels."""

    labels = RowsField(
        Label.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Chat
        fields: ClassVar = ["assignee", "labels"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = get_user_model().objects.filter(is_staff=True, is_active=True)
        self.fields["assignee"].queryset = staff.order_by("username")  # type: ignore[attr-defined]
        self.fields["assignee"].empty_label = "Nobody"  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    """How far an operator has read."""

    upto = forms.IntegerField(min_value=1, max_value=2**62)
