"""Misbehave on request, to show how a bot copes with late, dropped and reworded answers."""

from dataclasses import asdict, dataclass
from typing import Any

from bots.sandbox.errors import ApiError, bad_request
from bots.sandbox.params import Params


@dataclass
class Fault:
    """What goes wrong with the next `times` calls that match; empty fields match everything."""

    method: str = ""
    chat_id: int = 0
    times: int = 1
    # The connection is cut at once, then the call waits and is accepted or not.
    drop: bool = False
    seconds: float = 0.0
    accept: bool = True
    error_code: int = 0
    description: str = ""
    parameters: dict[str, Any] | None = None

    def matches(self, params: Params) -> bool:
        """Say whether the fault applies to a call."""
        return (
            self.times > 0
            and self.method.lower() in {"", params.method.lower()}
            and self.chat_id in {0, params.integer("chat_id")}
        )

    def error(self) -> ApiError | None:
        """Return the error to answer with, if any."""
        if self.error_code:
            return ApiError(self.error_code, self.description, **(self.parameters or {}))
        return None


_faults: list[Fault] = []
_texts: dict[str, str] = {}


def take_fault(params: Params) -> Fault | None:
    """Return the first fault that applies, and use it up."""
    for fault in _faults:
        if fault.matches(params):
            fault.times -= 1
            return fault
    return None


def add_fault(body: dict[str, Any]) -> dict[str, Any]:
    """Add a fault for coming calls."""
    try:
        fault = Fault(**body)
    except TypeError:
        raise bad_request(f"a fault has the fields {', '.join(asdict(Fault()))}") from None
    _faults.append(fault)
    return asdict(fault)


def list_faults() -> dict[str, Any]:
    """Return the faults still to come and the reworded texts."""
    return {"faults": [asdict(fault) for fault in _faults if fault.times > 0], "texts": _texts}


def clear_faults() -> dict[str, Any]:
    """Behave again."""
    _faults.clear()
    _texts.clear()
    return {}


def reword(texts: dict[str, str]) -> dict[str, Any]:
    """Answer with other error texts from now on (`{old: new}`)."""
    _texts.update(texts)
    return dict(_texts)


def reworded(error: ApiError) -> ApiError:
    """Return an error in the words asked for."""
    for old, new in _texts.items():
        if old in error.description:
            return ApiError(error.code, error.description.replace(old, new), **error.parameters)
    return error
