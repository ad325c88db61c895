"""Names in the data that are nobody's yet: who is suggested, who may say so, and what follows for the figures."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from cspm_core import errors, kpi, matching, people, privacy
from cspm_core.calls import Call
from cspm_core.ids import new_id
from cspm_core.imports.tickets import nobodys
from cspm_core.kpi import settling
from cspm_core.kpi.tables import FigureDay
from cspm_core.matching import Candidate, Reason, Stranger, Unmatched, likeliest, likeness
from cspm_core.people import Asker, Identity, Member, Role, Team
from cspm_core.periods import parse_period
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts, note_source, record

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
BEGAN = NOW - timedelta(days=20)
LATIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=8)
PARTS = st.lists(LATIN, min_size=2, max_size=4, unique=True)


@pytest.mark.parametrize(
    ("name", "called", "why"),
    [
        ("mina.park@x.com", ("Mina Park", "MINA.PARK@x.com"), Reason.ADDRESS),
        ("Park, Mina", ("Mina Park",), Reason.NAME),
        ("Mina  PARK (Support)", ("Mina Park",), Reason.NAME),
        ("mina.park@old.example", ("Mina Park",), Reason.NAME),
        ("Müller, Jörg", ("Jorg Mueller",), Reason.NAME),
        ("Øystein Lie", ("Oystein Lie",), Reason.NAME),
        ("陳怡君 Grace Chen", ("Grace Chen",), Reason.NAME),
        ("박미나", ("박 미나",), Reason.NAME),
        ("미나 박", ("박미나",), Reason.NAME),
        ("怡君 陳", ("陳怡君",), Reason.NAME),
        ("j.smith", ("John Smith", "jsmith@x.com"), Reason.LOGIN),
        ("minapark", ("Mina Park",), Reason.LOGIN),
        ("Teo Vries", ("Teo de Vries",), Reason.SHORTER),
        ("m.park@x.com", ("Mina Park",), Reason.INITIALS),
        ("mpark", ("Mina Park",), Reason.INITIALS),
        ("M. Park", ("Mina Park",), Reason.INITIALS),
        ("tdevries", ("Teo de Vries",), Reason.INITIALS),
        ("Mina Park", ("Mina P.",), Reason.INITIALS),
        ("Mina", ("Mina Park",), Reason.ALONE),
        ("미나", ("박미나",), Reason.ALONE),
        ("Connor Danielovitch", ("Conor Danielovich",), Reason.SPELLED),
        ("Danielovitch, Connor", ("Conor Danielovich", "conor@x.com"), Reason.SPELLED),
        ("connor.danielovitch@x.com", ("Conor Danielovich",), Reason.SPELLED),
        ("Katherine de Vries", ("Catherine de Vries",), Reason.SPELLED),
        ("B. Beckley", ("Bernard Beckley",), Reason.INITIALS),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, called: tuple[str, ...], why: Reason):
    assert likeness(name, called) is why


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Mina Park", ("Mark Park", "m.park@x.com")),  # an abbreviation that a whole name contradicts
        ("Mina Park", ("Mina P.", "Mina Peters")),
        ("지민김", ("김민지",)),  # the same signs, another name
        ("Bob Smith", ("Robert Smith",)),
        ("Support", ("Sue Port",)),
        ("Mina Park", ("Mina Lee",)),
        ("12345", ("12345 Park",)),
        ("", ("Mina Park",)),
        ("👋", ("👋 Park",)),
        ("Jon Smith", ("Jan Smith",)),
        ("Anna Smith", ("Anne Smith",)),
        ("Daniela Smith", ("Daniel Smith",)),
        ("Conor", ("Connor",)),
        ("김민지 이", ("김민진 이",)),
    ],
)
def test_another_name_is_not_taken_for_it(name: str, called: tuple[str, ...]):
    assert likeness(name, called) is None


@given(PARTS, st.randoms())
def test_the_order_of_a_names_parts_their_case_and_the_comma_do_not_matter(parts: list[str], dice: Any):
    turned = list(parts)
    dice.shuffle(turned)
    written = ", ".join(turned) if len(turned) == 2 else " ".join(turned)
    assert likeness(written.upper(), (" ".join(parts),)) is Reason.NAME


@given(st.lists(st.one_of(LATIN, PARTS.map(" ".join), st.text(max_size=12)), max_size=6), st.text(max_size=14))
def test_two_people_of_one_name_are_never_told_apart_by_it(names: list[str], name: str):
    once = [Candidate(one, (one,), n) for n, one in enumerate(names)]
    twice = [*once, *(Candidate(one, (one,), 100 + n) for n, one in enumerate(names))]
    assert likeliest(name, twice) is None
    for one in names:
        assert likeliest(one, twice) is None
        found = likeliest(one, once)
        assert found is None or found.reason is likeness(one, found.candidate.called)


def test_a_surer_reason_wins_and_two_that_are_as_sure_are_none():
    mina, min_, other = (Candidate(n, (n, a), i) for i, (n, a) in enumerate(
        (("Mina Park", "m.park@x.com"), ("Min Park", "min@x.com"), ("Mina Park", "mp2@x.com"))))  # fmt: skip
    found = likeliest("m.park@old.example", [mina, min_])
    assert found is not None
    assert (found.candidate, found.reason, found.is_strong) == (mina, Reason.LOGIN, True)
    assert likeliest("Mina Park", [mina, other]) is None
    assert likeliest("Park", [mina, min_]) is None


def test_a_slip_of_the_pen_suggests_the_one_whose_it_can_be_and_is_never_sure():
    conor, other = (Candidate(n, (n,), i) for i, n in enumerate(("Conor Danielovich", "Conor Danielowitch")))
    found = likeliest("Connor Danielovitch", [conor])
    assert found is not None
    assert (found.reason, found.is_strong) == (Reason.SPELLED, False)
    assert matching.Crowd([conor, other]).guess("Connor Danielovitch").rivals == 2
    exact = Candidate("Connor Danielovitch", ("C. Danielovitch",), 9)
    found = likeliest("Connor Danielovitch", [conor, exact])
    assert found is not None
    assert found.candidate is exact, "whatever is exact goes before"


class Place:
    """A lead, an agent and a second team; tickets of whoever is named."""

    def __init__(self, store: Store, workspace_id: int) -> None:
        self.store, self.workspace_id = store, workspace_id
        with store.transaction() as session:
            self.team, self.other = (
                people.add_team(session, workspace_id, name, timezone="UTC", now=NOW) for name in ("Returns", "Billing")
            )
            self.mina = people.add_member(session, workspace_id, "Mina Park", slack_user_id="U1", now=NOW)
            self.ada = people.add_member(session, workspace_id, "Ada King", email="ada@x.com", now=NOW)
            people.join_team(session, self.team, self.mina, Role.LEAD, now=NOW)
        self.made = 0

    def works(self, name: str, n: int = 1, team: Team | None = None, first_by: str = "") -> None:
        team = team or self.team
        made = [BEGAN + timedelta(hours=self.made + i) for i in range(n)]
        facts = [
            TicketFacts(
                key=f"{team.name}-{self.made + i}", created_at=at, agent=name, first_responder=first_by,
                first_response_at=at + timedelta(minutes=30), solved_at=at + timedelta(hours=2), status="solved",
            )
            for i, at in enumerate(made)
        ]  # fmt: skip
        self.made += n
        with self.store.transaction() as session:
            record(session, team, facts, scope=team.id, known_at=NOW, now=NOW)
            note_source(session, team, complete_until=NOW, first_at=BEGAN, now=NOW)

    def unmatched(self, team: Team | None = None, *strangers: Stranger) -> list[Unmatched]:
        with self.store.reading() as session:
            return matching.unmatched(session, self.workspace_id, team, strangers=strangers)

    def identity(self, name: str) -> Identity:
        with self.store.reading() as session:
            found = matching.identity_named(session, self.workspace_id, people.fold(name))
        assert found is not None
        return found

    def confirms(self, name: str, person: Member, teams: list[Team] | None = None) -> matching.Confirmed:
        wanted = [one.id for one in teams or [self.team]]
        with self.store.transaction() as session:
            identity = self.identity(name).id
            return matching.confirm(session, identity, person, teams=wanted, by=self.mina.id, now=NOW)

    def asker(self, who: Member) -> Asker:
        with self.store.reading() as session:
            return people.asker(session, self.workspace_id, str(who.slack_user_id), NOW.date())

    def roles(self, who: Member) -> set[tuple[int, str]]:
        with self.store.reading() as session:
            return {(one.team_id, one.role) for one in people.memberships(session, self.workspace_id, who.id)}


@pytest.fixture
def place(store: Store, workspace_id: int) -> Place:
    return Place(store, workspace_id)


def test_names_stand_by_what_hangs_on_them_each_with_the_likeliest_person(place: Place):
    place.works("King, Ada", 3)
    place.works("j.smith", 5, first_by="Quick Answers")
    place.works("j.smith", 1, place.other)
    place.works("Mina Park", 9)
    first, second, third = place.unmatched()
    assert (first.name, first.tickets, first.team_ids, first.likeliest) == (
        "j.smith", 6, (place.team.id, place.other.id), None,
    )  # fmt: skip
    assert first.work.last_at == BEGAN + timedelta(hours=8)
    assert (second.name, second.tickets, second.work.replies) == ("Quick Answers", 0, 5)
    assert third.likeliest is not None
    assert (third.name, third.likeliest.candidate.member_id, third.likeliest.reason) == (
        "King, Ada", place.ada.id, Reason.NAME,
    )  # fmt: skip
    assert [one.name for one in place.unmatched(place.other)] == ["j.smith"]


def test_calls_hang_on_a_name_as_tickets_do(place: Place):
    place.works("j.smith", 1)
    with place.store.transaction() as session:
        at = NOW - timedelta(hours=1)
        for n, name in enumerate(("j.smith", "Only Calls", "Only Calls")):
            who = people.identity(session, place.workspace_id, name, now=NOW).id
            session.add(
                Call(
                    workspace_id=place.workspace_id, id=new_id(NOW), team_id=place.other.id, agent_id=who, key=f"C-{n}",
                    queued_at=at, known_at=NOW,
                )
            )  # fmt: skip
    first, second = place.unmatched()
    assert (first.name, first.work.last_at, first.team_ids) == ("j.smith", at, (place.team.id, place.other.id))
    assert (second.name, second.tickets, second.calls) == ("Only Calls", 0, 2)
    lead = place.asker(place.mina)
    with place.store.reading() as session:
        teams = people.teams(session, place.workspace_id)
        found = matching.identity_named(session, place.workspace_id, "only calls")
        assert found is not None
        assert not matching.may_match(session, place.workspace_id, found.id, lead, teams)


def test_somebody_in_slack_is_suggested_and_nobody_by_a_name_that_is_anothers_already(place: Place):
    place.works("j.smith", 2)
    place.works("Park, Mina", 1)
    john = Stranger("U7", "John Smith", ("johnny",), "jsmith@x.com")
    thief = Stranger("U8", "Mina Park", ("mina park",), "somebody@x.com")
    first, second = place.unmatched(None, john, thief)
    assert first.likeliest is not None
    assert (first.likeliest.candidate.slack_user_id, first.likeliest.candidate.member_id) == ("U7", None)
    assert first.likeliest.candidate.address == "jsmith@x.com"
    assert second.likeliest is not None
    assert second.likeliest.candidate.member_id == place.mina.id
    with place.store.transaction() as session:
        people.add_member(session, place.workspace_id, "Mina Park", slack_user_id="U9", now=NOW)
    again = place.unmatched(None, john, thief)[1]
    assert (again.likeliest, again.rivals) == (None, 2)


def test_who_slack_knows_by_an_address_of_ours_is_one_person_and_not_two(place: Place):
    place.works("kingsley", 1)
    [found] = place.unmatched(None, Stranger("U5", "Ada K", ("kingsley",), "ADA@x.com"))
    assert found.likeliest is not None
    assert (found.likeliest.candidate.member_id, found.likeliest.candidate.name) == (place.ada.id, "Ada King")


def solved(place: Place, who: Member) -> int:
    with place.store.reading() as session:
        ids = people.identities_of(session, place.workspace_id, who.id)
        card = kpi.scorecard(
            session, place.team, parse_period("28d", timezone="UTC", now=NOW), keys=["solved"], as_of=NOW, agents=ids
        )
        return card.readings[0].measure.n if ids else 0


def kept(place: Place) -> dict[Any, str]:
    with place.store.reading() as session:
        return {row.day: row.figures for row in session.exec(select(FigureDay))}


def test_figures_follow_a_confirmation_at_once_and_an_undo_as_well_also_where_days_are_kept(place: Place):
    place.works("King, Ada", 6)
    place.works("Ada King", 5)
    with place.store.transaction() as session:
        while settling.keep(session, people.team(session, place.workspace_id, place.team.id), now=NOW, limit=50):
            pass
    before = kept(place)
    assert before
    assert solved(place, place.ada) == 5
    done = place.confirms("King, Ada", place.ada)
    assert (done.is_new, done.joined) == (True, (place.team.id,))
    assert solved(place, place.ada) == 11
    assert place.unmatched() == []
    assert kept(place) == before  # they are the team's, and hold whosever name it is
    assert done.match_id is not None
    with place.store.transaction() as session:
        matching.undo(session, place.workspace_id, done.match_id, by=place.mina.id, now=NOW)
    assert solved(place, place.ada) == 5
    assert [one.name for one in place.unmatched()] == ["King, Ada"]


def test_who_said_so_is_written_down_and_stands_in_the_persons_own_record(place: Place):
    place.works("King, Ada")
    place.confirms("King, Ada", place.ada)
    with place.store.reading() as session:
        [one] = matching.known(session, place.workspace_id)
        told = privacy.record(session, people.member(session, place.workspace_id, place.ada.id))
        elsewhere = matching.known(session, place.workspace_id, [place.other.id])
    assert (one.name, one.member, one.by, one.at) == ("King, Ada", "Ada King", "Mina Park", NOW)
    assert [row["by_id"] for row in told["names_said_to_be_theirs"]] == [place.mina.id]
    assert elsewhere == []
    with place.store.transaction() as session:
        privacy.anonymise(session, people.member(session, place.workspace_id, place.ada.id), "Somebody", now=NOW)
        assert matching.known(session, place.workspace_id) == []


def test_somebody_joins_the_teams_that_were_named_and_have_their_work_and_where_they_had_no_role(place: Place):
    place.works("King, Ada", 1)
    place.works("King, Ada", 1, place.other)
    place.works("Park, Mina", 1)
    place.confirms("King, Ada", place.ada)
    assert place.roles(place.ada) == {(place.team.id, "agent")}
    assert place.confirms("Park, Mina", place.mina).joined == ()
    assert place.roles(place.mina) == {(place.team.id, "lead")}


def test_the_place_in_a_team_stays_until_the_last_name_with_work_there_is_taken_back(place: Place):
    place.works("King, Ada")
    place.works("a.king")
    first, second = place.confirms("King, Ada", place.ada), place.confirms("a.king", place.ada)
    assert (first.joined, second.joined) == ((place.team.id,), ())
    for done, left in ((first, {(place.team.id, "agent")}), (second, set())):
        assert done.match_id is not None
        with place.store.transaction() as session:
            matching.undo(session, place.workspace_id, done.match_id, by=place.mina.id, now=NOW)
        assert place.roles(place.ada) == left


def test_a_place_that_somebody_was_given_since_is_not_taken_with_a_name(place: Place):
    place.works("King, Ada")
    place.works("a.king")
    first = place.confirms("King, Ada", place.ada)
    assert first.match_id is not None
    later = NOW + timedelta(days=1)
    with place.store.transaction() as session:
        matching.undo(session, place.workspace_id, first.match_id, by=place.mina.id, now=later)
        people.join_team(session, place.team, place.ada, Role.AGENT, now=later)
        done = matching.confirm(session, place.identity("a.king").id, place.ada, teams=[], by=place.mina.id, now=later)
        assert done.match_id is not None
        matching.undo(session, place.workspace_id, done.match_id, by=place.mina.id, now=later)
    assert place.roles(place.ada) == {(place.team.id, "agent")}


def test_nobody_takes_a_colleagues_name_for_their_own_to_read_their_figures(place: Place):
    place.works("Zoe Zwart")
    place.works("Park, Mina")
    with pytest.raises(errors.OwnName):
        place.confirms("Zoe Zwart", place.mina)
    assert place.identity("Zoe Zwart").member_id is None
    assert place.confirms("Park, Mina", place.mina).is_new
    assert not place.confirms("Park, Mina", place.mina).is_new


def test_said_twice_it_is_one_and_said_otherwise_the_second_is_told_by_whom(place: Place):
    place.works("King, Ada")
    first = place.confirms("King, Ada", place.ada)
    again = place.confirms("King, Ada", place.ada)
    assert (again.is_new, again.match_id) == (False, first.match_id)
    with pytest.raises(errors.Matched) as told:
        place.confirms("King, Ada", place.mina)
    assert (told.value.name, told.value.person, told.value.by) == ("King, Ada", "Ada King", "Mina Park")
    with place.store.transaction() as session, pytest.raises(errors.Matched):
        matching.call_nobody(session, place.workspace_id, place.identity("King, Ada").id, by=None, now=NOW)


def test_of_two_at_once_one_is_first_and_the_other_is_told(place: Place):
    place.works("King, Ada")
    ready, came = threading.Barrier(2), []
    identity = place.identity("King, Ada").id

    def says(person: Member) -> None:
        ready.wait()
        try:
            with place.store.transaction() as session:
                matching.confirm(session, identity, person, teams=[], by=None, now=NOW)
            came.append(person.id)
        except errors.Matched:
            came.append(0)

    threads = [threading.Thread(target=says, args=(one,)) for one in (place.ada, place.mina)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    [won] = [one for one in came if one]
    assert sorted(came)[0] == 0
    assert place.identity("King, Ada").member_id == won
    with place.store.reading() as session:
        assert len(matching.known(session, place.workspace_id)) == 1


def test_nobody_of_ours_is_not_asked_about_again_nor_named_by_an_import_until_it_is_taken_back(place: Place):
    place.works("Robo")

    def told() -> int:
        with place.store.reading() as session:
            return nobodys(session, place.workspace_id, Counter({"Robo": 1})).total()

    assert told() == 1
    with place.store.transaction() as session:
        done = matching.call_nobody(session, place.workspace_id, place.identity("Robo").id, by=place.mina.id, now=NOW)
        again = matching.call_nobody(session, place.workspace_id, place.identity("Robo").id, by=place.ada.id, now=NOW)
    assert (again.is_new, again.match_id) == (False, done.match_id)
    assert (place.unmatched(), told()) == ([], 0)
    with pytest.raises(errors.Matched) as said:
        place.confirms("Robo", place.ada)
    assert (said.value.person, said.value.by) == ("", "Mina Park")
    assert done.match_id is not None
    with place.store.transaction() as session:
        matching.undo(session, place.workspace_id, done.match_id, by=place.mina.id, now=NOW)
    with place.store.transaction() as session, pytest.raises(errors.Changed):
        matching.undo(session, place.workspace_id, done.match_id, by=place.mina.id, now=NOW)
    assert [one.name for one in place.unmatched()] == ["Robo"]


def test_what_was_given_to_somebody_else_since_is_not_taken_from_them(place: Place):
    place.works("King, Ada")
    done = place.confirms("King, Ada", place.ada)
    with place.store.transaction() as session:
        row = session.get_one(Identity, (place.workspace_id, place.identity("King, Ada").id))
        row.member_id = place.mina.id
        session.add(row)
    assert done.match_id is not None
    with pytest.raises(errors.Changed), place.store.transaction() as session:
        matching.undo(session, place.workspace_id, done.match_id, by=None, now=NOW)
    assert place.identity("King, Ada").member_id == place.mina.id


def test_whoever_leads_a_team_speaks_for_the_names_that_work_in_it(place: Place):
    place.works("King, Ada")
    place.works("j.smith", 1, place.other)

    def may(session: Session, who: Asker, name: str) -> bool:
        teams = people.teams(session, place.workspace_id)
        return matching.may_match(session, place.workspace_id, place.identity(name).id, who, teams)

    lead = place.asker(place.mina)
    with place.store.reading() as session:
        assert may(session, lead, "King, Ada")
        assert not may(session, lead, "j.smith")
        assert may(session, Asker(1, "Adi", "U0", Role.ADMIN, frozenset()), "j.smith")
        assert not may(session, Asker(1, "Eva", "U0", Role.EXECUTIVE, frozenset()), "King, Ada")
