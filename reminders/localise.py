"""Put wall-clock moments into a time zone, by the rules people are promised for the odd days."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from reminders.rules import BadRule

GAP, OVERLAP, CLAMPED = "gap", "overlap", "clamped"
_MAX_ZONE_NAME = 64


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone; BadRule("zone") if there is none of that name."""
    if not name or len(name) > _MAX_ZONE_NAME or not name.isascii() or not name.isprintable():
        raise BadRule("zone", zone=name[:_MAX_ZONE_NAME])
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadRule("zone", zone=name) from None


def localise(wall: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """Return the UTC instant of a naive wall-clock moment, and its oddity ("", "gap" or "overlap").

    A moment that happens twice is its first pass, unless its ``fold`` says the second; one that is
    skipped moves forward by the length of the gap (RFC 5545, 3.3.5).
    """
    local = wall.replace(tzinfo=zone)
    before, after = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    due = local.astimezone(UTC)
    if before is None or after is None or before == after:
        return due, ""
    return due, GAP if before < after else OVERLAP


def changes_offset(day: datetime, zone: ZoneInfo) -> bool:
    """Whether the zone's distance from UTC changes within 24 hours of a naive midnight."""
    here = day.replace(tzinfo=zone)
    return here.utcoffset() != (here + timedelta(days=1)).utcoffset()
