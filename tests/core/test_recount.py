"""The whole of the product against a count by hand: files in, days packed and kept, figures and lists out.

`recount` counts; `recount_lives` makes teams whose tickets, calls and events are as odd as real ones.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from sqlmodel import select
from typer.testing import CliRunner

from bot.kpi import commands
from cspm_core import drivers, errors, imports, kpi, people, signals, tickets
from cspm_core.metrics import CATALOGUE, Better, Measure
from cspm_core.people import Identity, Team
from cspm_core.periods import Period, parse_period
from cspm_core.store import Store

from .recount import DAY, FIGURES, Counted, House, counted, fold
from .recount_lives import PEOPLE, READ_AT, Centre, centre

FIRST, DAYS = date(2026, 3, 2), 44
WORKED = dict.fromkeys(range(5), ((540, 750), (795, 1050)))
HOUSES = {
    "lunch": House(
        "Europe/Amsterdam",  # clocks change on 29 March
        {**WORKED, 5: ((600, 840),)},
        closed=frozenset((date(2026, 3, 20), date(2026, 4, 6))),
        sla={("first_response", ""): (4 * 3600, "business"), ("first_response", "urgent"): (1800, "business"),
             ("resolution", ""): (3 * 8 * 3600, "business")},
    ),
    "night": House(
        "America/New_York",  # on 8 March
        dict.fromkeys(range(7), ((1320, 1800),)),
        sla={("first_response", "urgent"): (3600, "calendar"), ("resolution", ""): (48 * 3600, "calendar")},
        response_start="handed_off", transfers_counted="group", abandoned_in_time="ignored",
    ),
    "always": House(
        "Australia/Lord_Howe",  # on 5 April, by half an hour
        dict.fromkeys(range(7), ((0, 1440),)),
        service_level_s=15, short_abandon_s=4, abandoned_in_time="for",
    ),
}  # fmt: skip
HOURS = {
    "lunch": "mon-fri 09:00-12:30,13:15-17:30; sat 10:00-14:00",
    "night": "mon-sun 22:00-06:00",
    "always": "24x7",
}
PERIODS = ("2026-03", "2026-W13", "2026-W14", "2026-03-29", "2026-03-05..2026-04-12", "2026-02")
SEVERAL = (("lunch", 33), ("night", 34), ("always", 35))


@dataclass
class Scene:
    """A team in the product, and the same team by hand."""

    store: Store
    team: Team
    known: Centre
    now: datetime

    def period(self, key: str, now: datetime | None = None) -> Period:
        return parse_period(key, timezone=self.team.timezone, now=now or self.now)

    def by_hand(self, key: str, first: date, last: date, as_of: datetime, who: str = "") -> Counted:
        """Over whole local days; of one person, where `who` says whom."""
        asked = (key, first, last, as_of, who)
        if asked not in self.known.counted:
            house = self.known.desk.house
            span = house.midnight(first), house.midnight(last + DAY), as_of
            self.known.counted[asked] = counted(self.known.desk, key, *span, who=who)
        return self.known.counted[asked]

    def keep(self) -> int:
        done = 0
        while True:
            with self.store.transaction() as session:
                kept = kpi.keep(session, self.team, now=self.now, limit=20)
            if not kept:
                return done
            done += kept.packed + kept.settled


@cache
def known(name: str, seed: int, n_tickets: int = 150, n_calls: int = 110) -> Centre:
    house = HOUSES[name]
    house.first_day, house.last_day = FIRST - DAY, FIRST + DAYS * DAY
    return centre(seed * 1000 + len(name), house, FIRST, DAYS, tickets=n_tickets, calls=n_calls)


def moved_in(store: Store, folder: Path, name: str, found: Centre) -> Scene:
    """A team whose files were imported, tickets first."""
    house = found.desk.house
    now = found.until + timedelta(hours=2)
    with store.transaction() as session:
        workspace = people.found_workspace(session, now=now)
        team = people.add_team(
            session, workspace.id, "Returns", timezone=house.timezone, hours=HOURS[name], now=now,
            response_start=house.response_start, transfers_counted=house.transfers_counted,
            service_level_s=house.service_level_s, short_abandon_s=house.short_abandon_s,
            abandoned_in_time=house.abandoned_in_time,
        )  # fmt: skip
        for day in house.closed:
            people.override_day(session, team, day, "", now=now)
        for (metric, priority), (seconds, clock) in house.sla.items():
            tickets.set_sla(session, team, metric, priority, seconds, clock, now=now)
    load(store, workspace.id, folder, found, now)
    with store.reading() as session:
        return Scene(store, people.team(session, workspace.id, team.id), found, now)


def load(store: Store, workspace_id: int, folder: Path, found: Centre, now: datetime) -> None:
    wish = {"team": "Returns", "timezone": "UTC"}
    until, heard = ({"exported_at": at.isoformat(), **wish} for at in (found.until, found.calls_until))

    def file(name: str, text: str) -> Path:
        path = folder / name
        path.write_text(text, "utf-8")
        return path

    def hear(_: int) -> None: ...

    if found.tickets_csv.count("\n") > 1:
        plan = imports.plan(store, workspace_id, imports.Wish(file("tickets.csv", found.tickets_csv), **until), now=now)
        survey = imports.survey(plan, hear)
        with imports.RefusedRows(plan.export, str) as refused:
            report = imports.carry_out(store, workspace_id, survey, refused, now=now, advance=hear)
        assert report.refused.total() == 0
    if found.events_csv.count("\n") > 1:
        wished = imports.Wish(file("events.csv", found.events_csv), **until)
        planned = imports.plan_events(store, workspace_id, wished, now=now)
        with imports.RefusedRows(planned.export, str) as refused:
            taken = imports.take_events(store, workspace_id, planned, refused, now=now, advance=hear)
        assert imports.follow_events(store, workspace_id, taken, now=now, advance=hear).refused.total() == 0
    if found.calls_csv.count("\n") > 1:
        called = imports.Wish(file("calls.csv", found.calls_csv), **heard)
        surveyed = imports.survey_calls(imports.plan_calls(store, workspace_id, called, now=now), hear)
        with imports.RefusedRows(surveyed.plan.export, str) as refused:
            calls = imports.take_calls(store, workspace_id, surveyed, refused, now=now, advance=hear)
        assert calls.refused.total() == 0


# Holding one against the other ----------------------------------------------------------------------------------------


class Held:
    """Every number that is not the same, with where it stands; and how many were looked at."""

    def __init__(self) -> None:
        self.looked_at = 0
        self.wrong: list[str] = []

    def same(self, where: str, ours: Any, by_hand: Any) -> None:
        self.looked_at += 1
        if not _is_same(ours, by_hand):
            self.wrong.append(f"{where}: {ours} where one counts {by_hand}")

    def measure(self, where: str, ours: Measure, by_hand: Counted) -> None:
        for name in (
            "value", "n", "numerator", "denominator", "p90", "longer_than", "waiting", "oldest_s", "set_aside",
            "provisional",
        ):  # fmt: skip
            one, other = getattr(ours, name), getattr(by_hand, name)
            self.same(f"{where} {name}", one, other)
        for key, n in by_hand.extras.items():
            self.same(f"{where} {key}", ours.extras.get(key, 0), n)
        if by_hand.interval and ours.interval:
            self.same(f"{where} interval", (ours.interval.low, ours.interval.high), by_hand.interval)

    def check(self, at_least: int) -> None:
        assert not self.wrong, f"{len(self.wrong)} of {self.looked_at}:\n" + "\n".join(self.wrong[:400])
        assert self.looked_at >= at_least


def _is_same(ours: Any, by_hand: Any) -> bool:
    if isinstance(ours, tuple):
        return all(map(_is_same, ours, by_hand))
    if ours is None or by_hand is None:
        return ours is by_hand
    return math.isclose(ours, by_hand, rel_tol=1e-9, abs_tol=1e-9)


@pytest.fixture
def scene(store: Store, tmp_path: Path) -> Scene:
    """On each database."""
    return moved_in(store, tmp_path, *_known(SEVERAL[0]))


def _known(one: tuple[str, int]) -> tuple[str, Centre]:
    return one[0], known(*one)


def instants(scene: Scene) -> tuple[datetime, datetime, datetime]:
    """The end of the data; a working morning before it, and one long before."""
    return scene.known.until, *READ_AT


def before(period: Period, as_of: datetime, house: House) -> tuple[date, date, datetime]:
    """The equal period before, and the instant that lies as far behind its beginning as the reading behind this one."""
    first, last = period.first_day, period.last_day
    if period.kind == "month":
        then = (first - DAY).replace(day=1), first - DAY
    else:
        then = first - (last - first + DAY), first - DAY
    wall = as_of.astimezone(house.zone)
    day = then[0] + (wall.date() - first)
    return *then, datetime.combine(day, wall.time().replace(fold=0), house.zone).astimezone(UTC)


def test_every_figure_of_every_period_and_day_is_what_one_counts_by_hand(scene: Scene):
    hold_all(scene)


@pytest.mark.parametrize("one", SEVERAL[1:], ids=lambda one: one[0])
def test_so_it_is_at_night_and_where_clocks_change_by_half_an_hour(
    sqlite_store: Store, tmp_path: Path, one: tuple[str, int]
):
    hold_all(moved_in(sqlite_store, tmp_path, *_known(one)))


def hold_all(scene: Scene) -> None:
    """Before anything is kept, and after."""
    held, (until, monday, long_ago) = Held(), instants(scene)
    for key in PERIODS[:2]:
        hold_card(held, scene, key, until)
    hold_card(held, scene, PERIODS[0], long_ago)
    hold_days(held, scene, until)
    assert scene.keep() > DAYS  # from here on most is read from what is packed and kept
    for as_of in instants(scene):
        for key in PERIODS:
            hold_card(held, scene, key, as_of)
    hold_days(held, scene, until)
    hold_days(held, scene, monday)
    held.check(20_000)


def hold_card(held: Held, scene: Scene, key: str, as_of: datetime) -> None:
    """The scorecard of a period, with the one before."""
    period = scene.period(key)
    with scene.store.reading() as session:
        card = kpi.scorecard(session, scene.team, period, as_of=as_of, keys=tuple(FIGURES))
    earlier = before(period, as_of, scene.known.desk.house)
    assert len(card.readings) == len(FIGURES)
    for reading in card.readings:
        metric = reading.metric.key
        where = f"{metric} {key} at {as_of:%d %b}"
        held.measure(where, reading.measure, scene.by_hand(metric, period.first_day, period.last_day, as_of))
        assert reading.before
        held.measure(f"before {where}", reading.before, scene.by_hand(metric, *earlier))


def hold_days(held: Held, scene: Scene, as_of: datetime) -> None:
    """Every local day from before the data to behind it."""
    metrics = [CATALOGUE[key] for key in FIGURES]
    with scene.store.reading() as session:
        found = kpi.daily(session, scene.team, metrics, FIRST - 2 * DAY, FIRST + DAYS * DAY, as_of=as_of)
    assert set(found) == set(FIGURES) - {"backlog", "backlog_age", "unanswered"}
    for key, series in found.items():
        for n, day in enumerate(series.days):
            by_hand, where = scene.by_hand(key, day, day, as_of), f"{key} of {day} at {as_of:%d %b}"
            held.same(f"{where} n", int(series.n[n]), by_hand.n)
            for name in ("value", "numerator", "denominator"):
                told = float(getattr(series, name)[n])
                held.same(f"{where} {name}", None if math.isnan(told) else told, getattr(by_hand, name))


def test_what_is_counted_is_no_empty_set():
    """Each figure rests on enough of each team for a slip to show."""
    for name, seed in SEVERAL:
        found = known(name, seed)
        house = found.desk.house
        for key in FIGURES:
            whole = counted(found.desk, key, house.midnight(FIRST), house.midnight(FIRST + DAYS * DAY), found.until)
            assert whole.n >= (3 if key in ("nps", "ces", "unanswered") else 10), (name, seed, key)
            assert whole.value is not None, (name, seed, key)


@pytest.mark.parametrize("name", HOUSES)
def test_lists_charts_and_people_are_what_one_counts_by_hand(sqlite_store: Store, tmp_path: Path, name: str):
    scene = moved_in(sqlite_store, tmp_path, name, known(name, 21))
    scene.keep()
    held, (until, monday, _) = Held(), instants(scene)
    for key, as_of in (("2026-03", until), ("2026-W13", monday), ("2026-04-05", until)):
        hold_lists(held, scene, key, as_of)
    hold_chart(held, scene, "2026-03-24..2026-04-05", "day")
    hold_chart(held, scene, "2026-02-20..2026-04-19", "week")
    for who in PEOPLE:
        hold_person(held, scene, who)
    held.check(8_000)


def hold_lists(held: Held, scene: Scene, key: str, as_of: datetime) -> None:
    """Behind each figure stand the very ones that are counted."""
    period = scene.period(key)
    for metric in FIGURES:
        by_hand = scene.by_hand(metric, period.first_day, period.last_day, as_of)
        with scene.store.reading() as session:
            every = kpi.behind(session, scene.team, metric, period, as_of=as_of, limit=None)
            waiting = kpi.behind(session, scene.team, metric, period, as_of=as_of, only="waiting", limit=0)
        where = f"behind {metric} {key} at {as_of:%d %b}"
        held.same(f"{where} all", every.total, by_hand.n)
        held.same(f"{where} waiting", waiting.total, by_hand.waiting)
        held.same(f"{where} others", len({row.key for row in every.rows} ^ set(by_hand.keys)), 0)
        judged = [row.ok for row in every.rows if row.ok is not None]
        if by_hand.interval:  # of a share each counts for it or against it
            good = sum(judged) if CATALOGUE[metric].better is Better.HIGHER else judged.count(False)
            held.same(f"{where} good", good, by_hand.numerator)


def hold_chart(held: Held, scene: Scene, key: str, step: str) -> None:
    """Step by step; the first and the last week are cut by the period."""
    period, as_of = scene.period(key, scene.now + 30 * DAY), scene.known.until
    for metric in FIGURES:
        with scene.store.reading() as session:
            found = kpi.trend(session, scene.team, metric, period, as_of=as_of)
        assert found.step == step
        starts = [point.start for point in found.points]
        today = scene.known.desk.house.day_of(as_of)
        ends = [*(start - DAY for start in starts[1:]), min(period.last_day, today)]
        for point, last in zip(found.points, ends, strict=True):
            held.measure(f"{metric} {point.start}", point.measure, scene.by_hand(metric, point.start, last, as_of))


def hold_person(held: Held, scene: Scene, who: str) -> None:
    """One person's work; under five nothing is said, not even how many."""
    period, as_of, key = scene.period("2026-03"), scene.known.until, fold(who)
    with scene.store.reading() as session:
        named = session.exec(select(Identity).where(Identity.key == key)).one()
        card = kpi.scorecard(
            session, scene.team, period, as_of=as_of, agents=[named.id], agent_name=who, keys=tuple(FIGURES)
        )
    for reading in card.readings:
        metric, said = reading.metric.key, reading.measure
        by_hand = scene.by_hand(metric, period.first_day, period.last_day, as_of, key)
        if by_hand.n < 5:
            assert (said.value, said.n, said.waiting, said.set_aside, dict(said.extras)) == (None, 0, 0, 0, {})
            continue
        ours, hand = ((m.value, m.n, m.numerator, m.denominator) for m in (said, by_hand))
        held.same(f"{metric} of {who}", ours, hand)
        held.same(f"waiting {metric} of {who}", said.waiting, by_hand.waiting if by_hand.waiting >= 5 else 0)


def test_the_terminal_prints_the_same_numbers(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    scene = moved_in(sqlite_store, tmp_path, "lunch", known("lunch", 1))
    scene.keep()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'test.db'}")
    app = typer.Typer()
    app.callback()(lambda: None)
    commands.add_to(app)
    until = scene.known.until
    words = ["kpi", "team", "Returns", "--period", "2026-03", "--as-of", until.isoformat(), "--json"]
    said = CliRunner().invoke(app, words)
    assert said.exit_code == 0, said.output
    held, period = Held(), scene.period("2026-03")
    told = json.loads(said.stdout)["metrics"]
    assert set(told) == set(FIGURES)
    for key, figure in told.items():
        by_hand = scene.by_hand(key, period.first_day, period.last_day, until)
        for name in (
            "value",
            "numerator",
            "denominator",
            "n",
            "p90",
            "waiting",
            "oldest_s",
            "longer_than",
            "set_aside",
        ):
            held.same(f"{key} {name}", figure[name], getattr(by_hand, name))
    held.check(250)


# Odd teams ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n_tickets", "n_calls"), [(0, 60), (60, 0), (1, 0), (0, 1), (1, 1)])
def test_a_team_with_one_of_something_or_none_is_counted_all_the_same(
    sqlite_store: Store, tmp_path: Path, n_tickets: int, n_calls: int
):
    scene = moved_in(sqlite_store, tmp_path, "night", known("night", 5, n_tickets, n_calls))
    held, reach = Held(), scene.known.until if n_tickets else scene.known.calls_until
    with sqlite_store.reading() as session:
        assert kpi.reach(session, scene.team, scene.now) == reach
    for _ in range(2):
        for key in ("2026-03", "2026-W14"):
            hold_card(held, scene, key, reach)
            hold_card(held, scene, key, READ_AT[1])
        hold_days(held, scene, reach)
        hold_lists(held, scene, "2026-03", reach)
        scene.keep()
    held.check(10_000)


def test_of_an_empty_team_nothing_is_said(store: Store, now: datetime):
    with store.transaction() as session:
        workspace = people.found_workspace(session, now=now)
        team = people.add_team(session, workspace.id, "Returns", timezone="UTC", now=now)
        other = people.add_team(session, workspace.id, "Repairs", timezone="UTC", now=now)
        assert not kpi.keep(session, team, now=now, limit=20)
        assert kpi.teams_wanting(session, now=now) == []
    period, every = parse_period("7d", timezone="UTC", now=now), [CATALOGUE[key] for key in FIGURES]
    with store.reading() as session:
        assert kpi.reach(session, team, now) == now
        assert not kpi.is_about_few(session, team, period)
        for ask in (
            lambda: kpi.scorecard(session, team, period, as_of=now),
            lambda: kpi.daily(session, team, every, period.first_day, period.last_day, as_of=now),
            lambda: kpi.trend(session, team, "csat", period, as_of=now),
            lambda: kpi.behind(session, team, "csat", period, as_of=now),
            lambda: kpi.suggest_target(session, team, "csat", now),
            lambda: kpi.elsewhere(session, team, "csat", period, as_of=now),
            lambda: kpi.band(session, team, period, as_of=now),
            lambda: signals.of_team(session, team, None, now),
            lambda: signals.of_figure(session, team, "csat", now),
            lambda: signals.agents(session, team, "csat", period, now),
            lambda: signals.compare(session, team, other, None, period, now),
            lambda: drivers.of_change(session, team, "csat", period, now),
        ):
            with pytest.raises(errors.NoData):
                ask()


def test_data_that_ended_long_ago_has_no_figures_of_today_and_keeps_its_own(sqlite_store: Store, tmp_path: Path):
    scene = moved_in(sqlite_store, tmp_path, "always", known("always", 1))
    later = scene.now + 40 * DAY
    with sqlite_store.reading() as session:
        reach = kpi.reach(session, scene.team, later)
        today = kpi.scorecard(session, scene.team, scene.period("7d", later), as_of=reach, keys=tuple(FIGURES))
        found = signals.of_team(session, scene.team, None, reach)
    assert reach == scene.known.until
    for reading in today.readings:
        assert (reading.measure.value, reading.measure.n, reading.measure.note) == (None, 0, "not_reached")
    last = scene.known.desk.house.day_of(reach) - DAY  # the last that was whole
    assert all(signal.latest is None or last - 7 * DAY <= signal.latest.day <= last for signal in found.values())
    held = Held()
    hold_card(held, scene, "2026-03", reach)
    held.check(500)


OWN = {
    "one_touch": "unit: share\ncohort: solved\ncount: [public_replies = 1]",
    "first_response": "unit: seconds\ncohort: created\nfrom: created_at\nto: first_response_at",
    "csat": "unit: share\ncohort: rated\nover: [survey = satisfaction]\ncount: [csat = good]",
    "transfer_rate": "unit: share\nbetter: lower\ncohort: solved\ncount: [transfers >= 1]",
    "calls_resolved": "of: calls\nunit: share\ncohort: handled\nover: [outbound = no]\ncount: [resolved = yes]",
}
"""Figures of the catalogue as a team would write them itself; of tickets alone or calls alone."""


@pytest.mark.parametrize(("key", "text"), OWN.items())
def test_a_figure_that_a_team_writes_itself_is_the_catalogues_where_it_says_the_same(
    sqlite_store: Store, tmp_path: Path, key: str, text: str
):
    is_of_calls = key == "calls_resolved"
    n_tickets, n_calls = (0, 120) if is_of_calls else (150, 0)
    scene = moved_in(sqlite_store, tmp_path, "always", known("always", 8, n_tickets, n_calls))
    reach = scene.known.calls_until if is_of_calls else scene.known.until
    with sqlite_store.transaction() as session:
        made = kpi.define(
            session, scene.team, {"key": "ours", "name": "Ours", **yaml.safe_load(text)}, by="U1", now=scene.now
        )
    held = Held()
    for period in map(scene.period, ("2026-03", "2026-W13", "2026-03-05..2026-04-12")):
        with sqlite_store.reading() as session:
            [reading] = kpi.scorecard(session, scene.team, period, as_of=reach, keys=["ours"]).readings
            every = kpi.behind(session, scene.team, "ours", period, as_of=reach, limit=None)
        by_hand = scene.by_hand(key, period.first_day, period.last_day, reach)
        for name in ("value", "n", "numerator", "denominator", "p90", "longer_than"):
            held.same(f"{key} {period.key} {name}", getattr(reading.measure, name), getattr(by_hand, name))
        held.same(f"{key} {period.key} others", len({row.key for row in every.rows} ^ set(by_hand.keys)), 0)
    for _ in range(2):
        with sqlite_store.reading() as session:
            days = kpi.daily(session, scene.team, [made], FIRST, FIRST + DAYS * DAY, as_of=reach)["ours"]
        for n, day in enumerate(days.days):
            held.same(f"{key} of {day}", int(days.n[n]), scene.by_hand(key, day, day, reach).n)
        scene.keep()
    held.check(100)


def test_what_a_team_hides_is_not_shown_and_still_counted(sqlite_store: Store, tmp_path: Path):
    scene = moved_in(sqlite_store, tmp_path, "lunch", known("lunch", 1))
    gone = frozenset(("nps", "aht", "backlog"))
    with sqlite_store.transaction() as session:
        team = people.team(session, scene.team.workspace_id, scene.team.id)
        kpi.hide(session, team, gone)
    period, until = scene.period("2026-03"), scene.known.until
    with sqlite_store.reading() as session:
        team = people.team(session, scene.team.workspace_id, scene.team.id)
        card = kpi.scorecard(session, team, period, as_of=until, keys=kpi.every_figure(session, team, period, until))
        whole = kpi.scorecard(session, team, period, as_of=until)
        asked = kpi.scorecard(session, team, period, as_of=until, keys=sorted(gone))
        marked = signals.of_team(session, team, None, until)
        compared = signals.compare(session, team, team, None, period, until)
    for shown in (card.shown, whole.shown):
        assert gone.isdisjoint(one.metric.key for one in shown)
    assert gone.isdisjoint(kpi.plain(whole)["metrics"])
    assert gone.isdisjoint(marked)
    assert gone.isdisjoint(one.metric.key for one in compared.figures)
    assert {one.metric.key for one in asked.shown} == gone
    held = Held()
    for reading in asked.readings:
        by_hand = scene.by_hand(reading.metric.key, period.first_day, period.last_day, until)
        held.measure(reading.metric.key, reading.measure, by_hand)
    held.check(30)
