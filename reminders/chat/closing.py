"""End a question: with what was created from it, or by saying how it ended before."""

from conversations.models import Chat
from conversations.replies import Change, Effect, Reply, Toast
from conversations.router import Incoming
from reminders.chat import drafts
from reminders.chat.exchange import Card, Exchange, show
from reminders.chat.models import Draft


def close(exchange: Exchange, card: Card) -> Reply:
    """Show the confirmation in place of the question or, if words answered it, after it."""
    effects: list[Effect] = []
    if exchange.draft and exchange.incoming.said.event != "callback":
        effects = drafts.without_question(exchange.draft)
    return Reply([*effects, *show(exchange.incoming, card)])


def stale(chat: Chat, incoming: Incoming, draft: Draft) -> Reply:
    """Answer a press or words for a question that has ended."""
    draft.refresh_from_db()
    if incoming.said.event != "callback":
        return Reply([Card(drafts.ended_template(draft), {"chat": chat}).say()])
    if draft.state == Draft.State.USED and draft.reminder is None:
        return Reply([Toast("reminders/toast_over_before")])
    if draft.state == Draft.State.USED:
        context = {"chat": chat, "reminder": draft.reminder}
        return Reply([Toast("reminders/toast_used", context)])
    if draft.state == Draft.State.DROPPED:
        return Reply([Toast("reminders/toast_dropped"), Change(incoming.said.message_id)])
    draft.end(Draft.State.EXPIRED)
    ended = Change(incoming.said.message_id, drafts.ended_template(draft))
    return Reply([Toast("reminders/toast_expired"), ended])
