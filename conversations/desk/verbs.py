"""The POST views of one chat: each checks the right, checks the form, does one thing, goes back."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from conversations.desk import writing
from conversations.desk.access import WRITE, chat_for, chat_url
from conversations.desk.forms import AnswerForm, ChangeForm, DetailsForm, NoteForm, SeenForm
from conversations.desk.reading import mark_seen
from conversations.models import Message


def _back(url: str, anchor: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{url}{anchor}")


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Post an operator's reply; the same form sent twice is one message."""
    chat = chat_for(request, pk, WRITE)
    form = AnswerForm(request.POST)
    url = chat_url(chat)
    if not form.is_valid():
        messages.error(request, "There was nothing to send, or it was too long.")
        return _back(url, "#reply")
    topic = form.cleaned_data["topic"] or 0
    args = (chat, form.cleaned_data["text"], form.cleaned_data["token"], request.user, topic)
    if not writing.answer(*args):
        messages.info(request, "That message is in the queue already.")
    return _back(f"{url}?topic={topic}" if topic else url, "#reply")


@require_POST
def change(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Change a message an operator sent."""
    chat = chat_for(request, pk, WRITE)
    message = get_object_or_404(Message.objects.select_related("chat"), pk=row, chat=chat)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The new text is empty or too long.")
    elif not writing.change(message, form.cleaned_data["text"], form.cleaned_data["token"],
                            request.user):  # fmt: skip
        messages.warning(request, "It can no longer be changed; 48 hours is Telegram's limit.")
    return _back(chat_url(chat), f"#m{row}")


@require_POST
def retry(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Queue a failed message again."""
    chat = chat_for(request, pk, WRITE)
    message = get_object_or_404(Message.objects.select_related("chat"), pk=row, chat=chat)
    if writing.retry(message, request.user):
        messages.success(request, "It is in the queue again.")
    else:
        messages.info(request, "It is not waiting for another try any more.")
    return _back(chat_url(chat), f"#m{row}")


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a transcript read up to a row, for all operators; who only looks on marks nothing."""
    chat = chat_for(request, pk, WRITE)
    form = SeenForm(request.POST)
    if form.is_valid():
        mark_seen(chat, form.cleaned_data["upto"])
    return HttpResponse(status=204 if form.is_valid() else 400)


@require_POST
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note."""
    chat = chat_for(request, pk, WRITE)
    form = NoteForm(request.POST)
    if form.is_valid():
        writing.add_note(chat, form.cleaned_data["text"], request.user)
    else:
        messages.error(request, "A note needs some words, at most 4,000 characters.")
    return _back(chat_url(chat, "notes"))


@require_POST
def save_details(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the labels and who is answerable."""
    chat = chat_for(request, pk, WRITE)
    form = DetailsForm(request.POST, instance=chat)
    if not form.is_valid():
        messages.error(request, "That could not be saved: choose from the lists.")
        return _back(chat_url(chat, "details"))
    chosen = form.cleaned_data["assignee"]
    current = chat_for(request, pk, WRITE)
    if current.assignee != chosen:
        writing.assign(chat, chosen, request.user)
    labels = [label.pk for label in form.cleaned_data["labels"]]
    if set(labels) != set(chat.labels.values_list("pk", flat=True)):
        writing.set_labels(chat, labels, request.user)
    messages.success(request, "Saved.")
    return _back(chat_url(chat, "details"))


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the operator answerable for the chat, or let go of it."""
    chat = chat_for(request, pk, WRITE)
    mine = chat.assignee_id == request.user.pk
    user = None if mine else get_user_model().objects.get(pk=request.user.pk or 0)
    writing.assign(chat, user, request.user)
    return _back(chat_url(chat))


@require_POST
def limits(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift the limits of a chat, or restore them."""
    chat = chat_for(request, pk, WRITE)
    lifted = request.POST.get("lifted") == "1"
    writing.lift_limits(chat, request.user, lifted=lifted)
    told = "There are no limits in this chat now." if lifted else "The usual limits hold again."
    messages.success(request, told)
    return _back(chat_url(chat, "details"))


@require_POST
def bar(request: HttpRequest, pk: int) -> HttpResponse:
    """Block or unblock a chat."""
    chat = chat_for(request, pk, WRITE)
    barred = request.POST.get("barred") == "1"
    writing.bar(chat, request.user, barred=barred)
    told = "Blocked: messages are kept and not answered." if barred else "It is answered again."
    messages.success(request, told)
    return _back(chat_url(chat, "details"))
