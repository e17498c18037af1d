"""The way into understanding: a message, the time and the sender's habits in; a meaning out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from reminders.recurrence import BadRule, Schedule, first_after
from reminders.when import series as recurrences
from reminders.when.calendar import NoSuchDateError, Today, TooFarError, aware, coming, is_ahead
from reminders.when.fields import Series
from reminders.when.languages import code_of, language
from reminders.when.languages import day_first as reads_day_first
from reminders.when.limits import refusal
from reminders.when.meaning import Kind, Meaning, Nag, Reading, Span
from reminders.when.once import once
from reminders.when.plain import bare_clock, plain_moment
from reminders.when.plan import SECONDS, plan
from reminders.when.reading import ReadText, read
from reminders.when.tokens import LONGEST

NAG_EVERY = 300  # seconds, where the message names no interval
_MARGIN = 2  # characters by which English must explain more than the sender's own language


def parse(
    text: str,
    *,
    now: datetime,
    tz: str,
    locale: str = "en",
    clock: int | None = None,
    day_first: bool | None = None,
) -> Meaning:
    """Return what `text`, written at `now` (aware) in zone `tz`, asks to be reminded of and when.

    `clock` is the sender's 12 or 24 h habit, None when unknown; `day_first` whether 3/4 is 3 April
    (None: as the locale has it).
    """
    if len(text) > LONGEST:
        details = (("length", len(text)), ("longest", LONGEST))
        return Meaning(Kind.REFUSED, "", problem="too_long", details=details)
    found = _read_in(text, locale)
    order = reads_day_first(locale) if day_first is None else day_first
    meaning = _meaning(found, _today(now, tz, order), clock)
    if day_first is None and locale == "en" and meaning.kind is Kind.INSTANT:
        return _either_order(meaning, _meaning(found, _today(now, tz, not order), clock))
    return meaning


def _either_order(meaning: Meaning, other: Meaning) -> Meaning:
    """Offer both readings of 3/4 where neither the sender nor the country says which it is."""
    if other.kind is not Kind.INSTANT or other.due is None or meaning.due is None:
        return meaning
    if other.due == meaning.due:
        return meaning
    readings = (Reading(meaning.due), Reading(other.due))
    return replace(meaning, kind=Kind.AMBIGUOUS, due=None, readings=readings)


def parse_when(
    text: str,
    *,
    now: datetime,
    tz: str,
    locale: str = "en",
    clock: int | None = None,
    day_first: bool | None = None,
) -> Meaning:
    """Return the meaning of a text that only says when ("39 minutes", "9", "tomorrow 9")."""
    meaning = parse(text, now=now, tz=tz, locale=locale, clock=clock, day_first=day_first)
    if meaning.kind is not Kind.NONE or len(text) > LONGEST:
        return replace(meaning, subject="")
    lang = language(code_of(locale))
    items = lang.grammar.reduce(lang.lexicon.read(text))
    for before, item in zip([None, *items], items, strict=False):
        if before is not None and "MINUS" in before.values:
            continue
        moment = plain_moment(item, alone=True) or bare_clock(item)
        if moment is not None:
            order = reads_day_first(locale) if day_first is None else day_first
            found = read("", lang)
            found.request.moment = moment
            found.request.used.append((item, "time"))
            return _meaning(found, _today(now, tz, order), clock)
    return replace(meaning, subject="")


def warm(locales: Iterable[str]) -> None:
    """Make the languages of `locales` ready, so that nobody's first message waits for it."""
    for code in {"en", *map(code_of, locales)}:
        read("", language(code))


def explain(text: str, meaning: Meaning) -> tuple[tuple[str, str, int, int], ...]:
    """Return the pieces of `text` that were read as something: words, role, start, end."""
    return tuple((text[s.start : s.end], s.role, s.start, s.end) for s in meaning.spans)


def _today(now: datetime, tz: str, order: bool) -> Today:  # noqa: FBT001
    zone = ZoneInfo(tz)
    return Today(now.astimezone(zone).replace(tzinfo=None), zone, order)


def _read_in(text: str, locale: str) -> ReadText:
    """Read in the sender's language, or in English, which many write, where that explains more."""
    code = code_of(locale)
    found = read(text, language(code))
    if code == "en":
        return found
    english = read(text, language("en"))
    return english if english.coverage > found.coverage + _MARGIN else found


def _meaning(found: ReadText, today: Today, mode: int | None) -> Meaning:
    meaning = _one_meaning(found, today, mode)
    if not found.request.entries or meaning.kind is Kind.NONE:
        return meaning
    readings = meaning.readings or ((Reading(meaning.due, meaning.rules),) if meaning.due else ())
    details = (("entries", found.request.entries),)
    return Meaning(
        Kind.REFUSED, meaning.subject, readings=readings, problem="entries", details=details
    )


def _one_meaning(found: ReadText, today: Today, mode: int | None) -> Meaning:
    base = _base(found)
    try:
        if found.request.series is not None:
            return _recurring(found, base, found.request.series, today, mode)
        if found.request.moment is not None:
            return once(base, found.request.either or (found.request.moment,), today, mode)
    except TooFarError:
        return replace(base, kind=Kind.REFUSED, problem="too_far", details=(("years", 5),))
    except NoSuchDateError:
        return replace(base, kind=Kind.REFUSED, problem="no_such_date")
    if found.request.negative:
        return replace(base, kind=Kind.REFUSED, problem="negative")
    return replace(base, problem="no_time")


def _base(found: ReadText) -> Meaning:
    request = found.request
    nag = request.nag
    if nag is not None and not nag.every:
        nag = replace(nag, every=NAG_EVERY)
    if request.until_done and nag is None:
        nag = Nag(NAG_EVERY)
    spans = tuple(sorted((Span(i.start, i.end, role) for i, role in request.used),
                         key=lambda s: s.start))  # fmt: skip
    return Meaning(
        Kind.NONE,
        found.subject,
        nag=nag,
        until_done=request.until_done,
        alerts=request.alerts,
        urgent=request.urgent,
        spans=spans,
    )


def _recurring(
    found: ReadText, base: Meaning, series: Series, today: Today, mode: int | None
) -> Meaning:
    request = found.request
    if series.repeat.every == 0:
        return replace(base, kind=Kind.REFUSED, problem="no_interval")
    made = plan(series, request.moment, request.bounds, today)
    options = recurrences.build(made, today, mode)
    for other in request.unions:
        beside = plan(other, request.moment, request.bounds, today)
        options = recurrences.united(options, recurrences.build(beside, today, mode))
    readings = tuple(Reading(_first_due(o, today), o.rules) for o in options)
    first = options[0]
    base = replace(
        base,
        needs_zone=made.repeat.unit not in SECONDS or bool(made.clocks),
        bare_hour=first.bare,
        time_given=first.time_given,
        clamped=first.clamped,
    )
    refused = refusal(series.repeat, base, readings, today)
    if refused is not None:
        return refused
    if series.after_done:
        repeat = series.repeat
        base = replace(base, after_done=(repeat.every or 1, repeat.unit or "day"))
    if len({reading.due for reading in readings}) > 1:
        return replace(base, kind=Kind.AMBIGUOUS, readings=readings)
    return replace(base, kind=Kind.RECURRENCE, due=readings[0].due, rules=readings[0].rules)


def _first_due(made: recurrences.Recurrence, today: Today) -> datetime:
    """Return the first occurrence, on the wall clock even where a clock change skips it.

    The rules go on from it, so it must not be moved. It is in an hour's second pass if the first
    is over.
    """
    first = coming(made.first, today)
    due = first.replace(tzinfo=today.zone)
    if is_ahead(first, today):
        return due
    try:
        now = aware(today.now, today.zone)
        later = first_after(Schedule(made.rules, first, today.zone.key), now)
    except BadRule:  # it will be refused with its reason
        return due
    return later.local if later else due
