"""Read a call's text with its markup: what sendMessage, captions and edits have in common."""

from typing import Any

from bots.sandbox.entities import Entity, check_given, trim, with_detected
from bots.sandbox.errors import bad_request
from bots.sandbox.html import parse_html
from bots.sandbox.markdown import parse_markdown
from bots.sandbox.params import Params

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def read_text(params: Params) -> dict[str, Any]:
    """Return the text of a message and its entities, checked."""
    text, entities = parsed(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def read_caption(params: Params) -> dict[str, Any]:
    """Return the caption and its entities, or nothing when there is none."""
    text, entities = parsed(params, "caption", "caption_entities")
    if len(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def parsed(params: Params, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    """Return text without markup, and its entities."""
    text = params.text(name).replace("\r\n", "\n").replace("\x00", "")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise bad_request("strings must be encoded in UTF-8")
    mode = params.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode in {"markdown", "markdownv2"}:
        text, entities = parse_markdown(text, old=mode == "markdown")
    elif mode and mode != "none":
        raise bad_request("unsupported parse_mode")
    else:
        entities = check_given(text, params.structure(entities_name))
    text, entities = trim(text, entities)
    return text, with_detected(text, entities)
