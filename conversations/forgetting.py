"""Forget a chat: every row that is about it goes, then the chat itself and its workflows' histories.

In the transaction of the answer all rows but the answer's own go and the chat's names are blanked.
A minute later, when the answer has been sent, a sweep deletes the chat's row and what Temporal keeps
of it. What is left is a tombstone with a number and no id.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from bots.database import in_database
from bots.link import link
from bots.models import Update
from conversations.guests import Guest, Tombstone
from conversations.models import Chat, Message
from conversations.replies import Reply, render, say
from conversations.router import Incoming

logger = logging.getLogger(__name__)

SETTLED = timedelta(minutes=1)  # the last words to the person have been sent by then
WORD = "everything"

# What other apps keep of a chat: a phrase for the list ("4 reminders"), and what is to be done
# before their rows go. They return the ids of workflows that end with it.
phrases: list[Callable[[Chat], str]] = []
farewells: list[Callable[[Chat], list[str]]] = []


def command(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /forget: say what would go; with the word that confirms, let it go."""
    if incoming.arguments.strip().casefold() != WORD:
        kept = [phrase(chat) for phrase in phrases]
        count = Message.objects.filter(chat=chat).count()
        return say("forget", count=count, kept=[words for words in kept if words], word=WORD)
    erase(chat, keep=incoming.row)
    return say("forgotten")


@transaction.atomic
def erase(chat: Chat, *, keep: Message | None = None) -> int:
    """Delete all rows of a chat but `keep`, whose words go too; return how many went."""
    workflows = [workflow for farewell in farewells for workflow in farewell(chat)]
    gone = 0
    for relation in Chat._meta.related_objects:  # noqa: SLF001  # Django documents it
        rows = relation.related_model._default_manager.filter(**{relation.field.name: chat})  # noqa: SLF001
        if keep is not None and relation.related_model is Message:
            rows = rows.exclude(pk=keep.pk)
        gone += rows.delete()[0]
    if keep is not None:
        Message.objects.filter(pk=keep.pk).update(text="", entities=[], params={}, sender_name="")
    updates = Update.objects.filter(bot=chat.bot_id, chat_id=chat.chat_id)
    gone += updates.update(payload={}, error="")
    if chat.is_private:
        Guest.objects.filter(bot=chat.bot_id, user_id=chat.chat_id, invited_by=0).delete()
    blank: dict[str, Any] = {"title": "", "username": "", "timezone": "", "admins": [], "unread": 0}
    Chat.objects.filter(pk=chat.pk).update(**blank, forgotten_at=timezone.now())
    Tombstone.objects.create(rows=gone)
    transaction.on_commit(lambda: link.nudge(lambda client: forget_workflows(client, workflows)))
    return gone


def remember(chat: Chat, incoming: Incoming) -> None:
    """Keep a chat that goes on after it was forgotten: a new beginning."""
    if chat.forgotten_at is not None and incoming.said.event not in {"member", "service"}:
        Chat.objects.filter(pk=chat.pk).update(forgotten_at=None)
        chat.forgotten_at = None


async def sweep(client: Client) -> int:
    """Delete what is left of chats that were forgotten a while ago; return how many."""
    chats = await in_database(settled)
    for chat in chats:
        await forget_workflows(client, [chat.workflow_id])
        await in_database(chat.delete)
    return len(chats)


def settled() -> list[Chat]:
    """Return the chats whose last words have been sent."""
    before = timezone.now() - SETTLED
    waiting = Q(messages__state__in=[Message.State.QUEUED, Message.State.SENDING])
    found = Chat.objects.filter(forgotten_at__lt=before).exclude(waiting)
    return list(found[:50])


async def forget_workflows(client: Client, workflow_ids: list[str]) -> None:
    """End workflows and delete their histories; one that is not there is fine."""
    for workflow_id in workflow_ids:
        request = DeleteWorkflowExecutionRequest(
            namespace=client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=workflow_id),
        )
        try:
            await client.workflow_service.delete_workflow_execution(request)
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise


def phrase(template: str, **context: Any) -> str:
    """Return a phrase of a template for the list of what would go."""
    return render(template, context).text
