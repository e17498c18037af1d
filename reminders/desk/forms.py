"""The forms of the desk: what an order needs beside its targets, in the operators' words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from conversations.desk.fields import CleanField, SentField

LONGEST_TEXT = 4096  # https://core.telegram.org/bots/api#sendmessage


def line(**options: Any) -> forms.CharField:
    """Return a field for one line of words."""
    return CleanField(widget=UnfoldAdminTextInputWidget(), max_length=300, **options)


def when_field(**options: Any) -> forms.CharField:
    """Return a field for a time in words."""
    words = {"placeholder": "+1h · tomorrow 9 · 7 Oct 14:30", "autocomplete": "off"}
    return CleanField(
        widget=UnfoldAdminTextInputWidget(attrs=words),
        max_length=200,
        **{
            "help_text": _("In each chat’s own zone and habits, as people write it there."),
            **options,
        },
    )


def words_field(**options: Any) -> forms.CharField:
    """Return a field for what is said."""
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})
    return SentField(widget=widget, max_length=LONGEST_TEXT, **options)


class OrderForm(forms.Form):
    """The reason of an order: needed where it touches more than one reminder."""

    reason = line(label=_("Reason"), help_text=_("Kept in the log and in each one’s history."))

    def __init__(self, *args: Any, many: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = many
        self.order_fields([name for name in self.fields if name != "reason"])


class CancelForm(OrderForm):
    """Cancel, and perhaps say so in the chat."""

    notify = forms.BooleanField(
        label=_("Tell the chat"), required=False, widget=UnfoldBooleanWidget(),
        help_text=_("The chat gets: “#3 was cancelled by the bot’s operator.”"),
    )  # fmt: skip


class RescheduleForm(OrderForm):
    """A new time."""

    when = when_field(label=_("When"))
    from_due = forms.BooleanField(
        label=_("Count from each one’s own time"), required=False, widget=UnfoldBooleanWidget(),
        help_text=_("“+1h” then moves each by an hour; otherwise it means an hour from now."),
    )  # fmt: skip


class PauseForm(OrderForm):
    """Perhaps until when."""

    when = when_field(
        label=_("Until"), required=False,
        help_text=_("Empty: until somebody resumes it. Otherwise in each chat’s own zone."),
    )  # fmt: skip


class DuplicateForm(OrderForm):
    """Perhaps another time."""

    when = when_field(label=_("When"), required=False, help_text=_("Empty: at the same time."))


class EditTextForm(OrderForm):
    """Other words."""

    text = words_field(label=_("Text"))


FORMS: dict[str, type[OrderForm]] = {
    "cancel": CancelForm,
    "reschedule": RescheduleForm,
    "pause": PauseForm,
    "duplicate": DuplicateForm,
    "edit_text": EditTextForm,
}


class ReminderForm(forms.Form):
    """What an operator may change on a reminder's page: its words and its time."""

    text = words_field(label=_("Text"))
    when = when_field(label=_("Move to"), required=False)
    reason = line(label=_("Reason"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput())


class LaterForm(forms.Form):
    """Words for a chat at a time, and unless they write first."""

    text = words_field(label=_("Text"))
    when = when_field(label=_("Send at"))
    unless_reply = forms.BooleanField(
        label=_("Only if they have not written by then"),
        required=False,
        widget=UnfoldBooleanWidget(),
    )


class BenchForm(forms.Form):
    """A sentence, and who would have written it when and where."""

    text = words_field(label=_("Text"))
    zone = line(label=_("Time zone"), initial="Europe/Berlin")
    locale = forms.ChoiceField(label=_("Language"), widget=UnfoldAdminSelectWidget())
    clock = forms.ChoiceField(
        label=_("Clock"), required=False, widget=UnfoldAdminSelectWidget(),
        choices=[("", _("unknown")), ("24", "24 h"), ("12", "12 h")],
    )  # fmt: skip
    now = line(
        label=_("Now"),
        required=False,
        help_text=_("2026-10-07 12:00 on that zone’s clock; empty: now."),
    )


class BroadcastForm(forms.Form):
    """A text and who is to get it."""

    text = words_field(label=_("Text"))
    bot = forms.ChoiceField(label=_("Bot"), required=False, widget=UnfoldAdminSelectWidget())
    types = forms.ChoiceField(
        label=_("Chats"), required=False, widget=UnfoldAdminSelectWidget(),
        choices=[("", _("all")), ("private", _("private chats")), ("groups", _("groups"))],
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), required=False, widget=UnfoldAdminSelectWidget()
    )
    active_days = forms.IntegerField(
        label=_("Wrote in the last … days"), required=False, min_value=1, max_value=3650,
        widget=UnfoldAdminIntegerFieldWidget(),
    )  # fmt: skip
    reason = line(label=_("Reason"), help_text=_("Why these people get it: kept in the log."))
