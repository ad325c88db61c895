"""A lead drops an export into the bot's direct messages, looks at what it would do, and has it imported."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.local_slack import SeenMessage, Server
from bot.threads import Threads
from bot.uploads import downloads, pacing, work
from cspm_core import escalations, people
from cspm_core.escalations import Cause
from cspm_core.imports import columns
from cspm_core.people import Role, Team
from cspm_core.store import Store
from cspm_core.tickets import Ticket
from cspm_core.uploads import State, Upload

from . import house as houses
from .house import House, Inline

HEADER = "Ticket ID,Assignee,Status,Created time,First reply,Brand"
ROWS = [f"R-{n},Ada King,open,2026-11-{n % 20 + 1:02d}T09:00:00Z,,Blue" for n in range(1, 41)]
CSV = "\n".join([HEADER, *ROWS]).encode()
DOUBTFUL = "\n".join([HEADER, *(f"D-{n},Ada King,open,0{n}/11/2026 09:00,,Blue" for n in range(1, 5))]).encode()


class Beside(Executor):
    """Works beside whoever asked, as the bot does; a test waits for all of it."""

    def __init__(self) -> None:
        self.pool, self.given = ThreadPoolExecutor(8), list[Future[Any]]()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = self.pool.submit(fn, *args, **kwargs)
        self.given.append(future)
        return future

    def rest(self) -> None:
        while self.given:
            self.given.pop(0).result(timeout=30)


@pytest.fixture
def beside() -> Iterator[Beside]:
    made = Beside()
    yield made
    made.pool.shutdown(wait=True)


@pytest.fixture
def house(sqlite_store: Store, slack_server: Server, now: datetime, beside: Beside) -> House:
    return houses.build(sqlite_store, slack_server, now, Threads(Inline(), beside))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", timezone="Europe/Amsterdam")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Ada", language="en")
    return team


class Lead:
    """Mina at her desk: what she does, and what she reads once the bot is done."""

    def __init__(self, house: House, beside: Beside, who: str = "Mina") -> None:
        self.house, self.beside, self.seat = house, beside, house.person(who)

    def drops(self, name: str, data: bytes, **more: Any) -> SeenMessage:
        dropped = self.seat.drops({name: data}, **more)
        self.waits()
        return dropped

    def waits(self) -> None:
        self.house.slack.settle()
        self.beside.rest()
        self.house.slack.settle()

    def thread(self, dropped: SeenMessage) -> list[SeenMessage]:
        return self.seat.reads(thread=dropped)[1:]

    def card(self, dropped: SeenMessage) -> SeenMessage:
        """The one message about the file."""
        [card, *_] = self.thread(dropped)
        return card

    def presses(self, dropped: SeenMessage, button: str) -> None:
        assert self.seat.presses(self.card(dropped), button) == "ok"
        self.waits()

    def submits(self, **fields: Any) -> dict[str, str]:
        told = self.seat.submits(**fields)
        self.waits()
        return dict(told.errors)

    @property
    def modal(self) -> str:
        assert self.seat.modal is not None
        return self.seat.modal.says()


@pytest.fixture
def mina(house: House, team: Team, beside: Beside) -> Lead:
    return Lead(house, beside)


def stored(house: House) -> list[Ticket]:
    with house.store.reading() as session:
        return list(session.exec(select(Ticket)))


def upload(house: House) -> Upload:
    with house.store.reading() as session:
        return session.exec(select(Upload)).one()


def left_on_disk() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"{downloads.PREFIX}*"))


def test_a_lead_drops_an_export_looks_at_it_and_has_it_imported(house: House, mina: Lead):
    dropped = mina.drops("export.csv", CSV, text="here is last week")
    card = mina.card(dropped)
    assert "This looks like tickets. 40 rows, 5 of 6 columns understood." in card.says()

    mina.presses(dropped, "Look at it")
    assert "`created_at` ← Created time" in mina.modal
    assert "Columns not used: Brand." in mina.modal
    assert stored(house) == []

    assert mina.submits() == {}
    assert "40 rows read." in mina.modal.replace("*", "")
    assert "Nothing is written yet." in mina.modal
    assert stored(house) == []

    assert mina.submits() == {}
    assert mina.seat.modal is None
    [card] = mina.thread(dropped)
    assert "Imported into Returns" in card.says()
    assert len(stored(house)) == 40
    assert upload(house).state == State.DONE
    assert left_on_disk() == []
    assert house.slack.complaints == []


def test_names_that_match_nobody_are_said_to_be_somebodys_from_the_report_itself(house: House, mina: Lead):
    rows = [f"N-{n},Grace Kim,open,2026-11-{n + 1:02d}T09:00:00Z,,Blue" for n in range(9)]
    dropped = mina.drops("export.csv", "\n".join([HEADER, *rows]).encode())
    mina.presses(dropped, "Look at it")
    assert mina.submits() == {}
    assert mina.submits() == {}
    assert "Names that match nobody yet: Grace Kim (9)." in mina.card(dropped).says()
    mina.presses(dropped, "Say who they are")
    said = mina.thread(dropped)[-1].says().replace("*", "")
    assert "1 name matches nobody" in said
    assert "Grace Kim · 9 tickets" in said


def test_a_file_that_is_no_table_is_answered_with_what_can_be_dropped(house: House, mina: Lead):
    dropped = mina.drops("report.xlsx", b"PK\x03\x04 not for us")
    [said] = mina.thread(dropped)
    assert "I cannot import “report.xlsx”" in said.says()
    assert "CSV" in said.says()
    assert said.buttons() == []


def test_a_spreadsheet_that_calls_itself_csv_is_told_apart(house: House, mina: Lead):
    dropped = mina.drops("export.csv", b"\xd0\xcf\x11\xe0" + b"\x00\x01" * 400)
    [said] = mina.thread(dropped)
    assert "export.csv is no CSV file" in said.says()


@pytest.mark.parametrize(("who", "passes_on"), [("Ada", "Pass it on to Mina Park."), ("Bo", "")])
def test_whoever_leads_no_team_is_thanked_and_nothing_is_fetched(
    house: House, team: Team, beside: Beside, who: str, passes_on: str
):
    with house.store.transaction() as session:
        mina = people.member(session, house.workspace_id, house.known["Mina"].id)
        mina.name = "Mina Park"
        session.add(mina)
    someone = Lead(house, beside, who)
    dropped = someone.drops("export.csv", CSV)
    [said] = someone.thread(dropped)
    assert "Importing is for team leads and admins" in said.says()
    assert passes_on in said.says()
    assert not [call for call in house.slack.calls if call.method == "files.info"]


def test_where_there_is_no_team_yet_the_asker_hears_what_comes_first(house: House, beside: Beside):
    mina = Lead(house, beside)
    mina.drops("export.csv", CSV)
    assert "cspm team add" in mina.seat.latest().says()


def test_a_file_of_more_than_100_mb_is_for_the_operator(house: House, mina: Lead):
    dropped = mina.drops("everything.csv", bytes(100_000_001))
    [said] = mina.thread(dropped)
    assert "cspm import tickets" in said.says()
    assert not [call for call in house.slack.calls if call.method == "files.info"]


def test_every_file_of_one_message_has_a_card_of_its_own(house: House, mina: Lead):
    dropped = mina.seat.drops({"a.csv": CSV, "b.csv": CSV, "c.png": b"\x89PNG"}, text="these")
    mina.waits()
    said = [card.says() for card in mina.thread(dropped)]
    assert len(said) == 3
    assert [any(name in one for one in said) for name in ("a.csv", "b.csv", "c.png")] == [True] * 3


def test_not_now_puts_a_file_away_and_it_can_be_had_back(house: House, mina: Lead):
    dropped = mina.drops("export.csv", CSV)
    mina.presses(dropped, "Not now")
    assert "Put away" in mina.card(dropped).says()
    mina.presses(dropped, "Look at it")
    assert "Columns as understood" in mina.modal


def test_what_slack_delivers_twice_is_one_card_one_import_and_one_report(house: House, mina: Lead):
    house.slack.faults.deliver_twice = True
    dropped = mina.drops("export.csv", CSV)
    mina.presses(dropped, "Look at it")
    mina.submits()
    mina.submits()
    assert len(mina.thread(dropped)) == 1
    assert len(stored(house)) == 40
    assert "*40* new" in mina.card(dropped).says() or "40 new" in mina.card(dropped).says()


def test_who_presses_import_a_second_time_is_told_that_it_runs(house: House, mina: Lead, beside: Beside):
    dropped = mina.drops("export.csv", CSV)
    mina.presses(dropped, "Look at it")
    mina.submits()
    again = dict(house.slack.views.stacks[mina.seat.id][-1].given)
    mina.submits()
    house.slack.views.push(mina.seat.id, again)
    mina.submits()
    assert "imported already" in mina.modal
    assert len(mina.thread(dropped)) == 1
    assert mina.card(dropped).buttons() == ["Say who they are"]


def test_dates_that_leave_it_open_are_asked_about(house: House, mina: Lead):
    dropped = mina.drops("export.csv", DOUBTFUL)
    mina.presses(dropped, "Look at it")
    assert "The dates leave open what comes first" in mina.modal
    mina.submits(order="The month first: 03/04 is March 4")
    mina.submits()
    assert sorted(one.created_at.month for one in stored(house)) == [1, 2, 3, 4]


def test_a_zone_that_does_not_exist_is_said_beside_its_field(house: House, mina: Lead):
    dropped = mina.drops("export.csv", CSV)
    mina.presses(dropped, "Look at it")
    errors = mina.submits(timezone="Europe/Amsterdm")
    assert "Europe/Amsterdam" in errors["timezone"]


def test_naive_times_are_taken_in_the_zone_that_was_chosen(house: House, mina: Lead):
    dropped = mina.drops("export.csv", b"id,created_at\n1,2026-11-02 09:00\n")
    mina.presses(dropped, "Look at it")
    mina.submits(timezone="Asia/Seoul")
    mina.submits()
    [one] = stored(house)
    assert one.created_at.hour == 0


def test_a_korean_file_with_a_korean_name_is_read(house: House, mina: Lead):
    rows = "티켓번호,담당자,상태,생성일시\n1,김민지,해결,2026-11-02T09:00:00Z\n"
    dropped = mina.drops("상담 내역 (11월).csv", rows.encode("cp949"))
    assert "상담 내역 (11월).csv" in mina.card(dropped).says()
    mina.presses(dropped, "Look at it")
    mina.submits(encoding="EUC-KR / CP949 (한국어)", kind="Tickets")
    assert "1 row read" in mina.modal.replace("*", "")
    mina.submits()
    [one] = stored(house)
    assert one.status == "solved"


def test_a_file_with_very_many_columns_is_shown_as_far_as_it_fits(house: House, mina: Lead):
    wide = [f"Custom field number {n} with a name that goes on and on" for n in range(400)]
    dropped = mina.drops("wide.csv", (",".join([*columns.TICKETS, *wide]) + "\n" + "1," * 429 + "1\n").encode())
    mina.presses(dropped, "Look at it")
    assert "380 more" in mina.modal
    assert house.slack.complaints == []


def test_refused_rows_come_as_a_file_into_the_thread_once(house: House, mina: Lead):
    house.line.fails("files.completeUploadExternal", ConnectionResetError("gone"), when="after")
    dropped = mina.drops("export.csv", CSV + b"\n,Nobody,open,2026-11-02T09:00:00Z,,Blue\nR-99,Bo,open,never,,Blue\n")
    mina.presses(dropped, "Look at it")
    mina.submits()
    assert "no id" in mina.modal
    mina.submits()
    house.turn(minutes=10)
    card, file, *more = mina.thread(dropped)
    assert more == []
    assert "Imported into Returns" in card.says()
    assert "40 new" in card.says().replace("*", "")
    [shared] = file.files
    assert shared.name == "export.refused.csv"
    assert "Nobody" in shared.data.decode()
    assert left_on_disk() == []


def test_a_lead_imports_nothing_into_a_team_of_others(house: House, mina: Lead):
    house.team("Billing", channel="quiet")
    dropped = mina.drops(
        "export.csv", b"id,created_at,team\n1,2026-11-02T09:00:00Z,Returns\n2,2026-11-02T09:00:00Z,Billing\n"
    )
    mina.presses(dropped, "Look at it")
    assert "Billing" not in [option["text"]["text"] for option in _options(mina, "team")]
    mina.submits()
    assert "rows of Billing, which you do not lead" in mina.modal
    assert stored(house) == []


def _options(mina: Lead, block_id: str) -> list[dict[str, Any]]:
    assert mina.seat.modal is not None
    [block] = [one for one in mina.seat.modal.blocks if one["block_id"] == block_id]
    return list(block["element"]["options"])


def test_a_list_of_people_is_for_admins(house: House, mina: Lead):
    listed = b"name,email,role,team\nGrace Kim,grace@desk.example,admin,Returns\n"
    dropped = mina.drops("people.csv", listed)
    [said] = mina.thread(dropped)
    assert "only admins load them" in said.says()

    with house.store.transaction() as session:
        member = people.member(session, house.workspace_id, house.known["Mina"].id)
        member.role = Role.ADMIN
        session.add(member)
    dropped = mina.drops("people.csv", listed)
    mina.presses(dropped, "Look at it")
    mina.submits()
    mina.submits()
    assert "1 new" in mina.card(dropped).says().replace("*", "")
    with house.store.reading() as session:
        assert people.member_named(session, house.workspace_id, "Grace Kim") is not None


def test_another_kind_is_understood_anew(house: House, mina: Lead):
    dropped = mina.drops("roster.csv", b"Agent,Start,End\nAda,2026-11-24 09:00,2026-11-24 17:00\n")
    assert "This looks like shifts." in mina.card(dropped).says()
    mina.presses(dropped, "Look at it")
    assert "`person` ← Agent" in mina.modal
    assert mina.seat.modal is not None
    mina.seat.chooses(mina.seat.modal, "upload.kind", "Tickets")
    mina.waits()
    assert "Not found, but needed: `id` and `created_at`" in mina.modal
    assert mina.seat.modal is not None
    mina.seat.chooses(mina.seat.modal, "upload.kind", "Shifts (who works when)")
    mina.waits()
    mina.submits()
    mina.submits()
    assert "1 new" in mina.card(dropped).says().replace("*", "")


@pytest.mark.parametrize(
    ("text", "looks_like", "report"),
    [
        (
            "ticket_id,at,kind,actor,actor_kind,value\nE-1,2026-11-02T09:00:00Z,created,Kim,customer,\n"
            "E-1,2026-11-02T10:00:00Z,public_reply,Ada King,agent,\n",
            "a log of what happened to tickets",
            ["2 events told of", "1 new tickets"],
        ),
        (
            "id,agent,direction,queued_at,answered_at,ended_at\n"
            "C-1,Ada King,inbound,2026-11-02T09:00:00Z,2026-11-02T09:00:10Z,2026-11-02T09:05:00Z\n",
            "This looks like calls.",
            ["1 new"],
        ),
    ],
)
def test_events_and_calls_are_taken_the_same_way(
    house: House, mina: Lead, text: str, looks_like: str, report: list[str]
):
    dropped = mina.drops("export.csv", text.encode())
    assert looks_like in mina.card(dropped).says()
    mina.presses(dropped, "Look at it")
    mina.submits()
    assert "Nothing is written yet." in mina.modal
    mina.submits()
    said = mina.card(dropped).says().replace("*", "")
    assert "Imported into Returns" in said
    assert [one for one in report if one not in said] == []


def test_a_zip_file_is_opened_and_one_that_would_fill_a_disk_is_not(house: House, mina: Lead):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.csv", CSV)
    assert "This looks like tickets" in mina.card(mina.drops("export.zip", held.getvalue())).says()

    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("bomb.csv", "w", force_zip64=True) as inside,
    ):
        for _ in range(1010):
            inside.write(bytes(1_000_000))
    assert "too large inside" in mina.card(mina.drops("bomb.zip", held.getvalue())).says()


@pytest.mark.parametrize("kind", ["429", "500", "accept_then_500", "accept_then_close"])
def test_a_card_that_slack_fails_to_take_comes_once_all_the_same(house: House, mina: Lead, kind: str):
    house.slack.faults.strike(kind, method="chat.postMessage")
    dropped = mina.drops("export.csv", CSV)
    house.turn(minutes=10)
    assert len(mina.thread(dropped)) == 1


def test_a_file_that_slack_does_not_give_at_first_is_fetched_when_it_is_needed(house: House, mina: Lead):
    house.slack.faults.strike("500", method="files.info")
    dropped = mina.drops("export.csv", CSV)
    assert "I look into it when you ask me to." in mina.card(dropped).says()
    mina.presses(dropped, "Look at it")
    mina.submits()
    house.slack.faults.strike("500", times=2, method="files.info")
    mina.submits()
    assert "Importing into Returns" in mina.card(dropped).says()
    for _ in range(5):
        house.turn(minutes=1)
    assert "Imported into Returns" in mina.card(dropped).says()
    assert len(mina.thread(dropped)) == 1


def test_a_file_that_was_deleted_meanwhile_is_asked_for_again(house: House, mina: Lead):
    dropped = mina.drops("export.csv", CSV)
    mina.presses(dropped, "Look at it")
    mina.submits()
    for one in house.slack.files.values():
        one.deleted = True
    mina.submits()
    assert "“export.csv” is not in Slack any more" in mina.card(dropped).says()
    mina.presses(dropped, "Look at it")
    assert "is not in Slack any more" in mina.modal


def test_progress_is_told_in_the_one_message_while_it_lasts(house: House, mina: Lead, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pacing, "EVERY_S", 0.02)
    rows = [f"R-{n},Ada King,open,2026-11-02T09:00:00Z,,Blue" for n in range(30_000)]
    dropped = mina.drops("export.csv", "\n".join([HEADER, *rows]).encode())
    mina.presses(dropped, "Look at it")
    mina.submits()
    mina.submits()
    told = [str(call.arguments.get("blocks")) for call in house.slack.calls if call.method == "chat.update"]
    assert [one for one in told if "of 30,000 rows" in one]
    assert "Imported into Returns" in told[-1]
    assert len(mina.thread(dropped)) == 1
    assert house.slack.complaints == []


class Died(BaseException):
    """The process is gone."""


def test_an_import_that_dies_in_the_middle_is_carried_on_and_said_once(house: House, mina: Lead, beside: Beside):
    rows = [f"R-{n},Ada King,open,2026-11-02T09:00:00Z,,Blue" for n in range(12_000)]
    refused = [",First,open,2026-11-02T09:00:00Z,,Blue", ",Last,open,2026-11-02T09:00:00Z,,Blue"]
    dropped = mina.drops("export.csv", "\n".join([HEADER, refused[0], *rows, refused[1]]).encode())
    mina.presses(dropped, "Look at it")
    mina.submits()
    real = house.runtime.store

    class Mortal(Store):
        """The store as it is, except that the process dies once the first chunk is written."""

        def __init__(self) -> None:
            self.engine, self._writer, self._reader = real.engine, real._writer, real._reader

        @contextmanager
        def apart(self):
            yield self

        def transaction(self):
            if stored(house):
                raise Died
            return real.transaction()

    beside.submit = lambda *_, **__: Future()  # type: ignore[method-assign]
    mina.seat.submits()
    assert upload(house).state == State.IMPORTING
    with pytest.raises(Died):
        work.carry_on(replace(house.runtime, store=Mortal()))
    assert 0 < len(stored(house)) < len(rows)

    house.turn(minutes=1)
    house.turn(minutes=5)
    card, file = mina.thread(dropped)
    assert len(stored(house)) == len(rows)
    assert "Imported into Returns" in card.says()
    assert "12,000 new" in card.says().replace("*", "")
    [shared] = file.files
    assert [name in shared.data.decode() for name in ("First", "Last")] == [True, True]
    assert upload(house).attempts == 2
    assert left_on_disk() == []
    house.turn(minutes=30)
    assert len(mina.thread(dropped)) == 2


def test_what_a_process_that_died_left_on_the_disk_is_removed(house: House, mina: Lead):
    folder = Path(tempfile.mkdtemp(prefix=downloads.PREFIX))
    (folder / "export.csv").write_bytes(CSV)
    downloads.tidy(datetime.fromtimestamp(folder.stat().st_mtime + 3600, house.now.tzinfo))
    assert folder.exists()
    downloads.tidy(datetime.fromtimestamp(folder.stat().st_mtime + 7 * 3600, house.now.tzinfo))
    assert not folder.exists()


def test_neither_a_files_name_nor_what_it_holds_is_ever_logged(
    house: House, mina: Lead, lines: Callable[[], list[dict[str, Any]]]
):
    house.slack.faults.strike("500", method="files.info")
    dropped = mina.drops("secret-export.csv", CSV)
    mina.drops("secret-broken.csv", b'id,created_at\n1,"Ada King never closes this quote\n')
    mina.presses(dropped, "Look at it")
    mina.submits()
    mina.submits()
    house.turn(minutes=1)
    assert "Imported" in mina.card(dropped).says()
    written = str(lines())
    assert "file not looked into yet" in written
    assert not [word for word in ("secret", "Ada King", "R-1", "Brand") if word in written]


def test_a_mended_file_in_the_thread_of_the_first_is_answered_there(house: House, mina: Lead):
    dropped = mina.drops("export.csv", CSV)
    mina.seat.drops({"mended.csv": CSV}, thread=dropped)
    mina.waits()
    _, _, second = mina.thread(dropped)
    assert "mended.csv" in second.says()


def test_a_file_below_something_that_the_bot_said_is_answered_unless_it_is_an_escalations(
    house: House, mina: Lead, team: Team
):
    ts = house.line.chat_postMessage(channel=mina.seat.id, text="Your digest")["ts"]
    digest = mina.seat.message(mina.seat.dm().id, ts)
    mina.seat.drops({"export.csv": CSV}, thread=digest)
    mina.waits()
    assert "This looks like tickets" in mina.thread(digest)[-1].says()

    said = mina.seat.types("The customer waits")
    source = {"message_channel": said.channel, "message_ts": said.ts}
    with house.store.transaction() as session:
        escalations.raise_one(session, team, Cause("person", "The customer waits", **source), now=house.now)
    house.turn(minutes=1)
    mina.seat.drops({"proof.csv": CSV}, thread=said)
    mina.waits()
    assert not [one for one in mina.thread(said) if "proof.csv" in one.says() and one.raw.bot]


def test_the_same_file_twice_changes_nothing(house: House, mina: Lead):
    for _ in range(2):
        dropped = mina.drops("export.csv", CSV)
        mina.presses(dropped, "Look at it")
        mina.submits()
        mina.submits()
    assert "40 unchanged" in mina.card(dropped).says().replace("*", "")
    assert len(stored(house)) == 40
