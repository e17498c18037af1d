"""What the sample workflow is given: a module the worker passes through its sandbox."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Shouting:
    text: str
    at: datetime
