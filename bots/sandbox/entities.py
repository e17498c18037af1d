"""Find and check a text's entities; offsets count UTF-16 units, as everywhere in the Bot API."""

import re
from typing import Any

from bots.sandbox.errors import bad_request

Entity = dict[str, Any]

_DOMAINS = "com|org|net|io|dev|app|me|info|eu|de|es|fr|it|pt|ru|uk|us"
# Earlier patterns win where two overlap.
_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "url",
        re.compile(
            rf"(?:https?://[^\s<>]+|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:{_DOMAINS})\b(?:/[^\s<>]*)?)",
            re.IGNORECASE,
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w/])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#/])#(?!\d+\b)\w{1,256}")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?!\w)")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d ()-]{8,18}\d(?!\w)")),
)
_VERBATIM = {"code", "pre", "text_link", "text_mention", "custom_emoji", "url", "date_time"}
_KNOWN = _VERBATIM | {
    "mention", "hashtag", "cashtag", "bot_command", "email", "phone_number", "bold", "italic",
    "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
}  # fmt: skip


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def detect(text: str) -> list[Entity]:
    """Return the entities Telegram finds by itself: commands, mentions, links and the like."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.start(), match.end()
            if kind == "url":
                end = start + len(match.group().rstrip(".,:;!?'\")"))
            if all(end <= begin or start >= stop for begin, stop, _ in found):
                found.append((start, end, kind))
    return [
        {
            "type": kind,
            "offset": utf16_length(text[:start]),
            "length": utf16_length(text[start:end]),
        }
        for start, end, kind in sorted(found)
    ]


def with_detected(text: str, entities: list[Entity]) -> list[Entity]:
    """Return the given entities and the found ones that do not touch verbatim parts."""
    kept = [entity for entity in entities if entity["length"] > 0]
    verbatim = [entity for entity in kept if entity["type"] in _VERBATIM]
    kept += [
        entity for entity in detect(text) if not any(overlap(entity, other) for other in verbatim)
    ]
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def overlap(one: Entity, other: Entity) -> bool:
    """Say whether two entities share text."""
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def check_given(text: str, given: Any) -> list[Entity]:
    """Return explicit entities cut to the text, or refuse them."""
    if not given:
        return []
    if not isinstance(given, list) or not all(isinstance(entity, dict) for entity in given):
        raise bad_request("can't parse entities: Expected an Array of MessageEntity")
    size = utf16_length(text)
    kept = []
    for entity in given:
        kind = entity.get("type")
        if kind not in _KNOWN:
            raise bad_request("can't parse MessageEntity: Unsupported entity type specified")
        offset, length = int(entity.get("offset", 0)), int(entity.get("length", 0))
        if offset < 0 or length <= 0 or offset >= size:
            continue
        kept.append(entity | {"offset": offset, "length": min(length, size - offset)})
    return kept


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Strip white space at both ends of a text and move its entities along."""
    stripped = text.lstrip()
    shift = utf16_length(text) - utf16_length(stripped)
    stripped = stripped.rstrip()
    size = utf16_length(stripped)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] - shift + entity["length"], size)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return stripped, moved
