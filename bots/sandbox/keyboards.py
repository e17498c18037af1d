"""Check reply markup before it is attached to a message."""

from typing import Any

from bots.sandbox.errors import bad_request
from bots.sandbox.params import Params

Markup = dict[str, Any]

CALLBACK_DATA_BYTES = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def read_markup(params: Params) -> Markup | None:
    """Return the checked reply markup of a call."""
    markup = params.structure("reply_markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = [[inline_button(button) for button in row] for row in rows_of(markup)]
        rows = [row for row in rows if row]
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        markup["keyboard"] = [
            [reply_button(button) for button in row] for row in markup["keyboard"]
        ]
    return markup


def rows_of(markup: Markup) -> list[list[Any]]:
    """Return the rows of an inline keyboard."""
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    return rows


def inline_button(button: Any) -> Markup:
    """Return one inline button, or refuse it."""
    prefix = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{prefix}InlineKeyboardButton must be an Object")
    if not str(button.get("text", "")).strip():
        raise bad_request(f'{prefix}Field "text" must be of type String')
    if not any(name in button for name in ACTIONS):
        raise bad_request(f"{prefix}Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 0 < len(str(data).encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return button


def reply_button(button: Any) -> Markup:
    """Return one button of a reply keyboard, which may be given as bare text."""
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not str(button.get("text", "")):
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    return button
