"""Turn a rendered template into plain text and Bot API entities, so that no text can fail to parse."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from bots.text import cut_utf16, utf16_length

LONGEST_TEXT = 4096  # https://core.telegram.org/bots/api#sendmessage; counted here in UTF-16 units
_TAGS = {
    "b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "a": "text_link", "tg-time": "date_time", "tg-spoiler": "spoiler",
    "tg-user": "text_mention",
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """Plain text with Bot API entities (offsets in UTF-16 units)."""

    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.text += "\n"
        elif tag in _TAGS:
            entity: dict[str, Any] = {
                "type": _TAGS[tag],
                "offset": utf16_length(self.text),
                "tag": tag,
            }
            values = dict(attrs)
            if tag == "a":
                entity["url"] = values.get("href") or ""
            if tag == "tg-user":  # mentions somebody who has no username, too
                name = values.get("name") or ""
                entity["user"] = {
                    "id": int(values.get("id") or 0),
                    "is_bot": False,
                    "first_name": name,
                }
            if tag == "tg-time":  # Bot API 9.5: with a format, clients show it in the reader's zone
                entity["unix_time"] = int(values.get("unix") or 0)
                entity |= {"date_time_format": layout} if (layout := values.get("format")) else {}
            self._open.append(entity)

    def handle_endtag(self, tag: str) -> None:
        for entity in reversed(self._open):
            if entity["tag"] == tag:
                self._open.remove(entity)
                self._close(entity)
                return

    def handle_data(self, data: str) -> None:
        self.text += data

    def _close(self, entity: dict[str, Any]) -> None:
        del entity["tag"]
        entity["length"] = utf16_length(self.text) - entity["offset"]
        if entity["length"] > 0:
            self.entities.append(entity)


def from_html(source: str) -> Text:
    """Return the text of a template's HTML; unknown tags are dropped, their content kept."""
    reader = _Reader()
    reader.feed(_tidy(source))
    reader.close()
    text = reader.text.rstrip()
    limit = utf16_length(text)
    entities = [
        {**entity, "length": min(entity["length"], limit - entity["offset"])}
        for entity in reader.entities
        if entity["offset"] < limit
    ]
    return Text(text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])))


def _tidy(source: str) -> str:
    """Join a template's indented lines: a line break in the message is written `<br>`."""
    lines = (line.strip() for line in source.strip().splitlines())
    joined = re.sub(r"[ \t]+", " ", " ".join(line for line in lines if line))
    return re.sub(r" ?<br> ?", "<br>", joined)


def keep_lines(text: str) -> str:
    """Return a person's own text escaped, with its line breaks kept through a template."""
    return html.escape(text).replace("\n", "<br>")


def split(text: Text, limit: int = LONGEST_TEXT) -> list[Text]:
    """Return the text in parts of at most `limit` UTF-16 units, cut at lines or words where possible."""
    parts: list[Text] = []
    rest, offset = text.text, 0
    while utf16_length(rest) > limit:
        head = cut_utf16(rest, limit)
        cut = max(head.rfind("\n"), head.rfind(" "))
        head = head[: cut + 1] if cut > len(head) // 2 else head
        parts.append(_part(text, head, offset))
        offset += utf16_length(head)
        rest = rest[len(head) :]
    parts.append(_part(text, rest, offset))
    return parts


def _part(whole: Text, piece: str, offset: int) -> Text:
    """Return one part with the entities that touch it, moved and shortened."""
    end = offset + utf16_length(piece)
    entities = []
    for entity in whole.entities:
        start, stop = max(entity["offset"], offset), min(entity["offset"] + entity["length"], end)
        if start < stop:
            entities.append({**entity, "offset": start - offset, "length": stop - start})
    return Text(piece, entities)
