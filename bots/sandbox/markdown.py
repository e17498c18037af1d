"""Parse MarkdownV2 and the older Markdown into text and entities."""

import re
from urllib.parse import parse_qs, urlsplit

from bots.sandbox.entities import Entity, utf16_length
from bots.sandbox.html import byte_offset, date_time, link, parse_error

# Longest first: `__` is an underline, not two italics.
_MARKS = {
    "__": ("underline", "Underline"),
    "||": ("spoiler", "Spoiler"),
    "*": ("bold", "Bold"),
    "_": ("italic", "Italic"),
    "~": ("strikethrough", "Strikethrough"),
}
_OLD_MARKS = {"*": ("bold", "Bold"), "_": ("italic", "Italic")}
_RESERVED = set("]()>#+-=|{}.!")
_FENCE = re.compile(r"```(?:([^\s`]+)\n|\n)?((?:\\.|[^\\])*?)```", re.DOTALL)
_CODE = re.compile(r"`((?:\\.|[^`\\])*)`", re.DOTALL)
_LINK_END = re.compile(r"\]\(((?:\\.|[^)\\])*)\)")
_ESCAPE = re.compile(r"\\([\x01-\x7e])", re.DOTALL)


class MarkdownText:
    """The state of one parse."""

    def __init__(self, source: str, *, old: bool) -> None:
        self.source = source
        self.old = old
        self.marks = _OLD_MARKS if old else _MARKS
        self.text = ""
        self.length = 0
        self.position = 0
        self.entities: list[Entity] = []
        self.open: list[tuple[str, int, int]] = []
        self.quote: tuple[int, str] | None = None

    def parse(self) -> tuple[str, list[Entity]]:
        """Return the text and its entities."""
        while self.position < len(self.source):
            self.step()
        self.end_quote()
        if self.open:
            mark, _, position = self.open[-1]
            self.refuse_open(mark, position)
        return self.text, sorted(
            self.entities, key=lambda found: (found["offset"], -found["length"])
        )

    def step(self) -> None:
        """Handle what stands at the current position."""
        source, at = self.source, self.position
        if source[at] == "\\" and at + 1 < len(source) and source[at + 1] < "\x7f":
            self.add(source[at + 1])
            self.position += 2
        elif source[at] == "`":
            self.verbatim()
        elif not self.old and self.at_quote():
            return
        elif source[at] == "[" or (not self.old and source.startswith("![", at)):
            self.open.append(("[" if source[at] == "[" else "![", self.length, at))
            self.position += 1 if source[at] == "[" else 2
        elif source[at] == "]" and any(mark in {"[", "!["} for mark, _, _ in self.open):
            self.end_link()
        elif mark := next((mark for mark in self.marks if source.startswith(mark, at)), ""):
            self.toggle(mark)
        else:
            self.plain(source[at])

    def plain(self, character: str) -> None:
        """Add a character that stands for itself, or refuse a reserved one."""
        if not self.old and character in _RESERVED:
            raise parse_error(
                f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
            )
        self.add(character)
        self.position += 1
        if character == "\n" and self.quote and not self.source.startswith(">", self.position):
            self.end_quote()

    def add(self, piece: str) -> None:
        """Add plain text."""
        self.text += piece
        self.length += utf16_length(piece)

    def toggle(self, mark: str) -> None:
        """Open a mark, or close it when it is the innermost open one."""
        if self.open and self.open[-1][0] == mark:
            _, offset, _ = self.open.pop()
            self.note({"type": self.marks[mark][0]}, offset)
        elif any(mark == other for other, _, _ in self.open):
            inner, _, position = self.open[-1]
            self.refuse_open(inner, position)
        else:
            self.open.append((mark, self.length, self.position))
        self.position += len(mark)

    def note(self, entity: Entity, offset: int) -> None:
        """Keep an entity that ends here, unless it is empty."""
        if self.length > offset:
            self.entities.append(entity | {"offset": offset, "length": self.length - offset})

    def verbatim(self) -> None:
        """Handle code and preformatted text."""
        at, offset = self.position, self.length
        fence = self.source.startswith("```", at)
        found = (_FENCE if fence else _CODE).match(self.source, at)
        if found is None:
            self.refuse_open("```" if fence else "`", at)
            return
        body = found[2] if fence else found[1]
        self.add(body if self.old else _ESCAPE.sub(r"\1", body))
        language = {"language": found[1]} if fence and found[1] else {}
        self.note({"type": "pre" if fence else "code"} | language, offset)
        self.position = found.end()

    def at_quote(self) -> bool:
        """Handle the start of a quoted line; say whether there was one."""
        if self.text and not self.text.endswith("\n"):
            return False
        for mark, kind in (("**>", "expandable_blockquote"), (">", "blockquote")):
            if self.source.startswith(mark, self.position):
                self.quote = self.quote or (self.length, kind)
                self.position += len(mark)
                return True
        return False

    def end_quote(self) -> None:
        """Close the quotation that ended."""
        if self.quote:
            offset, kind = self.quote
            self.quote = None
            self.note({"type": kind}, offset)

    def end_link(self) -> None:
        """Handle the end of a link's text and its address."""
        mark, offset, position = self.open.pop()
        if mark not in {"[", "!["}:
            self.refuse_open(mark, position)
        found = _LINK_END.match(self.source, self.position)
        if found is None:
            self.position += 1
            return
        address = _ESCAPE.sub(r"\1", found[1])
        entity = picture_link(address) if mark == "![" else link(address)
        if entity is not None:
            self.note(entity, offset)
        self.position = found.end()

    def refuse_open(self, mark: str, position: int) -> None:
        """Refuse a mark that never ends."""
        at = byte_offset(self.source, position)
        if self.old:
            raise parse_error(f"Can't find end of the entity starting at byte offset {at}")
        names = {"[": "TextUrl", "![": "CustomEmoji", "```": "Pre", "`": "Code"}
        name = names.get(mark) or self.marks[mark][1]
        raise parse_error(f"Can't find end of {name} entity at byte offset {at}")


def picture_link(address: str) -> Entity:
    """Return the entity behind `![text](tg://...)`: a custom emoji or a moment."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.netloc == "time":
        return date_time(query.get("unix", ""), query.get("format", ""))
    return {"type": "custom_emoji", "custom_emoji_id": query.get("id", "")}


def parse_markdown(source: str, *, old: bool = False) -> tuple[str, list[Entity]]:
    """Return the text and the entities of MarkdownV2, or of the older Markdown."""
    return MarkdownText(source, old=old).parse()
