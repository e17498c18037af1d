"""The people's side, for the page and the tests: JSON in, JSON out, under `/sandbox/api/`.

A chat is named by `id` (the sandbox's own, unique) in these addresses; `chat_id` is what bots see.
POST bodies are JSON objects sent as `application/json`; errors look like the Bot API's.

Reading
    GET  state?person=                     version, people, bots and the person's chats
    GET  chats/<id>/messages?before=&limit=   oldest first
    GET  changes?after=&timeout=           what is new since a version (long poll, up to 50 s)
    GET  sends?after=&bot=&chat_id=&timeout=   accepted calls of bots, append only (long poll too)
    GET  updates?bot=                      updates a bot has not confirmed
    GET  files/<file_id>                   a file's bytes
Making
    POST people      {first_name, last_name?, username?, language_code?, id?}
    POST people/<id> {deactivated?, first_name?, ...}
    POST bots        {token, username?, first_name?, revoked?, privacy?}
    POST chats       {kind, bot?, person?, title?, people?, forum?, topics?, username?, start?}
Writing (all take `person`)
    POST chats/<id>/messages  {text | photo | document | voice | sticker | location | contact,
                               caption?, entities?, reply_to?, thread_id?, silent?}
                              files are {name, mime_type, data} with data in base64
    POST chats/<id>/edit      {message_id, text}
    POST chats/<id>/forward   {message_id, from}         `from` is the id of the chat it is in
    POST chats/<id>/delete    {message_id, cached?}      cached: the server still remembers it
    POST chats/<id>/press     {message_id, data, timeout?}  waits for the bot's answer
    POST chats/<id>/react     {message_id, emoji}        empty takes the reaction back
    POST chats/<id>/pin       {message_id}
    POST enqueue              {messages: [{chat, person, text, ...}]}   many at once
Membership
    POST chats/<id>/block, chats/<id>/unblock
    POST chats/<id>/members   {person, member?, bot?, status, rights?}
    POST chats/<id>/settings  {can_send?, title?}
    POST chats/<id>/topics    {name} or {message_thread_id, closed}
    POST chats/<id>/migrate   a basic group becomes a supergroup
Testing
    POST updates     {bot, updates: [...]}   raw, even repeated or malformed; {..., assign: true}
                                             gives those without an update_id the next one
    POST faults      see `faults.Fault`; GET lists, POST faults/clear ends them
    POST texts       {"old error text": "new error text"}
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from bots.sandbox import acting, bridge, faults, feed, groups, injection, people_chats, writing
from bots.sandbox.ask import Ask
from bots.sandbox.errors import ApiError, bad_request, unknown_method
from bots.sandbox.http import Request, Send, answer_bytes, answer_json

Handler = Callable[[Ask], Any]
Waiting = Callable[[Ask], Awaitable[Any]]

# Handled in one transaction.
_ROUTES: dict[str, Handler] = {
    "GET state": feed.state,
    "GET chats/#/messages": feed.messages,
    "GET updates": feed.pending_updates,
    "POST people": people_chats.create_person,
    "POST people/#": people_chats.change_person,
    "POST bots": people_chats.create_bot,
    "POST chats": people_chats.create_chat,
    "POST chats/#/messages": writing.send,
    "POST chats/#/edit": writing.edit,
    "POST chats/#/forward": writing.forward,
    "POST chats/#/delete": writing.delete,
    "POST chats/#/react": acting.react,
    "POST chats/#/pin": acting.pin,
    "POST enqueue": writing.enqueue,
    "POST chats/#/block": groups.block,
    "POST chats/#/unblock": groups.unblock,
    "POST chats/#/members": groups.set_member,
    "POST chats/#/settings": groups.change_settings,
    "POST chats/#/topics": groups.change_topics,
    "POST chats/#/migrate": groups.migrate,
    "POST updates": injection.inject,
    "GET faults": lambda _: faults.list_faults(),
    "POST faults": lambda ask: faults.add_fault(ask.body),
    "POST faults/clear": lambda _: faults.clear_faults(),
    "POST texts": lambda ask: faults.reword(ask.body),
}
# Handled in the event loop, because they wait.
_WAITING: dict[str, Waiting] = {
    "GET changes": feed.changes,
    "GET sends": feed.sends,
    "POST chats/#/press": acting.press,
}
_NUMBER = re.compile(r"(?<=/)\d+(?=/|$)")


async def answer_people(request: Request, send: Send) -> None:
    """Answer a call of the people's API."""
    path = request.path.removeprefix("/sandbox/api/").strip("/")
    if request.method == "GET" and path.startswith("files/"):
        data, mime_type = await bridge.run(feed.file_bytes, path.removeprefix("files/"))
        await answer_bytes(send, 200, data, mime_type)
        return
    number = _NUMBER.search(path)
    route = f"{request.method} {_NUMBER.sub('#', path)}"
    ask = Ask(read_body(request), request.query, int(number[0]) if number else 0, request.gone)
    if route in _WAITING:
        result = await _WAITING[route](ask)
    elif route in _ROUTES:
        result = await bridge.run(_ROUTES[route], ask)
    else:
        raise unknown_method()
    await answer_json(send, 200, result)


def read_body(request: Request) -> dict[str, Any]:
    """Return the JSON body of a POST; a form another site could send is refused."""
    if request.method != "POST":
        return {}
    if request.content_type != "application/json":
        raise ApiError(415, "Send JSON with the content type application/json")
    try:
        return request.json()
    except ApiError:
        raise bad_request("the body must be a JSON object") from None
