"""The sandbox as an ASGI application: the Bot API, files and the people's API; the rest goes on.

`mounted(get_asgi_application())` puts it in front of Django while `settings.SANDBOX` is true.
"""

import asyncio
import logging
import re
from typing import Any

from django.conf import settings

from bots.sandbox import bridge, methods
from bots.sandbox.connections import drop
from bots.sandbox.delivery import deliver_webhooks
from bots.sandbox.errors import ApiError
from bots.sandbox.faults import Fault, reworded, take_fault
from bots.sandbox.files import read_stored_file
from bots.sandbox.http import (
    Receive,
    Request,
    Scope,
    Send,
    answer_bytes,
    answer_json,
    check_origin,
    read_request,
    read_values,
)
from bots.sandbox.params import Params
from bots.sandbox.people import answer_people
from bots.sandbox.polling import get_updates

logger = logging.getLogger(__name__)

_CALL = re.compile(r"/bot([^/]+)/([^/]+)/?")
_FILE = re.compile(r"/file/bot([^/]+)/(.+)")
_OURS = re.compile(r"/(?:file/)?bot\d+:|/sandbox/api/")


class Mounted:
    """An application that answers the sandbox's addresses itself and passes the others on."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        active = scope["type"] == "http" and getattr(settings, "SANDBOX", False)
        if active and _OURS.match(scope["path"]):
            await answer(scope, receive, send)
        else:
            await self.application(scope, receive, send)


def mounted(application: Any) -> Mounted:
    """Return the application with the sandbox in front."""
    return Mounted(application)


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    try:
        request = await read_request(scope, receive)
    except ConnectionResetError:
        return
    except ApiError as error:
        await answer_json(send, error.code, error.as_json())
        return
    watch = asyncio.create_task(hang_up(receive, request.gone), name="sandbox-hang-up")
    try:
        await route(request, send)
    except ApiError as error:
        error = reworded(error)
        await answer_json(send, error.code, error.as_json())
    except Exception:
        # The edge of the server: whatever went wrong reaches the caller in Telegram's words.
        logger.exception("sandbox_call_failed")
        await answer_json(send, 500, ApiError(500, "Internal Server Error").as_json())
    finally:
        watch.cancel()


async def hang_up(receive: Receive, gone: asyncio.Event) -> None:
    """Tell when the caller closes the connection."""
    while (await receive())["type"] != "http.disconnect":
        continue
    gone.set()


async def route(request: Request, send: Send) -> None:
    """Lead a request to what answers it."""
    check_origin(request)
    if call := _CALL.fullmatch(request.path):
        result = await bot_call(request, call[1], call[2])
        await answer_json(send, 200, {"ok": True, "result": result})
    elif wanted := _FILE.fullmatch(request.path):
        data, mime_type = await bridge.run(read_stored_file, wanted[1], wanted[2])
        await answer_bytes(send, 200, data, mime_type)
    else:
        await answer_people(request, send)


async def bot_call(request: Request, token: str, name: str) -> Any:
    """Run one Bot API call, with the fault a test may have asked for."""
    params = Params(methods.method_name(name), *read_values(request))
    fault = take_fault(params)
    if fault is None:
        return await accepted_call(request, token, params)
    return await faulty_call(request, token, params, fault)


async def faulty_call(request: Request, token: str, params: Params, fault: Fault) -> Any:
    """Run a call late, without an answer, or with a wrong one."""
    if fault.drop:
        drop(request.client)
    if fault.seconds:
        await asyncio.sleep(fault.seconds)
    result = await accepted_call(request, token, params) if fault.accept else None
    if error := fault.error():
        raise error
    return result


async def accepted_call(request: Request, token: str, params: Params) -> Any:
    """Run a call as it is meant."""
    if params.method == "getUpdates":
        return await get_updates(token, params, request.gone)
    result = await bridge.run(methods.call, token, params)
    if params.method == "setWebhook":
        await deliver_webhooks()
    return result
