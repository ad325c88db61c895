"""A dropped file is written down once, looked into once and imported once, whoever comes how often."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import errors, notices, people, uploads
from cspm_core.imports import Fault, Unreadable
from cspm_core.notices import Notice
from cspm_core.people import Asker, Role, Team
from cspm_core.store import Store
from cspm_core.uploads import Choice, Look, Reason, State, Told, Upload
from cspm_core.uploads.rules import MOST_ATTEMPTS, plain_name, seconds_left

MINUTE = timedelta(minutes=1)


@pytest.fixture
def team(store: Store, workspace_id: int, now: datetime) -> Team:
    with store.transaction() as session:
        return people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)


@pytest.fixture
def lead(store: Store, workspace_id: int, team: Team, now: datetime) -> Asker:
    return _somebody(store, workspace_id, team, "Mina", Role.LEAD, now)


def _somebody(store: Store, workspace_id: int, team: Team, name: str, role: Role, now: datetime) -> Asker:
    with store.transaction() as session:
        member = people.add_member(session, workspace_id, name, slack_user_id=f"U{name.upper()}", now=now)
        people.join_team(session, team, member, role, now=now)
    with store.reading() as session:
        return people.asker(session, workspace_id, f"U{name.upper()}", now.date())


def arrive(store: Store, workspace_id: int, asker: Asker, now: datetime, **more: Any) -> Upload:
    facts = {
        "channel": "D1",
        "ts": "1.0",
        "thread_ts": "1.0",
        "file": "F1",
        "name": "export.csv",
        "mimetype": "text/csv",
    }
    with store.transaction() as session:
        return uploads.arrive(
            session, workspace_id, asker, **{**facts, "size": 100, "language": "en", "now": now, **more}
        )  # type: ignore[arg-type]


def looked_into(store: Store, workspace_id: int, asker: Asker, now: datetime) -> Upload:
    row = arrive(store, workspace_id, asker, now)
    with store.transaction() as session:
        claimed = uploads.claim(session, workspace_id, row.id, State.NEW, "a", now=now, real_now=now)
        assert claimed is not None
        assert uploads.looked(session, claimed, Look("tickets", 3, known=2, columns=2), now=now)
    return row


def cards(store: Store) -> list[Notice]:
    with store.reading() as session:
        return list(session.exec(select(Notice).where(Notice.kind == uploads.CARD)))


def test_a_file_told_twice_is_one_row_and_has_no_card_before_it_was_looked_into(
    store: Store, workspace_id: int, lead: Asker, now: datetime
):
    first, second = (arrive(store, workspace_id, lead, now) for _ in range(2))
    other = arrive(store, workspace_id, lead, now, file="F2")
    assert first.id == second.id != other.id
    assert cards(store) == []


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"name": "photo.png", "mimetype": "image/png"}, Reason.NOT_CSV),
        ({"name": "export.XLSX", "mimetype": ""}, Reason.NOT_CSV),
        ({"size": 100_000_001}, Reason.TOO_LARGE),
    ],
)
def test_what_cannot_be_imported_is_declined_at_once(
    store: Store, workspace_id: int, lead: Asker, now: datetime, facts: dict[str, Any], reason: Reason
):
    row = arrive(store, workspace_id, lead, now, **facts)
    assert (row.state, row.reason) == (State.DECLINED, reason)
    [card] = cards(store)
    assert (card.place, card.thread_of) == ("D1", "1.0")


def test_only_leads_managers_and_admins_import_anything(store: Store, workspace_id: int, team: Team, now: datetime):
    for name, role in (("Ada", Role.AGENT), ("Kim", Role.QA_REVIEWER)):
        row = arrive(store, workspace_id, _somebody(store, workspace_id, team, name, role, now), now, file=name)
        assert (row.state, row.reason) == (State.DECLINED, Reason.NO_RIGHT)
    manager = _somebody(store, workspace_id, team, "Max", Role.MANAGER, now)
    assert arrive(store, workspace_id, manager, now).state == State.NEW


def test_a_lead_imports_into_their_own_teams_and_no_lists_of_people(
    store: Store, workspace_id: int, team: Team, lead: Asker, now: datetime
):
    with store.transaction() as session:
        other = people.add_team(session, workspace_id, "Billing", timezone="UTC", now=now)
    uploads.check(lead, Choice("tickets", team.id))
    for choice in (Choice("tickets", other.id), Choice("tickets"), Choice("people", team.id)):
        with pytest.raises(errors.NotForYou):
            uploads.check(lead, choice)
    admin = Asker(1, "Root", "UROOT", Role.ADMIN, frozenset())
    for choice in (Choice("tickets", other.id), Choice("tickets"), Choice("people")):
        uploads.check(admin, choice)


def test_of_many_who_press_at_once_one_begins(store: Store, workspace_id: int, team: Team, lead: Asker, now: datetime):
    row = looked_into(store, workspace_id, lead, now)
    together = threading.Barrier(6)

    def press(_: int) -> bool:
        together.wait()
        with store.transaction() as session:
            return uploads.begin(session, workspace_id, row.id, Choice("tickets", team.id), lead, 3, now=now)

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(press, range(6))) == [False] * 5 + [True]
    assert len(cards(store)) == 1


def test_of_many_who_claim_at_once_one_works_and_a_claim_that_ran_out_is_taken_over(
    store: Store, workspace_id: int, team: Team, lead: Asker, now: datetime
):
    row = looked_into(store, workspace_id, lead, now)
    with store.transaction() as session:
        uploads.begin(session, workspace_id, row.id, Choice("tickets", team.id), lead, 3, now=now)
    together = threading.Barrier(6)

    def claim(token: str) -> Upload | None:
        together.wait()
        with store.transaction() as session:
            return uploads.claim(session, workspace_id, row.id, State.IMPORTING, token, now=now, real_now=now)

    with ThreadPoolExecutor(6) as pool:
        [first] = [one for one in pool.map(claim, "abcdef") if one]
    with store.transaction() as session:
        assert not uploads.wanting(session, State.IMPORTING, now=now, real_now=now)
        later = now + 2 * MINUTE
        second = uploads.claim(session, workspace_id, row.id, State.IMPORTING, "z", now=later, real_now=later)
        assert second is not None
        assert second.attempts == 2
    with store.transaction() as session:
        assert not uploads.finish(session, first, now=later), "whoever lost the claim writes nothing any more"
        assert uploads.finish(session, second, now=later)


def test_the_first_report_stays_when_the_work_is_repeated(
    store: Store, workspace_id: int, team: Team, lead: Asker, now: datetime
):
    row = looked_into(store, workspace_id, lead, now)
    with store.transaction() as session:
        uploads.begin(session, workspace_id, row.id, Choice("tickets", team.id), lead, 3, now=now)
    for n, token in ((3, "a"), (0, "b")):
        with store.transaction() as session:
            at = now + n * MINUTE if token == "a" else now + 9 * MINUTE
            held = uploads.claim(session, workspace_id, row.id, State.IMPORTING, token, now=at, real_now=at)
            assert held is not None
            assert uploads.keep_report(session, held, Told("tickets", 3, (("new", n),)), real_now=at)
    with store.reading() as session:
        card = uploads.card(session, workspace_id, row.id, now=now)
    assert card.told is not None
    assert card.told.counts == (("new", 3),)


def test_what_was_imported_or_declined_is_not_begun_again(
    store: Store, workspace_id: int, team: Team, lead: Asker, now: datetime
):
    declined = arrive(store, workspace_id, lead, now, name="photo.png", mimetype="image/png")
    with store.transaction() as session:
        assert not uploads.begin(session, workspace_id, declined.id, Choice("tickets", team.id), lead, 0, now=now)
        assert not uploads.put_away(session, workspace_id, declined.id)


def test_a_failed_import_can_be_begun_again_by_hand(
    store: Store, workspace_id: int, team: Team, lead: Asker, now: datetime
):
    row = looked_into(store, workspace_id, lead, now)
    choice = Choice("tickets", team.id)
    for _ in range(2):
        with store.transaction() as session:
            assert uploads.begin(session, workspace_id, row.id, choice, lead, 3, now=now)
            held = uploads.claim(session, workspace_id, row.id, State.IMPORTING, "a", now=now, real_now=now)
            assert held is not None
            assert held.attempts == 1
            assert uploads.fail(session, held, Reason.GONE, now=now)
    assert MOST_ATTEMPTS > 1


def written(tmp_path: Path, text: str, name: str = "export.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Ticket ID,Created time,Assignee", "tickets"),
        ("티켓번호,생성일시,담당자", "tickets"),
        ("Name,Email,Role,Team", "people"),
        ("Employee,Start,End,Activity", "shifts"),
        ("ticket_id,at,kind,actor,actor_kind,value", "events"),
        ("Call ID,Queue,Agent,Date,Time,Talk time", "calls"),
        ("review_id,at,ticket,agent,reviewer,scorecard,criterion,score,min,max", "reviews"),
        ("Ticket ID,Subject,Status,Priority,Type,Agent,Created at", "tickets"),
        ("foo,bar", ""),
    ],
)
def test_a_file_is_known_by_its_columns(tmp_path: Path, header: str, kind: str):
    path = written(tmp_path, f"{header}\n{','.join('x' for _ in header.split(','))}\n")
    found = uploads.look(path, size=path.stat().st_size)
    assert (found.kind, found.rows, found.about) == (kind, 1, False)


def test_rows_of_a_large_file_are_estimated_from_its_beginning(tmp_path: Path):
    path = written(tmp_path, "id,created_at\n" + "1234,2026-11-02T09:00:00Z\n" * 1000)
    found = uploads.look(path, size=path.stat().st_size * 100)
    assert found.about
    assert found.rows == pytest.approx(100_000, rel=0.01)


def test_a_lead_whose_file_names_other_teams_hears_which(tmp_path: Path):
    path = written(tmp_path, "id,created_at,team\n1,2026-11-02,returns\n2,2026-11-02,\n3,2026-11-02,Billing\n")
    uploads.check_teams(path, "tickets", "", ["Returns", "Billing"])
    with pytest.raises(uploads.OtherTeams) as found:
        uploads.check_teams(path, "tickets", "", ["Returns"])
    assert found.value.names == ("Billing",)


def test_doubtful_dates_missing_columns_and_unused_ones_are_told(tmp_path: Path):
    path = written(tmp_path, "id,created_at,Brand\n1,03/04/2026,Blue\n2,05/06/2026,Blue\n")
    fit = uploads.fit(uploads.opened(path), "tickets")
    assert fit.is_doubtful
    assert fit.columns == (("id", "id"), ("created_at", "created_at"))
    assert fit.unused == ("Brand",)
    assert not fit.names_teams
    assert uploads.fit(uploads.opened(path), "shifts").missing == ("person", "start", "end")


@given(st.text(max_size=300))
def test_any_name_can_stand_on_a_disk_in_a_folder_of_its_own(name: str):
    plain = plain_name(name)
    assert plain not in ("", ".", "..")
    assert "/" not in plain
    assert "\x00" not in plain
    assert len(plain.encode("utf-8", "surrogatepass")) <= 240


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.floats(0, 10**6))
def test_an_estimate_is_only_given_where_a_pace_is_known_and_never_negative(done: int, total: int, elapsed: float):
    left = seconds_left(done, total, elapsed)
    if left is None:
        assert done == 0 or done >= total or elapsed < 5
    else:
        assert left == pytest.approx(elapsed / done * (total - done))
        assert left >= 0


def test_a_fault_survives_being_written_down():
    given = Unreadable(Fault.NO_COLUMN, "id", ["Ticket", "창"], "Ticket")
    kept = uploads.as_problem(uploads.as_reason(given))
    assert kept is not None
    assert (kept.fault, kept.about, kept.known, kept.nearest) == (given.fault, "id", ("Ticket", "창"), "Ticket")
    assert uploads.as_problem(Reason.GONE) is None


def test_a_report_survives_being_written_down():
    told = Told("tickets", 3, (("new", 2),), refused=(("no_id", 1),), unused=("a",), nobodys=(("김", 1),))
    assert Told.parse(told.to_json()) == told


def test_a_card_expires_for_saying_but_not_for_updating(store: Store, workspace_id: int, lead: Asker, now: datetime):
    looked_into(store, workspace_id, lead, now)
    later = now + timedelta(days=2)
    with store.reading() as session:
        assert notices.due(session, now=now, real_now=now)
        assert not notices.due(session, now=later, real_now=later)
