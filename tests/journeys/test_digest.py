"""A team's mornings: the digest comes once, in its time, zone and language, and says what counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.blocks import HEADLINE
from cspm_core import people
from cspm_core.people import Role, Team

from .house import House
from .returns import at, weeks

FRIDAY, SATURDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    """Friday morning, half an hour before the digest."""
    return house_at(at(FRIDAY, 8, 30))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", holidays="US")
    house.joins(team, "Mina", Role.LEAD)
    house.joins(team, "Teo")
    house.joins(team, "Ada")
    house.imports(team, weeks(house.now), house.now)
    return team


def days_later(house: House, team: Team, day: date, hour: int = 8) -> None:
    """The export is loaded on that morning."""
    house.sleeps_until(at(day, hour))
    house.imports(team, weeks(house.now), house.now)


def test_it_comes_at_nine_in_the_teams_zone_and_says_what_counts(house: House, team: Team):
    house.turn_to(at(FRIDAY, 8, 59))
    assert house.reads() == []
    house.turn_to(at(FRIDAY, 9))
    (digest,) = house.reads()
    assert digest.text == "Returns: 10 new, 10 solved, 0 unanswered, 0 past due"
    said = digest.says()
    assert "Returns, Fri, Nov 20" in said
    assert "as usual for a Friday (10)" in said
    assert "data until Fri, Nov 20" in said
    assert digest.tables()[0][0] == ["Figure", "Value", "Target"]
    assert len(digest.tables()[0]) == 5
    assert digest.buttons() == ["Details", "Pause", "Settings"]
    assert house.slack.complaints == []


def test_monday_includes_the_weekend_and_names_who_waits(house: House, team: Team):
    house.turn_to(at(FRIDAY, 12))
    days_later(house, team, MONDAY)
    house.turn_to(at(MONDAY, 9))
    digest = house.reads()[-1]
    assert digest.text == "Returns: 16 new, 10 solved, 6 unanswered, 3 past due"
    said = digest.says()
    assert "Since Fri, Nov 20, 8:30" in said.replace("\u202f", " ")
    assert "as usual for a Monday (16)" in said
    assert "6 tickets want somebody" in said
    assert "1121-0 · 1 day 23 hr without an answer · past due since" in said.replace("\u202f", " ")
    assert "and 1 more" in said
    assert "Teo" not in said
    assert "Ada" not in said


def test_it_comes_once_however_often_the_schedule_beats(house: House, team: Team):
    house.turn_to(at(FRIDAY, 10), step=timedelta(minutes=1))
    house.turn_to(at(SATURDAY, 17), step=timedelta(hours=2))
    assert len(house.reads()) == 1


def test_the_channel_is_spoken_to_in_the_teams_language_and_a_copy_in_the_readers(house: House):
    team = house.team("Retouren", language="nl")
    house.joins(team, "Mina", Role.LEAD, language="en", digest_copy=True)
    house.imports(team, weeks(house.now), house.now)
    house.turn_to(at(FRIDAY, 9))
    (digest,) = house.reads()
    (copy,) = house.person("Mina").reads()
    assert "vr" in digest.says().split()[1]
    assert "Fri" in copy.says()
    assert digest.metadata["event_type"] == "cspm_notice"
    assert set(digest.metadata["event_payload"]) == {"notice"}


def test_a_channel_sees_only_counts_of_work_of_fewer_than_five_people(house: House, team: Team):
    house.joins(team, "Mina", Role.LEAD)
    with house.store.transaction() as session:
        people.member(session, house.workspace_id, house.known["Mina"].id).digest_copy = True
    house.imports(team, weeks(house.now, agents=("Teo de Vries", "Ada King")), house.now)
    house.turn_to(at(FRIDAY, 9))
    (digest,) = house.reads()
    assert digest.text == "Returns: 10 new, 10 solved, 0 unanswered, 0 past due"
    assert digest.tables() == []
    assert "fewer than five" in digest.says()
    mina = house.person("Mina")
    (copy,) = mina.reads()
    assert len(copy.tables()[0]) == 5
    mina.presses(digest, "Details")
    details = mina.latest("#returns")
    assert details.ephemeral
    assert details.text.startswith("Returns, 최근 28일")


def test_a_headline_fits_a_lock_screen_whatever_the_team_is_called(house: House):
    team = house.team("The team that looks after returns, refunds and everything that comes back " * 3)
    house.imports(team, weeks(house.now), house.now)
    house.turn_to(at(FRIDAY, 9))
    assert len(house.reads()[0].text) <= HEADLINE


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 3, 9), 14, 13),  # New York sprang forward on the 8th
        (date(2026, 11, 2), 13, 14),  # and fell back on the 1st
    ],
)
def test_it_moves_with_daylight_saving(house_at: Callable[[datetime], House], day: date, before: int, after: int):
    friday = day - timedelta(days=3)
    house = house_at(at(friday, 8))
    team = house.team("Returns")
    house.imports(team, weeks(house.now, 2), house.now)
    house.turn_to(at(friday, 10))
    days_later(house, team, day, 7)
    house.turn_to(at(day, 10))
    first, second = (datetime.fromtimestamp(float(message.ts), UTC) for message in house.reads())
    assert (first.hour, second.hour) == (before, after)


def test_it_is_silent_on_a_holiday_unless_asked(house_at: Callable[[datetime], House]):
    thanksgiving = date(2026, 11, 26)
    house = house_at(at(thanksgiving, 8))
    quiet = house.team("Returns", holidays="US")
    house.team("Refunds", holidays="US", digest_on_holidays=True)
    for team in (quiet, _named(house, "Refunds")):
        house.imports(team, weeks(house.now, 2), house.now)
    house.turn_to(at(thanksgiving, 18), step=timedelta(minutes=30))
    assert [message.text.split(":")[0] for message in house.reads()] == ["Refunds"]


def _named(house: House, name: str) -> Team:
    with house.store.reading() as session:
        return people.team_named(session, house.workspace_id, name)


def test_late_is_better_than_never(house: House, team: Team):
    house.sleeps_until(at(FRIDAY, 14))
    house.beat()
    assert len(house.reads()) == 1


def test_after_closing_it_is_skipped_and_the_next_one_names_the_day(house: House, team: Team):
    house.turn_to(at(FRIDAY, 10))
    days_later(house, team, MONDAY, 18)
    house.beat()
    assert len(house.reads()) == 1
    days_later(house, team, TUESDAY)
    house.turn_to(at(TUESDAY, 9))
    digest = house.reads()[-1]
    assert "No digest could be said on Mon, Nov 23." in digest.says()
    assert digest.text.startswith("Returns: 26 new")


def test_old_data_gives_no_figures_but_says_what_to_do_and_mends_itself(house: House, team: Team):
    house.turn_to(at(FRIDAY, 10))
    house.sleeps_until(at(TUESDAY, 8))
    house.turn_to(at(TUESDAY, 9))
    digest = house.reads()[-1]
    assert "no figures" in digest.text
    assert "cspm import tickets" in digest.says()
    assert digest.tables() == []
    assert digest.buttons() == ["Pause", "Settings"]
    house.turn(hours=1)
    house.imports(team, weeks(house.now), house.now)
    house.turn(minutes=10)
    assert len(house.reads()) == 2
    assert digest.text.startswith("Returns: 28 new")
    assert digest.tables()


def test_a_weekend_without_an_import_is_not_old_data(house: House, team: Team):
    house.turn_to(at(FRIDAY, 16, 55))
    house.imports(team, weeks(house.now), house.now)
    house.turn_to(at(MONDAY, 9), step=timedelta(hours=4))
    house.turn_to(at(MONDAY, 9, 10))
    assert "data until Fri, Nov 20, 4:55" in house.reads()[-1].says().replace("\u202f", " ")


def test_without_any_data_it_says_so_once(house: House):
    house.team("Returns")
    house.turn_to(at(MONDAY, 12), step=timedelta(hours=2))
    (said,) = house.reads()
    assert "waits for its first data" in said.text


def test_a_team_without_a_channel_is_no_trouble_to_the_others(house: House, team: Team):
    house.team("Nowhere", channel="quiet", timezone="UTC")
    with house.store.transaction() as session:
        lost = _named(house, "Nowhere")
        lost.channel, lost.digest_at = None, "nonsense"
        session.add(lost)
    house.turn_to(at(FRIDAY, 9))
    assert len(house.reads()) == 1
