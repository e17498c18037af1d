"""Who may read what people write: one place decides, every page, list and export asks it."""

from typing import Any

READ_TEXT = "conversations.read_text"


def may_read(user: Any) -> bool:
    """Say whether this operator may see message text."""
    return bool(user.has_perm(READ_TEXT))


def shown(text: str, *, readable: bool) -> str:
    """Return the text, or dots that tell only its length."""
    return text if readable or not text else f"••• ({len(text)} characters)"


def snippet(text: str, *, readable: bool, length: int = 90) -> str:
    """Return the text's first words on one line."""
    line = " ".join(shown(text, readable=readable).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
