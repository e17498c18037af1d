"""Parse the HTML of parse_mode=HTML into text and entities, refusing what Telegram refuses."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bots.sandbox.entities import Entity, utf16_length
from bots.sandbox.errors import ApiError, bad_request

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "code": "code", "pre": "pre",
}  # fmt: skip
_SPECIAL = {"a", "span", "blockquote", "tg-emoji", "tg-time"}
_TAG = re.compile(r"<(/?)([^\s>/]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
# Telegram knows these four names and numbers; any other ampersand stands for itself.
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")


@dataclass
class OpenTag:
    """A start tag still waiting for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    start: int


class HtmlText:
    """The state of one parse."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = ""
        self.length = 0
        self.entities: list[Entity] = []
        self.open: list[OpenTag] = []

    def parse(self) -> tuple[str, list[Entity]]:
        """Return the text and its entities."""
        position = 0
        while (start := self.source.find("<", position)) >= 0:
            self.add(self.source[position:start])
            tag = _TAG.match(self.source, start)
            if tag is None:
                raise self.refusal("Unclosed start tag at byte offset", start)
            if tag[1]:
                self.close(tag[2].lower(), start)
            else:
                self.begin(tag[2].lower(), tag[3], start)
            position = tag.end()
        self.add(self.source[position:])
        for entity in self.entities:
            # A language counts only where the code is a block of its own.
            if entity["type"] == "code":
                entity.pop("language", None)
        if self.open:
            name = self.open[-1].name
            raise parse_error(f'Can\'t find end tag corresponding to start tag "{name}"')
        return self.text, sorted(
            self.entities, key=lambda found: (found["offset"], -found["length"])
        )

    def add(self, piece: str) -> None:
        """Add plain text."""
        plain = _CHARACTER.sub(lambda match: unescape(match.group()), piece)
        self.text += plain
        self.length += utf16_length(plain)

    def begin(self, name: str, rest: str, position: int) -> None:
        """Handle a start tag."""
        if name not in _SIMPLE and name not in _SPECIAL:
            raise self.refusal(f'Unsupported start tag "{name}" at byte offset', position)
        attributes = {
            found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(rest)
        }
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self.refusal('Tag "span" must have class "tg-spoiler" at byte offset', position)
        self.open.append(OpenTag(name, attributes, self.length, len(self.text)))

    def close(self, name: str, position: int) -> None:
        """Handle an end tag."""
        if not self.open:
            raise self.refusal("Unexpected end tag at byte offset", position)
        tag = self.open.pop()
        if name and name != tag.name:
            at = byte_offset(self.source, position)
            expected = f'expected "</{tag.name}>", found "</{name}>"'
            raise parse_error(f"Unmatched end tag at byte offset {at}, {expected}")
        length = self.length - tag.offset
        entity = describe(tag, self.text) if length else None
        if entity is not None:
            self.entities.append(entity | {"offset": tag.offset, "length": length})
            self.merge_pre_and_code(tag)

    def merge_pre_and_code(self, tag: OpenTag) -> None:
        """Make `<pre><code class="language-x">` one entity with a language."""
        if tag.name != "pre" or len(self.entities) < 2:
            return
        code, pre = self.entities[-2:]
        if code["type"] == "code" and (code["offset"], code["length"]) == (
            pre["offset"],
            pre["length"],
        ):
            del self.entities[-2]
            if language := code.get("language"):
                pre["language"] = language

    def refusal(self, text: str, position: int) -> ApiError:
        """Return the error with the place in bytes."""
        return parse_error(f"{text} {byte_offset(self.source, position)}")


def describe(tag: OpenTag, text: str) -> Entity | None:
    """Return the entity a tag stands for, without its place; None for a link to nowhere."""
    attributes = tag.attributes
    if tag.name == "code" and attributes.get("class", "").startswith("language-"):
        return {"type": "code", "language": attributes["class"].removeprefix("language-")}
    if tag.name in _SIMPLE:
        return {"type": _SIMPLE[tag.name]}
    if tag.name == "span":
        return {"type": "spoiler"}
    if tag.name == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
    if tag.name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    if tag.name == "tg-time":
        return date_time(attributes.get("unix", ""), attributes.get("format", ""))
    return link(attributes.get("href", "") or text[tag.start :])


def link(address: str) -> Entity | None:
    """Return the entity of a link, which may mention a person by id."""
    parts = urlsplit(address)
    if parts.scheme == "tg" and parts.netloc == "user":
        person = parse_qs(parts.query).get("id", ["0"])[0]
        user = {"id": int(person) if person.isdigit() else 0, "is_bot": False, "first_name": ""}
        return {"type": "text_mention", "user": user}
    if not parts.scheme:
        address = f"http://{address}"
    host = urlsplit(address).netloc
    return {"type": "text_link", "url": address} if "." in host or parts.scheme == "tg" else None


def date_time(unix: str, layout: str) -> Entity:
    """Return the entity of a moment that is shown in the reader's own zone."""
    if not unix.isdigit():
        raise parse_error("Invalid date-time entity: the Unix time is wrong")
    if not re.fullmatch(r"r|w?[dD]?[tT]?", layout):
        raise parse_error("Invalid date-time entity: the format is wrong")
    entity: dict[str, Any] = {"type": "date_time", "unix_time": int(unix)}
    return entity | ({"date_time_format": layout} if layout else {})


def byte_offset(text: str, position: int) -> int:
    """Return how many bytes come before a position."""
    return len(text[:position].encode())


def parse_error(text: str) -> ApiError:
    """Return Telegram's refusal of bad markup."""
    return bad_request(f"can't parse entities: {text}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the text and the entities of HTML markup."""
    return HtmlText(source).parse()
