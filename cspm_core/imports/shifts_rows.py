"""One row of a roster in CSV, checked; and which of its columns means what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from ..calendars import BadTimezone, at_local, zone
from ..duty.rules import LONGEST
from ..tickets.rules import EARLIEST, LATEST
from . import columns, files, mapping
from .files import Export, Line
from .instants import Instants, Order
from .mapping import FieldMap
from .problems import Fault, Unreadable
from .ticket_plan import order_in

SHIFTS = ("person", "start", "end", "activity", "team", "timezone", "date")
NEEDED = ("person", "start", "end")
# fmt: off
ALIASES: Mapping[str, str] = {
    "person": "name agent employee member user who staff worker agentname employeename email emailaddress assignee "
    "naam medewerker werknemer collega agentnaam 이름 성명 상담원 담당자 직원 근무자 姓名 人員 "
    "人员 員工 员工 客服 客服人員",
    "start": "from starttime startsat startat startdate begin begins since shiftstart startdatetime van vanaf "
    "begintijd starttijd aanvang 시작 시작시간 시작일시 開始 开始 開始時間 开始时间 上班 上班時間 起",
    "end": "to endtime endsat endat enddate until finish ends shiftend enddatetime tot eindtijd einde eind 종료 끝 "
    "종료시간 종료일시 結束 结束 結束時間 结束时间 下班 下班時間 迄",
    "activity": "shift shifttype type task role status code label summary activiteit dienst soort taak 활동 업무 근무 "
    "근무형태 구분 活動 活动 班別 班别 班次 工作 類型 类型",
    "team": "teamname group department groep afdeling 팀 팀명 그룹 團隊 团队 部門 部门 小組",
    "timezone": "tz zone tijdzone 시간대 時區 时区",
    "date": "day shiftdate workdate startdate datum dag 날짜 일자 근무일 日期",
}
# fmt: on
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([ap]\.?m\.?)?|(\d{1,2})\s*([ap]\.?m\.?)", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(.*[ T])24:00(:00)?$")


class ShiftReason(StrEnum):
    """Why one row of a roster was refused."""

    TOO_FEW_FIELDS = "too_few_fields"
    TOO_MANY_FIELDS = "too_many_fields"
    NO_PERSON = "no_person"
    UNKNOWN_PERSON = "unknown_person"
    NO_TEAM = "no_team_of_shift"
    UNKNOWN_TEAM = "unknown_team"
    BAD_START = "bad_start"
    BAD_END = "bad_end"
    ENDS_FIRST = "ends_first"
    TOO_LONG = "shift_too_long"
    BAD_TIMEZONE = "bad_timezone"
    TOO_OFTEN = "repeats_too_often"
    BAD_REPEAT = "bad_repeat"


class RowRefused(Exception):
    """A row that cannot be taken; `people`: whom it may mean, `about`: a name that nobody goes by."""

    def __init__(self, reason: ShiftReason, people: Sequence[str] = (), about: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reason, self.people, self.about = reason, tuple(people), "".join(about)


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """What a row says. `people`: names of one person, the likeliest first."""

    people: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    activity: str
    team: str


@dataclass(frozen=True)
class Columns:
    """A CSV roster whose columns are known."""

    export: Export
    places: Mapping[str, int]
    told: FieldMap
    order: Order | None
    rows: int

    def reader(self, zone_of: Callable[[str], str]) -> ShiftRows:
        """A reader of rows. `zone_of`: a team's name as it stands in the row -> the zone of its times."""
        return ShiftRows(self, zone_of)


def columns_of(path: Path, encoding: str | None, map_: Path | None, order: Order | None) -> Columns:
    """Find out how a roster is written. Raises Unreadable."""
    told = mapping.read_map(map_, SHIFTS) if map_ else mapping.NO_MAP
    export = files.look_at(path, encoding)
    try:
        rows = sum(1 for _ in export.lines())
    except UnicodeError:
        if encoding or export.encoding != "utf-8":
            raise Unreadable(Fault.BAD_ENCODING, export.encoding) from None
        export = replace(export, encoding=files.FALLBACK)
        rows = sum(1 for _ in export.lines())
    places = mapping.places(columns.recognise(_ours(export.header), SHIFTS), export.header, told.columns)
    for needed in NEEDED:
        if needed not in places:
            raise Unreadable(Fault.NO_COLUMN, needed, export.header)
    if not rows:
        raise Unreadable(Fault.NO_ROWS, path.name)
    first = order or told.order
    if first is None and told.form is None:
        first = order_in(export, [places[name] for name in ("start", "end", "date") if name in places])
    return Columns(export, places, told, first, rows)


def _ours(header: Sequence[str]) -> list[str]:
    """The header with our names where it has others for the same; of two the first alias in our list counts."""
    squeezed, found = [columns.squeeze(name) for name in header], list(header)
    taken = {name for name in SHIFTS if name in squeezed}
    for ours, text in ALIASES.items():
        place = next((squeezed.index(alias) for alias in text.split() if alias in squeezed), None)
        if ours not in taken and place is not None and squeezed[place] not in SHIFTS:
            found[place], squeezed[place] = ours, ours
    return found


class ShiftRows:
    """Reads the rows of one roster; counts wall times that a change of clocks skipped or had twice."""

    def __init__(self, known: Columns, zone_of: Callable[[str], str]) -> None:
        self._known, self._zone_of, self._width = known, zone_of, len(known.export.header)
        self._instants: dict[str, Instants] = {}

    @property
    def skipped(self) -> int:
        return sum(one.skipped for one in self._instants.values())

    @property
    def twice(self) -> int:
        return sum(one.twice for one in self._instants.values())

    def facts(self, line: Line) -> ShiftFacts:
        """What the row says. Raises RowRefused."""
        if len(line.fields) < self._width:
            raise RowRefused(ShiftReason.TOO_FEW_FIELDS)
        if any(line.fields[self._width :]):
            raise RowRefused(ShiftReason.TOO_MANY_FIELDS)
        said = {**self._known.told.defaults, **dict(self._texts(line.fields))}
        names = tuple(filter(None, [" ".join(said.get("person", "").split())]))
        if not names:
            raise RowRefused(ShiftReason.NO_PERSON)
        try:
            starts_at, ends_at = self._span(said)
            check_span(starts_at, ends_at)
        except RowRefused as row:
            raise RowRefused(row.reason, names) from None
        return ShiftFacts(names, starts_at, ends_at, " ".join(said.get("activity", "").split()), said.get("team", ""))

    def _texts(self, fields: Sequence[str]) -> Iterator[tuple[str, str]]:
        told = self._known.told
        for name, place in self._known.places.items():
            text = fields[place].strip()
            text = told.values.get(name, {}).get(text.casefold(), text)
            if text and text not in told.empty:
                yield name, text

    def _span(self, said: Mapping[str, str]) -> tuple[datetime, datetime]:
        """Both instants; a time alone is on the row's date, or on the day the shift began, or on the next."""
        instants = self._zone(said)
        start, end, day = (said.get(name, "") for name in ("start", "end", "date"))
        starts_at = self._read(instants, start, day, ShiftReason.BAD_START)
        if not _CLOCK.fullmatch(end):
            return starts_at, self._read(instants, end, "", ShiftReason.BAD_END)
        wall = starts_at.astimezone(instants.zone)
        ends_at = self._read(instants, end, wall.date().isoformat(), ShiftReason.BAD_END)
        if ends_at <= starts_at:
            ends_at = self._read(instants, end, (wall.date() + timedelta(days=1)).isoformat(), ShiftReason.BAD_END)
        return starts_at, ends_at

    def _read(self, instants: Instants, text: str, day: str, reason: ShiftReason) -> datetime:
        try:
            if _CLOCK.fullmatch(text):
                if not day:
                    raise RowRefused(reason)
                hours, minutes = _clock(text)
                date = instants.read(day).astimezone(instants.zone).date() + timedelta(days=hours // 24)
                return instants.read(f"{date.isoformat()} {hours % 24:02d}:{minutes:02d}")
            if found := _MIDNIGHT.fullmatch(text):
                date = instants.read(f"{found[1]}00:00").astimezone(instants.zone).date()
                return at_local(date + timedelta(days=1), datetime.min.time(), instants.zone.key)
            return instants.read(text)
        except (ValueError, OverflowError):
            raise RowRefused(reason) from None

    def _zone(self, said: Mapping[str, str]) -> Instants:
        name = said.get("timezone") or self._known.told.timezone or self._zone_of(said.get("team", ""))
        if name not in self._instants:
            try:
                self._instants[name] = Instants(zone(name).key, self._known.order, self._known.told.form)
            except BadTimezone:
                raise RowRefused(ShiftReason.BAD_TIMEZONE) from None
        return self._instants[name]


def check_span(starts_at: datetime, ends_at: datetime) -> None:
    """Raises RowRefused where a shift cannot be."""
    if not EARLIEST <= starts_at < LATEST:
        raise RowRefused(ShiftReason.BAD_START)
    if ends_at <= starts_at:
        raise RowRefused(ShiftReason.ENDS_FIRST)
    if ends_at - starts_at > LONGEST:
        raise RowRefused(ShiftReason.TOO_LONG)


def _clock(text: str) -> tuple[int, int]:
    """Hours (24: midnight after) and minutes. Raises ValueError."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hours, minutes = int(found[1] or found[5]), int(found[2] or 0)
    if half := found[4] or found[6]:
        if not 1 <= hours <= 12:
            raise ValueError(text)
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        raise ValueError(text)
    return hours, minutes
