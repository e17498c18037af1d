"""Put wall-clock moments into a time zone, by the rules people are promised for the odd days."""

from datetime import UTC, date, datetime, time, timedelta
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
    skipped moves forward by the length of the gap, whatever its ``fold`` (RFC 5545, 3.3.5).
    """
    local = wall.replace(tzinfo=zone)
    first = local.replace(fold=0)
    before, after = first.utcoffset(), local.replace(fold=1).utcoffset()
    if before is None or after is None or before == after:
        return local.astimezone(UTC), ""
    if before < after:
        return first.astimezone(UTC), GAP
    return local.astimezone(UTC), "" if wall.fold else OVERLAP


def is_second_pass(local: datetime) -> bool:
    """Whether an aware moment, in its zone, is the second of two with the same wall clock."""
    before, after = local.replace(fold=0).utcoffset(), local.utcoffset()
    return before is not None and after is not None and before > after


def write_local(local: datetime) -> str:
    """Return an aware moment as the wall clock of its zone, ISO 8601 to the second.

    The second pass of a repeated hour has its offset from UTC as well, which ``fold`` (PEP 495)
    needs to outlive the text: "2026-10-25T02:40:00+01:00".
    """
    local = local.replace(microsecond=0)
    return (local if is_second_pass(local) else local.replace(tzinfo=None)).isoformat()


def read_local(text: str) -> datetime:
    """Return the naive wall clock that `write_local` wrote; its ``fold`` says which pass it is."""
    local = datetime.fromisoformat(text)
    return local.replace(tzinfo=None, fold=int(local.tzinfo is not None))


def changes_offset(day: datetime, zone: ZoneInfo) -> bool:
    """Whether the zone's distance from UTC changes within 24 hours of a naive midnight."""
    here = day.replace(tzinfo=zone)
    return here.utcoffset() != (here + timedelta(days=1)).utcoffset()


def day_in(zone: ZoneInfo, day: date) -> tuple[datetime, datetime]:
    """Return when a day begins in a zone, and when the next one does (aware)."""
    begin, end = (datetime.combine(day + timedelta(days=more), time()) for more in (0, 1))
    return localise(begin, zone)[0], localise(end, zone)[0]
