"""Nobody waits for an acknowledgement, a modal always opens in time, and nothing is answered with silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from bot import ids
from bot.local_slack import SeenMessage, Server
from bot.threads import LISTENING, Threads
from cspm_core.people import Role, Team
from cspm_core.store import Store

from . import house as houses
from .house import House
from .returns import at, weeks
from .test_digest import MONDAY

CROWD = 3 * LISTENING


@pytest.fixture
def threads() -> Iterator[Threads]:
    """As in a real process: what counts has threads of its own."""
    threads = Threads()
    yield threads
    threads.close()


@pytest.fixture
def busy(sqlite_store: Store, slack_server: Server, threads: Threads) -> House:
    return houses.build(sqlite_store, slack_server, at(MONDAY, 9), threads)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(MONDAY, 9))


def settle(house: House, name: str = "Returns") -> Team:
    team = house.team(name, holidays="US")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.imports(team, weeks(house.now, 2), house.now)
    return team


def digest_of(house: House) -> SeenMessage:
    house.beat()
    return house.reads()[-1]


def answers(house: House) -> int:
    return sum(bool(message.tables()) for message in house.reads() if message.ephemeral)


def test_however_many_wait_for_figures_acks_are_prompt_and_a_modal_opens(busy: House):
    settle(busy)
    mina, digest = busy.person("Mina"), digest_of(busy)
    with busy.runtime.permit:  # a heavy question that takes its time
        assert {mina.types("/kpi team last week", channel="#returns") for _ in range(CROWD)} == {"ok"}
        assert mina.presses(digest, "Settings") == "ok"
        busy.slack.wait_until(lambda: mina.modal)
        assert not answers(busy)
    busy.slack.wait_until(lambda: answers(busy) == CROWD, timeout=60)


def test_a_modal_does_not_wait_for_what_slack_says_of_somebody_known(house: House):
    settle(house)
    mina, digest = house.person("Mina"), digest_of(house)
    house.clock.at += timedelta(days=3)
    asked: list[str] = []
    house.line.before = asked.append
    mina.presses(digest, "Pause")
    assert asked == ["views.open"]
    assert mina.modal


def test_a_modal_that_slack_would_not_open_any_more_is_explained(house: House):
    settle(house)
    mina, digest = house.person("Mina"), digest_of(house)
    house.slack.triggers._seconds = -1.0
    mina.presses(digest, "Settings")
    assert "Press again" in mina.latest("#returns").text


def test_an_answer_does_not_wait_for_whoever_writes(house: House):
    settle(house)
    mina = house.person("Mina")
    mina.types("/kpi team", channel="#returns")
    with house.store.transaction():  # an import, say, has the store to itself
        mina.types("/kpi team last week", channel="#returns")
        mina.presses(mina.latest("#returns"), "All figures")
    assert mina.latest("#returns").text.startswith("Returns, last week")


@pytest.mark.parametrize("action_id", ["escalations.take", "kpi.old"])
def test_a_button_that_nobody_knows_any_more_says_so(house: House, action_id: str):
    settle(house)
    button = {"type": "button", "text": {"type": "plain_text", "text": "Take it"}, "action_id": action_id}
    blocks = [{"type": "actions", "elements": [button]}]
    house.slack.call("chat.postMessage", {"channel": "#returns", "text": "An old message", "blocks": blocks})
    mina = house.person("Mina")
    assert mina.presses(mina.latest("#returns"), "Take it") == "ok"
    assert "older version" in mina.latest("#returns").text


def test_names_and_typed_words_neither_ping_nor_vanish(house: House):
    settle(house, "R&D <!channel>")
    mina = house.person("Mina")
    mina.types("/kpi team R&D <!channel> last week", channel="#returns")
    assert mina.latest("#returns").text.startswith("R&amp;D &lt;!channel&gt;, last week")
    mina.types("/kpi team <!here> & co", channel="#returns")
    assert mina.latest("#returns").text == (
        "There is no team called “&lt;!here&gt; &amp; co”. There are: R&amp;D &lt;!channel&gt;."
    )
    digest = digest_of(house)
    assert digest.text.startswith("R&amp;D &lt;!channel&gt;: ")
    assert "<!" not in digest.text


def test_of_many_teams_one_is_found_by_typing(house: House):
    """A hundred would not fit a message; only those that the asker may see are offered."""
    settle(house)
    for n in range(100):
        house.clock.at += timedelta(milliseconds=1)
        other = house.team(f"{'Amsterdam' if n % 2 else 'Seoul'} customer care {n:03d}")
        if n < 60:
            house.joins(other, "Mina")
    mina = house.person("Mina")
    mina.types("/kpi team Returns last week", channel="#returns")
    message = mina.latest("#returns")
    assert message.tables()
    offered = [option["text"]["text"] for option in mina.options(message, ids.KPI_TEAM, "amsterdam")]
    assert len(offered) == 30
    assert len(mina.options(message, ids.KPI_TEAM, "")) == 60
    assert house.person("Bo").options(message, ids.KPI_TEAM, "") == []
    assert house.slack.complaints == []


@pytest.mark.parametrize("role", [None, Role.AGENT, Role.QA_REVIEWER, Role.LEAD, Role.EXECUTIVE, Role.ADMIN])
def test_every_button_asks_anew_who_presses_it(house: House, role: Role | None):
    """Bo presses what stands under Mina's answer and under the digest, in every role there is."""
    team = settle(house)
    mina, digest = house.person("Mina"), digest_of(house)
    mina.types("/kpi team Returns last week", channel="#returns")
    answer = mina.latest("#returns")
    if role in (Role.EXECUTIVE, Role.ADMIN):
        bo = house.joins(house.team("Elsewhere"), "Bo")
        with house.store.transaction() as session:
            bo.role = role
            session.add(bo)
    elif role:
        house.joins(team, "Bo", role)
    sees, leads = role is not None, role in (Role.LEAD, Role.ADMIN)
    assert said(house, digest, "Details") is sees
    assert said(house, digest, "Which tickets") is sees
    for button in ("All figures", "Keep", "Share in this channel"):
        assert said(house, answer, button) is sees
    for button in ("Pause", "Settings"):
        house.person("Bo").presses(digest, button)
        assert bool(house.person("Bo").modal) is leads
        if leads:
            house.person("Bo").closes()


def said(house: House, message: SeenMessage, button: str) -> bool:
    """Whether a press was answered with figures, and not with a refusal."""
    bo = house.person("Bo")
    bo.presses(message, button)
    return "for its own people" not in bo.latest("#returns").text
