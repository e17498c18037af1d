"""Find time zones by what people know: their city, their country, their clock, or where they are."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

import tzfpy

from reminders.chat.cities import CITIES, KNOWN

_AT_HOME = {
    "de": "Europe/Berlin", "fr": "Europe/Paris", "es": "Europe/Madrid", "it": "Europe/Rome",
    "pt": "America/Sao_Paulo", "ru": "Europe/Moscow",
}  # fmt: skip
_CLOCK = re.compile(
    r"(?:it'?s |now )?([0-9]{1,2})(?:[:.h ]([0-9]{2}))? ?(a\.?m\.?|p\.?m\.?)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:utc|gmt) ?([+−–-]) ?([0-9]{1,2})(?::?([0-9]{2}))?", re.IGNORECASE)


def find_zones(words: str) -> list[str]:
    """Return the IANA zones that a name, a city or a country means, the likeliest first."""
    wanted = plain(words)
    if not wanted or len(wanted) > 64:
        return []
    for known in (_zones(), _last_parts(), _aliases(), _countries()):
        if wanted in known:
            return list(known[wanted])
    return []


def plain(words: str) -> str:
    """Return the words as zones are compared: no accents, no case, one underscore for spaces."""
    letters = unicodedata.normalize("NFKD", words).casefold()
    kept = "".join(c for c in letters if not unicodedata.combining(c)).strip(" .,!")
    return re.sub(r"[\s_-]+", "_", kept)


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    named = (zone for zone in available_timezones() if "/" in zone or zone == "UTC")
    return {plain(zone): (zone,) for zone in named if not zone.startswith(("posix/", "right/"))}


@cache
def _last_parts() -> dict[str, tuple[str, ...]]:
    old = ("Etc/", "US/", "Canada/", "Brazil/", "Mexico/", "Chile/")
    zones = (zone for (zone,) in _zones().values() if not zone.startswith(old))
    return _collect((plain(city_of(zone)), zone) for zone in sorted(zones))


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    lines = (line.partition(": ") for line in CITIES.strip().splitlines())
    return _collect((plain(city), zone) for zone, _, names in lines for city in names.split(","))


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    zones = _collect((row[0], row[2]) for row in _table("zone.tab"))
    names = {plain(row[1].partition("(")[0]): row[0] for row in _table("iso3166.tab")}
    names |= {
        "usa": "US",
        "germany": "DE",
        "deutschland": "DE",
        "russia": "RU",
        "holland": "NL",
        "uae": "AE",
    }
    return {name: zones[code][:4] for name, code in names.items() if code in zones}


def _table(name: str) -> list[list[str]]:
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _collect(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, zone in pairs:
        if zone not in found.get(name, ()):
            found[name] = (*found.get(name, ()), zone)
    return found


def zone_at(latitude: float, longitude: float) -> str:
    """Return the zone of a place on earth; empty at sea or where there is none."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return ""
    zone = str(tzfpy.get_tz(longitude, latitude))
    return zone if zone in available_timezones() and not zone.startswith("Etc/") else ""


def zones_by_clock(words: str, now: datetime, language: str = "en") -> list[list[str]]:
    """Return groups of zones whose clock is meant by words like "14:05", "2 pm" or "UTC+3".

    Zones of a group keep the same time all year; the group of the language's home comes first.
    """
    wall = _clock_times(words) or _clock_at_offset(words, now)
    groups: dict[tuple[timedelta | None, ...], list[str]] = {}
    home = _AT_HOME.get(language)
    for zone in sorted(KNOWN.split(), key=lambda name: name != home):
        local = now.astimezone(ZoneInfo(zone))
        shown = local.hour * 60 + local.minute
        if any(min((shown - minutes) % 1440, (minutes - shown) % 1440) <= 7 for minutes in wall):
            year = (
                datetime(local.year, month, 15, tzinfo=ZoneInfo(zone)).utcoffset()
                for month in range(1, 13)
            )
            groups.setdefault(tuple(year), []).append(zone)
    return list(groups.values())[:4]


def _clock_at_offset(words: str, now: datetime) -> list[int]:
    """Return the minute of the day it is now so many hours from UTC."""
    match = _OFFSET.fullmatch(words.strip()[:20])
    if match is None or int(match[2]) > 14 or int(match[3] or 0) > 59:
        return []
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    there = now.astimezone(UTC) + timedelta(minutes=-minutes if match[1] in "-−–" else minutes)
    return [there.hour * 60 + there.minute]


def _clock_times(words: str) -> list[int]:
    """Return the minutes of the day that may be meant: two of them for "2:05"."""
    match = _CLOCK.fullmatch(words.strip()[:20])
    if match is None:
        return []
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()[:1]
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return []
    if half:
        return [(hour % 12 + 12 * (half == "p")) * 60 + minute]
    hours = {hour} if hour > 12 or hour == 0 else {hour, (hour + 12) % 24}
    return sorted(h * 60 + minute for h in hours)


def city_of(zone: str) -> str:
    """Return the city a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")
