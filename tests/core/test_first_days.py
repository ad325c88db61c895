"""A team's first day is told once, at a good moment, and promises nothing that the code does not keep."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from cspm_core import digests, errors, first_days, kpi, notices, people, setup, signals, tickets
from cspm_core.calendars import Calendar, at_local, parse_hours
from cspm_core.digests.rules import Rhythm
from cspm_core.first_days import Coming, Content, FirstDay, Pace, What, rules
from cspm_core.ids import new_id
from cspm_core.imports.tables import ImportRun
from cspm_core.kpi import Reading, Verdict
from cspm_core.notices import Notice
from cspm_core.people import Identity, Role, Team
from cspm_core.periods import parse_period
from cspm_core.signals import Reason
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts
from cspm_core.uploads.rules import State
from cspm_core.uploads.tables import Upload

FRI, SAT, MON, TUE, WED = (date(2026, 11, 20) + timedelta(days=n) for n in (0, 1, 3, 4, 5))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIVE = ("Ada King", "Bo Berg", "Grace Kim", "Luis Ortega", "Teo de Vries")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return at_local(day, time(hour, minute), "America/New_York")


@pytest.fixture
def team(store: Store, workspace_id: int) -> Team:
    return set_up(store, workspace_id, at(FRI, 8))


def set_up(store: Store, workspace_id: int, now: datetime, channel: str | None = "C1", by: int | None = None) -> Team:
    with store.transaction() as session:
        return setup.begin(
            session, workspace_id, "Returns", by=by, now=now, timezone="America/New_York", channel=channel,
            holidays="US",
        )  # fmt: skip


def past(first: date, until: datetime, agents: Sequence[str] = FIVE, a_day: int = 6) -> list[TicketFacts]:
    """Six a day at work, answered after an hour or so and solved after three, most of them rated, each by somebody
    else's customer."""
    made = []
    for n in range((until.date() - first).days + 1):
        day = first + n * DAY
        for i in range(a_day if day.weekday() < 5 else 0):
            created = at(day, 9 + i, (7 * n + 11 * i) % 50)
            if created <= until:
                made.append(_ticket(f"{day:%m%d}-{i}", created, until, n, i, agents))
    return made


def _ticket(key: str, created: datetime, until: datetime, n: int, i: int, agents: Sequence[str]) -> TicketFacts:
    response = created + HOUR + timedelta(minutes=(13 * n + 7 * i) % 40)
    solved = response + 2 * HOUR
    return TicketFacts(
        key,
        created,
        agent=agents[i % len(agents)],
        customer=f"{key}@example.com",
        first_response_at=response if response <= until else None,
        first_response_due_at=created + (HOUR if (n + i) % 4 == 0 else 3 * HOUR),
        solved_at=solved if solved <= until else None,
        reopens=int((n + i) % 5 == 0),
        csat=("5", "4", "2")[(n * n + i) % 3] if solved + HOUR <= until else "",
        csat_at=solved + HOUR if solved + HOUR <= until else None,
    )


def load(store: Store, team: Team, facts: Sequence[TicketFacts], until: datetime, came: datetime | None = None) -> None:
    with store.transaction() as session:
        fresh = people.team(session, team.workspace_id, team.id)
        tickets.record(session, fresh, facts, scope=team.id, known_at=until, now=came or until)
        first = min(one.created_at for one in facts)
        tickets.note_source(session, fresh, complete_until=until, first_at=first, now=came or until)


def tell(store: Store, team: Team, now: datetime) -> bool:
    with store.transaction() as session:
        return first_days.tell(session, people.team(session, team.workspace_id, team.id), now=now)


def told(store: Store, team: Team) -> FirstDay:
    with store.reading() as session:
        row = first_days.of_team(session, team)
        assert row
        return row


def content(store: Store, team: Team) -> Content:
    with store.reading() as session:
        return first_days.content(session, told(store, team))


def said(store: Store, kind: str) -> list[Notice]:
    with store.reading() as session:
        return list(session.exec(select(Notice).where(Notice.kind == kind).order_by(Notice.id)))  # type: ignore[arg-type]


def only(content: Content, what: What) -> Coming:
    (found,) = [one for one in content.coming if one.what is what]
    return found


def make(store: Store, team: Team, now: datetime) -> bool:
    with store.transaction() as session:
        return digests.make(session, people.team(session, team.workspace_id, team.id), now=now) is not None


def test_two_workers_tell_it_once(store: Store, team: Team):
    load(store, team, past(date(2026, 11, 2), at(FRI, 10)), at(FRI, 10))
    together = threading.Barrier(2)

    def work(_: int) -> bool:
        together.wait()
        return tell(store, team, at(FRI, 10, 5))

    with ThreadPoolExecutor(2) as workers:
        assert sorted(workers.map(work, range(2))) == [False, True]
    assert not tell(store, team, at(FRI, 11))
    (notice,) = said(store, first_days.KIND)
    row = told(store, team)
    assert (notice.place, notice.subject_id, row.day) == ("C1", row.id, FRI)
    assert row.as_of == at(FRI, 10)
    with store.reading() as session:
        assert first_days.wanting(session) == []


def test_nothing_is_said_before_the_first_data(store: Store, team: Team):
    assert not tell(store, team, at(FRI, 10))
    load(store, team, past(date(2026, 11, 2), at(FRI, 10)), at(FRI, 10))
    with store.reading() as session:
        assert first_days.wanting(session) == [(team.workspace_id, team.id)]


@pytest.mark.parametrize(
    ("came", "moments"),
    [
        (at(FRI, 10), {at(FRI, 10): True}),
        (at(FRI, 18), {at(FRI, 18): False, at(MON, 8, 59): False, at(MON, 9): True}),
        (at(SAT, 12), {at(SAT, 12): False, at(MON, 9): True}),
        (at(FRI, 8), {at(FRI, 8): False, at(FRI, 8, 59): False, at(FRI, 9): True}),
        (at(FRI, 16), {at(FRI, 19): False, at(MON, 9): True}),
        (at(WED, 18), {at(WED + DAY, 9): False, at(WED + DAY, 12): False, at(WED + 2 * DAY, 9): True}),
    ],
    ids=["at work", "in the evening", "at the weekend", "before the digest", "bot was down", "before Thanksgiving"],
)
def test_it_comes_at_once_in_working_hours_else_with_the_next_digest(
    sqlite_store: Store, came: datetime, moments: dict[datetime, bool]
):
    store = sqlite_store
    with store.transaction() as session:
        workspace_id = people.found_workspace(session, now=at(FRI, 7)).id
    team = set_up(store, workspace_id, at(FRI, 7))
    load(store, team, past(date(2026, 11, 2), at(FRI, 7)), at(FRI, 7), came=came)
    for moment, wanted in moments.items():
        assert tell(store, team, moment) is wanted, moment


def test_whoever_loads_data_out_of_hours_can_be_told_when_it_comes(sqlite_store: Store, now: datetime):
    store = sqlite_store
    with store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
    team = set_up(store, workspace_id, at(FRI, 10))
    load(store, team, past(FRI - timedelta(days=20), at(FRI, 22)), at(FRI, 22))

    def coming_at(now: datetime) -> datetime | None:
        with store.reading() as session:
            return first_days.coming_at(session, people.team(session, workspace_id, team.id), now=now)

    assert coming_at(at(FRI, 22)) == at(MON, 9)
    assert coming_at(at(MON, 9)) is None
    assert tell(store, team, at(MON, 9))
    assert coming_at(at(MON, 9)) is None


def test_data_that_comes_in_a_break_is_told_of_after_it():
    shifts = parse_hours("mon-fri 09:00-12:00,13:00-17:00")
    rhythm = Rhythm(Calendar("America/New_York", shifts, "US", {}), time(9))
    came = at(FRI, 12, 20)
    assert not rules.is_time(rhythm, came, at(FRI, 12, 59))
    assert rules.is_time(rhythm, came, at(FRI, 13))
    late = Rhythm(rhythm.calendar, time(10, 30))
    assert rules.due_from(late, at(FRI, 20)) == at(MON, 9), "when work begins, though the digest comes later"
    early = Rhythm(rhythm.calendar, time(8, 30))
    assert rules.due_from(early, at(FRI, 20)) == at(MON, 8, 30)


def test_data_of_less_than_a_day_waits_for_the_morning():
    rhythm = Rhythm(Calendar("America/New_York", parse_hours("mon-fri 09:00-17:00"), "US", {}), time(9))
    assert rules.is_time(rhythm, at(FRI, 10), at(FRI, 10))
    assert not rules.is_time(rhythm, at(FRI, 10), at(FRI, 16), is_short=True)
    assert rules.is_time(rhythm, at(FRI, 10), at(MON, 9), is_short=True)


def test_of_days_to_come_there_is_nothing_to_tell(store: Store, team: Team):
    load(store, team, [TicketFacts("R-1", at(TUE, 9))], at(MON, 10))
    assert not tell(store, team, at(MON, 16))
    assert not tell(store, team, at(TUE, 9))
    load(store, team, [TicketFacts("R-1", at(TUE, 9))], at(WED, 10))
    assert tell(store, team, at(WED, 11))


def test_it_waits_until_an_import_has_ended_and_not_for_one_that_was_broken_off(store: Store, team: Team):
    load(store, team, past(date(2026, 11, 2), at(FRI, 10)), at(FRI, 10))
    with store.transaction() as session:
        session.add(
            ImportRun(
                workspace_id=team.workspace_id,
                id=new_id(at(FRI, 10)),
                file="more.csv",
                digest="x",
                holder=new_id(at(FRI, 10)),
                started_at=at(FRI, 10),
            )
        )
    assert not tell(store, team, at(FRI, 10, 5))
    assert tell(store, team, at(FRI, 11, 5))


def test_it_waits_while_a_dropped_file_is_being_imported(store: Store, team: Team):
    load(store, team, past(date(2026, 11, 2), at(FRI, 10)), at(FRI, 10))
    with store.transaction() as session:
        file = Upload(
            workspace_id=team.workspace_id, id=new_id(at(FRI, 10)), slack_channel="D1", slack_ts="1.1",
            thread_ts="1.1", slack_file="F1", slack_user="U1", name="more.csv", size=1, team_id=team.id, language="en",
            state=State.IMPORTING, arrived_at=at(FRI, 10),
        )  # fmt: skip
        session.add(file)
    assert not tell(store, team, at(FRI, 10, 5))
    with store.transaction() as session:
        session.get_one(Upload, (file.workspace_id, file.id)).state = State.DONE
    assert tell(store, team, at(FRI, 10, 6))


def test_it_waits_while_tickets_are_counted_again(store: Store, team: Team):
    load(store, team, past(date(2026, 11, 2), at(FRI, 10)), at(FRI, 10))
    with store.transaction() as session:
        people.change_team(session, people.team(session, team.workspace_id, team.id), hours="mon-fri 08:00-17:00")
    assert not tell(store, team, at(FRI, 10, 5))
    with store.transaction() as session:
        while tickets.recount(session, team.workspace_id, team.id):
            pass
    assert tell(store, team, at(FRI, 10, 6))


def test_without_a_channel_its_leads_hear_it_else_whoever_began_else_nobody(store: Store, workspace_id: int):
    with store.transaction() as session:
        admin = people.add_member(session, workspace_id, "Grace", slack_user_id="U9", now=at(FRI, 8))
    nobodys = set_up(store, workspace_id, at(FRI, 8), channel=None)
    load(store, nobodys, past(date(2026, 11, 2), at(FRI, 10)), at(FRI, 10))
    assert not tell(store, nobodys, at(FRI, 10))
    with store.transaction() as session:
        lead = people.add_member(session, workspace_id, "Mina", slack_user_id="U1", language="ko", now=at(FRI, 8))
        people.join_team(session, people.team(session, workspace_id, nobodys.id), lead, Role.LEAD, now=at(FRI, 8))
    assert tell(store, nobodys, at(FRI, 10))
    assert [(one.place, one.language) for one in said(store, first_days.KIND)] == [("U1", "ko")]
    assert only(content(store, nobodys), What.DIGEST).note == "no_channel"
    with store.transaction() as session:
        begun = setup.begin(session, workspace_id, "Wholesale", by=admin.id, now=at(FRI, 8), timezone="UTC")
    load(store, begun, [TicketFacts(f"w{one.key}", one.created_at) for one in past(MON - 21 * DAY, at(FRI, 10))],
         at(FRI, 10))  # fmt: skip
    assert tell(store, begun, at(FRI, 10))
    assert said(store, first_days.KIND)[-1].place == "U9"


def test_no_regular_digest_comes_before_the_day_after(store: Store, team: Team):
    assert not make(store, team, at(FRI, 9))
    load(store, team, past(date(2026, 11, 2), at(MON, 10)), at(MON, 10))
    assert not make(store, team, at(MON, 10))
    assert tell(store, team, at(MON, 10))
    assert not make(store, team, at(MON, 10, 1))
    assert only(content(store, team), What.DIGEST).on == TUE
    assert make(store, team, at(TUE, 9))


def test_what_was_not_said_yet_moves_with_the_channel(store: Store, team: Team):
    load(store, team, past(date(2026, 11, 2), at(FRI, 10)), at(FRI, 10))
    assert tell(store, team, at(FRI, 10))
    with store.transaction() as session:
        digests.change(session, people.team(session, team.workspace_id, team.id), now=at(FRI, 11), channel="C2")
    assert [one.place for one in said(store, first_days.KIND)] == ["C2"]


def test_a_team_that_was_not_set_up_gets_its_digests_as_ever(store: Store, workspace_id: int):
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Old", timezone="America/New_York", channel="C1", now=at(FRI, 8))
    load(store, team, past(date(2026, 11, 2), at(FRI, 8)), at(FRI, 8))
    with store.reading() as session:
        assert first_days.wanting(session) == []
    assert not tell(store, team, at(FRI, 9))
    assert make(store, team, at(FRI, 9))


def test_a_team_without_data_is_told_so_once_and_not_on_the_day_it_was_set_up(store: Store, workspace_id: int):
    team = set_up(store, workspace_id, at(FRI, 10))
    assert not tell(store, team, at(FRI, 11))
    assert said(store, digests.NO_DATA) == []
    for now in (at(MON, 8, 59), at(MON, 9), at(MON, 10), at(TUE, 9)):
        assert not tell(store, team, now)
        assert not make(store, team, now)
        assert len(said(store, digests.NO_DATA)) == (now >= at(MON, 9))
    with store.reading() as session:
        assert first_days.wanting(session) == []


def test_it_says_what_was_loaded_and_who_is_nobody_yet(store: Store, team: Team):
    facts = past(date(2026, 10, 1), at(FRI, 10))
    load(store, team, facts, at(FRI, 10))
    with store.transaction() as session:
        ada = people.add_member(session, team.workspace_id, "Ada King", now=at(FRI, 8))
        assert ada.id
        bot = session.exec(select(Identity).where(Identity.name == "Bo Berg")).one()
        bot.is_nobody = True
        session.add(bot)
    assert tell(store, team, at(FRI, 10))
    shown = content(store, team)
    assert (shown.tickets, shown.names.every, shown.names.unmatched) == (len(facts), 5, 3)
    assert shown.first_day == date(2026, 10, 1)
    response, rating, pace = shown.figures
    assert isinstance(response, Reading)
    assert isinstance(rating, Reading)
    assert isinstance(pace, Pace)
    assert (response.metric.key, rating.metric.key) == ("first_response", "csat")
    assert response.measure.n > 200
    assert response.measure.interval
    assert (pace.each, pace.mean, pace.low, pace.high, pace.n) == ("week", 30, 30, 30, 6)


def arrives(store: Store, team: Team, now: datetime) -> None:
    """It stands in Slack."""
    (notice,) = said(store, first_days.KIND)
    with store.transaction() as session:
        held = notices.claim(session, team.workspace_id, notice.id, "a", now=now, real_now=now)
        assert held
        assert notices.shown(session, held, channel="C1", ts="1", now=now)
        first_days.arrived(session, held.notice)


def test_names_that_are_matched_before_it_is_said_are_and_later_it_stays(store: Store, team: Team):
    load(store, team, past(date(2026, 10, 1), at(FRI, 10)), at(FRI, 10))
    assert tell(store, team, at(FRI, 10))

    def joins(name: str) -> int:
        with store.transaction() as session:
            people.add_member(session, team.workspace_id, name, now=at(FRI, 11))
        return content(store, team).names.unmatched

    assert joins("Ada King") == 4
    arrives(store, team, at(FRI, 12))
    assert content(store, team).names.unmatched == 4
    assert joins("Bo Berg") == 4


def test_data_that_was_too_old_as_it_was_told_promises_nothing_on_a_day(store: Store, team: Team):
    load(store, team, past(date(2026, 10, 1), at(FRI, 10)), at(FRI, 10), came=at(WED, 10))
    assert tell(store, team, at(WED, 10))
    shown = content(store, team).coming
    assert only(content(store, team), What.NEWER) == shown[0]
    assert not {one.what for one in shown} & {What.DIGEST, What.DETECTORS, What.REOPENS, What.USUAL}
    assert not any(one.on for one in shown)
    load(store, team, past(date(2026, 10, 1), at(WED, 10)), at(WED, 10))
    assert content(store, team).coming[0].what is What.NEWER, "drawn again it says the same"


def test_a_later_redraw_says_the_same(store: Store, team: Team):
    load(store, team, past(date(2026, 10, 1), at(FRI, 10)), at(FRI, 10))
    assert tell(store, team, at(FRI, 10))
    arrives(store, team, at(FRI, 10))
    before = content(store, team)
    more = [replace(one, agent="Somebody New") for one in past(date(2026, 9, 1), at(WED, 10)) if is_other(one)]
    load(store, team, more, at(WED, 10))
    after = content(store, team)
    assert (after.tickets, after.names, after.as_of, after.first_at) == (
        before.tickets, before.names, before.as_of, before.first_at,
    )  # fmt: skip
    assert after.figures == before.figures
    assert after.coming == before.coming


def is_other(one: TicketFacts) -> bool:
    """A ticket that the first export did not have."""
    return not at(date(2026, 10, 1), 0) <= one.created_at <= at(FRI, 10)


def test_of_few_people_a_channel_hears_only_how_much_there_was(store: Store, team: Team):
    load(store, team, past(date(2026, 10, 1), at(FRI, 10), agents=FIVE[:2]), at(FRI, 10))
    assert tell(store, team, at(FRI, 10))
    shown = content(store, team)
    assert shown.is_withheld
    assert [one.metric.key for one in shown.figures] == ["volume", "solved", "backlog"]


def test_speed_does_not_stand_without_quality(store: Store, team: Team):
    bare = [
        TicketFacts(one.key, one.created_at, agent=one.agent, first_response_at=one.first_response_at)
        for one in past(date(2026, 10, 1), at(FRI, 10))
    ]
    load(store, team, bare, at(FRI, 10))
    assert tell(store, team, at(FRI, 10))
    assert [one.metric.key for one in content(store, team).figures] == ["volume", "solved", "backlog"]


WITH_THREE_DAYS = WED - 9 * DAY
"""A Monday; the data reaches Wednesday evening."""


def test_what_it_promises_of_a_short_past_comes_true_on_that_day_and_not_before(store: Store, workspace_id: int):
    first, now = WITH_THREE_DAYS, at(WITH_THREE_DAYS + 2 * DAY, 16, 55)
    team = set_up(store, workspace_id, at(first, 8))
    load(store, team, past(first, now), now)
    assert tell(store, team, now)
    shown = content(store, team)
    ends = at(first + 60 * DAY, 16, 55)
    load(store, team, past(first, ends), ends)
    contacts, verdicts = only(shown, What.FCR), only(shown, What.VERDICTS)
    assert contacts.on
    assert not is_counted(store, team, contacts.on - DAY)
    assert is_counted(store, team, contacts.on)
    assert verdicts.on
    assert not any_suggested(store, team, verdicts.on - DAY)
    assert any_suggested(store, team, verdicts.on)
    limits = [one for one in shown.coming if one.what is What.LIMITS]
    assert {metric.key for one in limits for metric in one.metrics} >= {"first_response", "csat"}
    for one in limits:
        assert one.on
        for metric in one.metrics:
            if metric.key == "first_response":
                assert not is_judged(store, team, metric.key, one.on - DAY)
                assert is_judged(store, team, metric.key, one.on)
    usual = only(shown, What.USUAL)
    assert usual.on
    assert not usual.is_there
    assert is_compared(store, team, usual.on)
    assert not is_compared(store, team, usual.on - 7 * DAY)
    reopens = only(shown, What.REOPENS)
    assert reopens.on
    assert is_settled(store, team, now, reopens.on)
    assert not is_settled(store, team, now, reopens.on - DAY)


def midnight(day: date) -> datetime:
    return at(day, 0)


def is_counted(store: Store, team: Team, day: date) -> bool:
    """Whether there is any first contact resolution as that day begins."""
    period = parse_period(f"{WITH_THREE_DAYS}..{day}", timezone=team.timezone, now=midnight(day))
    with store.reading() as session:
        card = kpi.scorecard(session, team, period, as_of=midnight(day), keys=["fcr"])
    return card.reading("fcr").measure.n > 0


def is_judged(store: Store, team: Team, key: str, day: date) -> bool:
    with store.reading() as session:
        return signals.of_team(session, team, [key], midnight(day))[key].reason is Reason.NONE


def any_suggested(store: Store, team: Team, day: date) -> bool:
    with store.reading() as session:
        every = kpi.catalogue_of(session, team)
        return bool(kpi.suggest_targets(session, team, [every[key] for key in first_days.AIMS], midnight(day)))


def is_compared(store: Store, team: Team, day: date) -> bool:
    """Whether the digest of a morning says what is usual."""
    with store.reading() as session:
        rhythm = digests.rhythm(session, team)
        row = digests.planned(session, team, rhythm, day, rhythm.due_at(day))
        assert row
        shown = digests.content(session, row)
    return all(count.usual is not None for count in shown.counts)


def is_settled(store: Store, team: Team, until: datetime, day: date) -> bool:
    """Whether the reopen rate of what was solved until an instant is final as a day begins."""
    last = until.astimezone(UTC).date()
    period = parse_period(f"{WITH_THREE_DAYS}..{last}", timezone=team.timezone, now=midnight(day))
    with store.reading() as session:
        card = kpi.scorecard(session, team, period, as_of=midnight(day), keys=["reopen_rate"])
    return not card.reading("reopen_rate").measure.provisional


def test_of_a_long_past_it_says_that_everything_is_there(store: Store, team: Team):
    load(store, team, past(date(2026, 8, 3), at(FRI, 16)), at(FRI, 16))
    assert tell(store, team, at(FRI, 16))
    shown = content(store, team)
    assert only(shown, What.FCR).is_there
    assert only(shown, What.USUAL).is_there
    (there,) = [one for one in shown.coming if one.what is What.LIMITS and one.is_there]
    assert "first_response" in [metric.key for metric in there.metrics]
    assert is_compared(store, team, MON)
    assert {aim.metric.key for aim in shown.aims} == set(first_days.AIMS)
    assert not only(shown, What.VERDICTS).is_there


def test_suggestions_are_taken_once_and_judge_from_then_on(store: Store, team: Team):
    load(store, team, past(date(2026, 8, 3), at(FRI, 16)), at(FRI, 16))
    assert tell(store, team, at(FRI, 16))
    assert verdicts(store, team) == {Verdict.NO_TARGET}
    aims = {aim.metric.key: aim.value for aim in content(store, team).aims}
    wanted = {key: aims[key] for key in ("first_response", "csat")}
    together = threading.Barrier(2)

    def take(by: str) -> str:
        together.wait()
        try:
            with store.transaction() as session:
                fresh = people.team(session, team.workspace_id, team.id)
                first_days.take_targets(session, fresh, wanted, by=by, now=at(FRI, 17))
        except errors.Changed:
            return ""
        return by

    with ThreadPoolExecutor(2) as workers:
        names = sorted(workers.map(take, ("Mina", "Teo")))
    assert names[0] == ""
    shown = content(store, team)
    assert shown.taken_by == names[1]
    assert {aim.metric.key: aim.value for aim in shown.taken} == wanted
    assert shown.aims == ()
    assert only(shown, What.VERDICTS).is_there
    with store.reading() as session:
        assert dict(kpi.targets(session, team)) == wanted
    assert verdicts(store, team) & {Verdict.MEETS, Verdict.MISSES}


def verdicts(store: Store, team: Team) -> set[Verdict]:
    period = parse_period("28d", timezone=team.timezone, now=at(FRI, 16))
    with store.reading() as session:
        card = kpi.scorecard(session, team, period, as_of=at(FRI, 16))
    return {reading.verdict for reading in card.readings}
