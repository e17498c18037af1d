"""The admin pages of conversations."""

from conversations import upkeep_admin

__all__ = ["upkeep_admin"]
