"""Read a call's parameters, which arrive as text, form fields or JSON and mean the same."""

import json
from dataclasses import dataclass, field
from typing import Any

from bots.sandbox.errors import bad_request

# What a database column holds; a larger id belongs to nobody.
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Upload:
    """A file inside a multipart request."""

    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True)
class Params:
    """The parameters of one call."""

    method: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number, or the default when it is missing or something else."""
        try:
            found = int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default
        return found if abs(found) <= LARGEST else default

    def flag(self, name: str) -> bool:
        """Return a yes or no."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes", "t", "y"}

    def structure(self, name: str) -> Any:
        """Return a JSON parameter as an object; None when it is missing or empty."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def message_id(self, name: str = "message_id") -> int:
        """Return the id of the message meant."""
        if number := self.integer(name):
            return number
        raise bad_request("message identifier is not specified")

    def for_the_log(self) -> dict[str, Any]:
        """Return everything as JSON values, with nested objects unfolded."""
        readable: dict[str, Any] = {}
        for name, value in self.values.items():
            readable[name] = value
            if isinstance(value, str) and value[:1] in {"{", "["}:
                try:
                    readable[name] = json.loads(value)
                except ValueError:
                    continue
        for name, upload in self.files.items():
            readable[name] = {"file_name": upload.name, "file_size": len(upload.data)}
        return readable
