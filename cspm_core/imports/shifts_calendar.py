"""A roster as a calendar (ICS): every event of the past month and the next year, with whom it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event

from ..calendars import as_utc, at_local
from ..duty.activities import Kind, activity_key, kind_of
from ..errors import BadCalendar
from .files import Line
from .shifts_rows import RowRefused, ShiftFacts, ShiftReason, check_span

BACK, AHEAD = timedelta(days=31), timedelta(days=366)
MOST_BYTES = 10 * 1024 * 1024
MOST_EVENTS = 50_000
PAGE = timedelta(days=28)
BEGINS = b"BEGIN:VCALENDAR"
RARE = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
"""What a shift repeats by; a rule by the minute would never end."""
OFTEN = ("BYHOUR", "BYMINUTE", "BYSECOND")
_PARTS = re.compile(r"\s*[:：]\s*|\s+[-–—|/]\s+|\s*[@]\s+|\s*[()（）]\s*")
NOBODY = ("ROOM", "RESOURCE")


@dataclass(frozen=True, slots=True)
class Horizon:
    """From when to when a calendar is read."""

    from_at: datetime
    to_at: datetime


def is_calendar(path: Path) -> bool:
    """Whether a file is a calendar, by what stands in it."""
    if not path.is_file():
        return False
    with path.open("rb") as source:
        return source.read(1024).lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(BEGINS)


def events(
    path: Path, timezone: str, knows: Callable[[str], bool], horizon: Horizon
) -> Iterator[tuple[Line, ShiftFacts | RowRefused]]:
    """Each person's part in each event, or why it cannot be taken. `timezone`: of times that name none, and of whole
    days; `knows`: whether somebody goes by a name. Raises BadCalendar."""
    calendar, number = _read(path), 0
    title = str(calendar.get("X-WR-CALNAME", ""))
    for event, reason in _all(calendar, path, horizon):
        for people, activity in _meant(event, title, knows):
            number += 1
            said = _facts(event, people, activity, timezone) if reason is None else RowRefused(reason, people)
            if isinstance(said, RowRefused) or (said.ends_at > horizon.from_at and said.starts_at < horizon.to_at):
                yield _line(number, event, people, activity), said
    if not number:
        raise BadCalendar(path.name, "empty")


def _read(path: Path) -> Calendar:
    if path.stat().st_size > MOST_BYTES:
        raise BadCalendar(path.name, "too_large")
    try:
        found = Calendar.from_ical(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, IndexError, KeyError):
        raise BadCalendar(path.name, "unreadable") from None
    if not isinstance(found, Calendar):
        raise BadCalendar(path.name, "unreadable")
    return found


def _all(calendar: Calendar, path: Path, horizon: Horizon) -> Iterator[tuple[Any, ShiftReason | None]]:
    """Every event as often as it happens, in pages; first those that cannot be taken, which are taken out."""
    for event in [one for one in calendar.subcomponents if isinstance(one, Event)]:
        if reason := _wrong(event):
            calendar.subcomponents.remove(event)
            yield event, reason
    query, start, seen = recurring_ical_events.of(calendar, skip_bad_series=True), horizon.from_at, set[Any]()
    while start < horizon.to_at:
        for event in query.between(start, min(start + PAGE, horizon.to_at)):
            key = (str(event.get("UID", "")), str(event["DTSTART"].dt), str(event.get("SUMMARY", "")))
            if key in seen or str(event.get("STATUS", "")).upper() == "CANCELLED":
                continue
            seen.add(key)
            if len(seen) > MOST_EVENTS:
                raise BadCalendar(path.name, "too_many")
            yield event, None
        start += PAGE


def _wrong(event: Event) -> ShiftReason | None:
    if _when(event.get("DTSTART")) is None:
        return ShiftReason.BAD_START
    broken = {name for name, _ in event.errors}
    if broken & {"DTEND", "DURATION"}:
        return ShiftReason.BAD_END
    if broken & {"RRULE", "RDATE", "EXDATE"}:
        return ShiftReason.BAD_REPEAT
    rules = event.get("RRULE") or []
    for rule in rules if isinstance(rules, list) else [rules]:
        often = [rule.get(name) for name in OFTEN if rule.get(name)]
        if str((rule.get("FREQ") or [""])[0]).upper() not in RARE or any(len(values) > 1 for values in often):
            return ShiftReason.TOO_OFTEN
    return None


def _facts(event: Any, people: Sequence[str], activity: str, timezone: str) -> ShiftFacts | RowRefused:
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else start
    try:
        starts_at, ends_at = _instant(start, timezone), _instant(end, timezone)
        check_span(starts_at, ends_at)
    except RowRefused as row:
        return RowRefused(row.reason, people)
    return ShiftFacts(tuple(people), starts_at, ends_at, activity, "")


def _instant(value: date, timezone: str) -> datetime:
    """An instant; a wall time and a whole day are in the given zone."""
    if not isinstance(value, datetime):
        return at_local(value, time(), timezone)
    return as_utc(value) if value.tzinfo else at_local(value.date(), value.time(), timezone)


def _meant(event: Any, title: str, knows: Callable[[str], bool]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Whom an event is about, each with the names they may go by, and what they do: the invited, else whoever the
    title names (`Ada: on call`, `On call - Ada`), else who organises it."""
    summary = " ".join(str(event.get("SUMMARY", "")).split())
    parts = [part for part in _PARTS.split(summary) if part]
    named = next((part for part in parts if knows(part)), None)
    activity = ", ".join(part for part in parts if part != named) if named else summary
    if not activity and kind_of(activity_key(title)) is Kind.DUTY:
        activity = title
    invited = [_names(one) for one in _many(event.get("ATTENDEE")) if _comes(one)]
    organiser = _names(event["ORGANIZER"]) if "ORGANIZER" in event else ()
    if invited:
        yield from ((names, activity) for names in invited)
    elif named or not any(map(knows, organiser)):
        yield (named or (parts[0] if parts else ""),) if named or parts else (), activity
    else:
        yield organiser, activity


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _comes(address: Any) -> bool:
    told = {str(name).upper(): str(value).upper() for name, value in address.params.items()}
    return told.get("PARTSTAT") != "DECLINED" and told.get("CUTYPE") not in NOBODY


def _names(address: Any) -> tuple[str, ...]:
    """The address, and the name beside it."""
    mail = re.sub(r"^mailto:", "", str(address), flags=re.IGNORECASE)
    return tuple(filter(None, (mail, str(address.params.get("CN", "")))))


def _line(number: int, event: Any, people: Sequence[str], activity: str) -> Line:
    """The same as a row of our own, so that what is refused can be mended."""
    start, end = (_text(event.get(name)) for name in ("DTSTART", "DTEND"))
    return Line(number, [(people or ("",))[-1], start, end, activity, "", "", ""])


def _text(value: Any) -> str:
    at = _when(value)
    return at.isoformat(sep=" ") if isinstance(at, datetime) else at.isoformat() if at else ""


def _when(value: Any) -> date | None:
    """The day or time of a property; None where it is broken or not there."""
    try:
        at = getattr(value, "dt", None)
    except ValueError:
        return None
    return at if isinstance(at, date) else None
