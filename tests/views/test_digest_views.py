"""The digest as it is drawn: short on a lock screen, in words and not in colours, and never about one person."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.blocks import HEADLINE
from bot.digests import examples, failure_views, ticket_views, views
from bot.words import LANGUAGES, Words
from cspm_core.digests import Content

T = Words("en")
LONG = "The team that looks after returns, refunds and everything else that ever comes back to us"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", examples.EXAMPLES)
def test_every_state_is_drawn_within_slacks_limits(name: str, language: str):
    drawn = examples.EXAMPLES[name](Words(language))
    assert len(drawn["blocks"]) <= 50
    if "text" in drawn:
        assert 0 < len(drawn["text"]) <= HEADLINE
        assert len(json.dumps(drawn["blocks"], ensure_ascii=False)) <= 13_200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("content", [examples.NORMAL, examples.AFTER_A_WEEKEND, examples.STALE, examples.PAUSED])
def test_a_headline_fits_a_lock_screen_whatever_the_team_is_called(content: Content, language: str):
    assert len(views.headline(replace(content, team=LONG), Words(language))) <= HEADLINE


def test_a_count_says_in_words_how_it_stands():
    said = json.dumps(examples.EXAMPLES["digest.monday"](T), ensure_ascii=False)
    assert "New *143* · ▲ more than usual for a Monday (98–131)" in said
    assert "Solved *41* · ▼ less than usual for a Monday (44–70)" in said
    assert "Past due now *2* · as usual for a Monday (0–4)" in said
    assert "usual" not in json.dumps(examples.EXAMPLES["digest.few_tickets"](T))


def test_a_figure_says_its_window_its_verdict_and_that_a_sample_is_small():
    rows = [[cell["text"] for cell in row] for row in _table(examples.EXAMPLES["digest"](T))]
    assert rows[1] == ["First response time, 7 days", "2 hr 6 min · ✓ on target", "at most 4 hr"]
    assert rows[4][0].endswith("28 days")
    assert "✗ off target" in rows[4][1]
    few = [[cell["text"] for cell in row] for row in _table(examples.EXAMPLES["digest.few_tickets"](T))]
    assert "longer than 1 day 6 hr" in few[1][1]
    assert "small sample, n = 9" in few[2][1]


def _table(drawn: dict) -> list:
    return next(block for block in drawn["blocks"] if block["type"] == "data_table")["rows"]


def test_buttons_that_no_longer_apply_are_gone():
    def labels(name: str) -> list[str]:
        blocks = examples.EXAMPLES[name](T)["blocks"]
        return [
            button["text"]["text"] for block in blocks if block["type"] == "actions" for button in block["elements"]
        ]

    assert labels("digest.monday") == ["Details", "Which tickets", "Pause", "Settings"]
    assert labels("digest.paused") == ["Details", "Which tickets", "Resume", "Settings"]
    assert labels("digest.of_yesterday") == ["Details", "Which tickets"]
    assert labels("digest.stale") == ["Pause", "Settings"]
    assert labels("digest.arrived") == []


def test_words_from_the_data_cannot_format_or_call_anybody():
    ticket = replace(examples.WAITING[0], key="<!channel>", url="https://x/|<!here>", priority="<@U1>")
    said = json.dumps(views.digest(replace(examples.AFTER_A_WEEKEND, waiting=(ticket,)), T))
    assert "<!" not in said
    assert "<@" not in said


def test_a_ticket_of_many_words_still_fits():
    many = tuple(replace(examples.WAITING[0], subject="w" * 300, key=f"K{n}" * 20) for n in range(60))
    drawn = ticket_views.tickets(replace(examples.AFTER_A_WEEKEND, waiting_total=900), many, T)
    assert "of 900, the oldest first" in json.dumps(drawn)


def test_the_bot_is_called_what_the_manifest_calls_it():
    manifest = yaml.safe_load((Path(__file__).resolve().parents[2] / "manifest.yaml").read_text(encoding="utf-8"))
    assert "@" + manifest["features"]["bot_user"]["display_name"] == failure_views.BOT
