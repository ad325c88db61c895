"""The demo as a visitor meets it: open, asked, turned to the next morning, closed, opened again."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo import example, reveal
from bot.demo.opening import Demo
from bot.words import Words

from .opened import MINA, opened


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with opened(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


def digests(demo: Demo, channel: str) -> list[str]:
    said = [message.text for message in demo.workspace.person(MINA).reads(channel) if message.bot]
    return [text for text in said if " new, " in text and " solved, " in text]


def test_it_opens_before_the_digest_of_the_visitors_team_with_yesterday_in_the_channels(demo: Demo) -> None:
    assert timedelta(0) <= demo.clock.now() - demo.world.record.opens_at < timedelta(minutes=2)
    said = demo.workspace.person(MINA).reads("#returns")
    assert any("Theo, shout if you get stuck" in message.text for message in said)
    assert len(digests(demo, "#returns")) == 1
    assert "curl" in demo.workspace.script
    assert demo.address in demo.workspace.base_url
    assert "Mina Park" in demo.script


def test_the_visitor_is_answered(demo: Demo) -> None:
    mina = demo.workspace.person(MINA)
    assert mina.types("/kpi team", channel="#returns") == "ok"
    demo.workspace.wait_until(lambda: any("Returns" in m.text for m in mina.reads("#returns") if m.ephemeral), 10)


def test_the_next_morning_brings_the_digest(demo: Demo) -> None:
    before = len(digests(demo, "#returns"))
    demo.turn(demo.next_morning(MINA))
    assert len(digests(demo, "#returns")) == before + 1
    with pytest.raises(ValueError, match="forward"):
        demo.turn(demo.clock.now() - timedelta(hours=1))


def test_the_lever_reveals_what_was_planted(demo: Demo) -> None:
    lever = next(one for one in demo.workspace.levers if one.id == "reveal")
    assert lever.label == reveal.label(Words("en"))
    assert "Theo Lindqvist" in lever.press()


def test_a_file_to_drop_lies_beside_the_demo_and_can_be_imported(demo: Demo) -> None:
    lies = Path(re.findall(r"`(/[^`]+\.csv)`", demo.script)[0])
    mina = demo.workspace.person(MINA)
    dropped = mina.drops({lies.name: lies.read_bytes()})
    demo.workspace.wait_until(lambda: len(mina.reads(thread=dropped)) > 1, 20)
    card = mina.reads(thread=dropped)[1]
    demo.workspace.wait_until(lambda: "This looks like tickets" in mina.reads(thread=dropped)[1].says(), 20)
    assert f"{example.TICKETS} rows" in mina.reads(thread=dropped)[1].says()
    assert mina.presses(card, "Look at it") == "ok"
    demo.workspace.wait_until(lambda: mina.modal is not None and "as understood" in mina.modal.says(), 20)
    mina.submits()
    demo.workspace.wait_until(lambda: mina.modal is not None and "Nothing is written yet" in mina.modal.says(), 20)
    assert mina.modal is not None
    assert f"*{example.TICKETS}* new" in mina.modal.says()


def test_slack_would_take_everything_that_was_said(demo: Demo) -> None:
    assert demo.workspace.complaints == []


def test_a_second_start_goes_on_and_leaves_no_thread_behind(tmp_path: Path) -> None:
    with opened(tmp_path) as first:
        first.turn(first.clock.now() + timedelta(days=3))
        shown, opening = first.clock.now(), first.world.record.opening
    with opened(tmp_path) as again:
        assert not again.world.is_new
        assert again.world.record.opening == opening
        assert timedelta(0) <= again.clock.now() - shown < timedelta(minutes=2)
        assert digests(again, "#returns")
        links = again.feed.links
        assert links.startswith(again.address)
    left = [one.name for one in threading.enumerate() if not one.daemon and one is not threading.main_thread()]
    assert [name for name in left if name.startswith(("listener", "APScheduler", "demo"))] == []
