"""Every view in every state and language, as it was last looked at and found good."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from bot.blocks import HEADLINE, Drawing
from bot.gallery.examples import EXAMPLES, PICTURES
from bot.local_slack import Channel, Person, Workspace
from bot.local_slack.model import StoredFile
from bot.manifest import load
from bot.plain import NEW_BLOCKS, is_new, plain
from bot.words import LANGUAGES, Words

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_view_looks_as_it_did(name: str, language: str, request: pytest.FixtureRequest):
    drawn = json.dumps(EXAMPLES[name](Words(language)), indent=1, ensure_ascii=False) + "\n"
    path = GOLDEN / f"{name}.{language}.json"
    if request.config.getoption("--bless"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, "utf-8")
    assert drawn == path.read_text("utf-8")


def test_no_golden_picture_is_left_of_a_view_that_is_gone():
    kept = {path.name for path in GOLDEN.glob("*.json")}
    assert kept == {f"{name}.{language}.json" for name in EXAMPLES for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_message_has_a_headline_that_fits_a_lock_screen(name: str, language: str):
    drawing = EXAMPLES[name](Words(language))
    if "type" not in drawing and "blocks" in drawing:
        assert 0 < len(drawing["text"]) <= HEADLINE


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_message_and_home(language: str, now: datetime):
    place = Workspace(
        name="Gallery", people=[Person("Mina")], channels=[Channel("all", ["Mina"], with_app=True)],
        manifest=load(), now=lambda: now, rate_limits=False,
    )  # fmt: skip
    words = Words(language)
    for name in PICTURES:
        place.files[picture_of(name)] = uploaded(picture_of(name), PICTURES[name](words))
    for draw in EXAMPLES.values():
        drawing = draw(words)
        match drawing.get("type"):
            case None:
                answer = place.call("chat.postMessage", {"channel": place.channel("all").id, **drawing})
                assert answer["ok"], answer
            case "home":
                answer = place.call("views.publish", {"user_id": place.person("Mina").id, "view": drawing})
                assert answer["ok"], answer
    assert place.complaints == []


def picture_of(name: str) -> str:
    """The file that an example shows."""
    blocks = EXAMPLES[name](Words("en"))["blocks"]
    return next(str(block["slack_file"]["id"]) for block in blocks if block["type"] == "image")


def uploaded(file: str, data: bytes) -> StoredFile:
    """A picture as Slack has it a moment after the upload."""
    return StoredFile(file, "chart.png", "", "", len(data), data, uploaded=True, complete=True, ready=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_plain_form_says_the_same_facts_within_slacks_limits(name: str, language: str):
    words = Words(language)
    drawing = EXAMPLES[name](words)
    if not is_new(drawing):
        return
    without = plain(drawing, words, lambda _: "F0123456789")
    assert not {block["type"] for block in without["blocks"]} & NEW_BLOCKS
    said = json.dumps(without, ensure_ascii=False)
    for cell in _cells(drawing):
        assert cell in said


def _cells(drawing: Drawing) -> list[str]:
    tables = [block for block in drawing["blocks"] if block["type"] == "data_table"]
    cells = [cell["text"] for table in tables for row in table["rows"][1:] for cell in row if "text" in cell]
    return [text for text in cells if text.strip("– ") and not set(text) & set('&<>"')]
