"""Everything the bot posts, opens, updates and uploads is taken by a Slack Web API that others wrote.

emulate looks at envelopes (JSON, encodings, tokens, scopes, triggers, uploads, who may change what), not into blocks:
it says that Slack's libraries and ours agree on how things are sent. How blocks must be built is tested elsewhere.
"""

from __future__ import annotations

import json
import urllib.request
from functools import cache
from typing import Any

import pytest

from bot import charts
from bot.blocks import Drawing
from bot.gallery.examples import EXAMPLES
from bot.plain import describe, is_new, plain
from bot.words import LANGUAGES, Words

from .emulate import CHANNEL, LEAD, TOKEN, Line

pytestmark = pytest.mark.emulate

KINDS = {name: draw(Words("en")).get("type", "message") for name, draw in EXAMPLES.items()}
MESSAGES, MODALS, HOMES = ([n for n, kind in KINDS.items() if kind == k] for k in ("message", "modal", "home"))
WITH_NEW_BLOCKS = [name for name, draw in EXAMPLES.items() if is_new(draw(Words("en")))]


def drawn(name: str) -> list[Drawing]:
    """An example in every language."""
    return [EXAMPLES[name](Words(language)) for language in LANGUAGES]


def sent(drawing: Drawing) -> Drawing:
    """A drawing as JSON carries it."""
    told: Drawing = json.loads(json.dumps(drawing))
    return told


def newest(line: Line, channel: str) -> dict[str, Any]:
    told = line.conversations_history(channel=channel, limit=1)
    [message] = told["messages"]
    return dict(message)


def says(message: dict[str, Any], drawing: Drawing) -> bool:
    return (message["text"], message.get("blocks")) == (drawing["text"], sent(drawing).get("blocks"))


@cache
def png(block: str) -> bytes:
    """Pictures take their time, and examples share them."""
    return charts.picture(json.loads(block))


def upload(line: Line, block: Drawing, t: Words) -> str:
    """The picture of a chart, uploaded; its id."""
    told = line.files_upload_v2(
        content=png(json.dumps(block)), filename="chart.png", title=block["title"], alt_txt=describe(block, t)[:1000]
    )
    file: str = told["files"][0]["id"]
    return file


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_posted_and_updated_in_every_language(line: Line, name: str):
    first, *others = drawn(name)
    ts = line.chat_postMessage(channel=CHANNEL, unfurl_links=False, unfurl_media=False, **first)["ts"]
    assert says(newest(line, CHANNEL), first)
    for other in others:
        assert says(line.chat_update(channel=CHANNEL, ts=ts, **other)["message"], other)
    message = newest(line, CHANNEL)
    assert message["ts"] == ts
    assert message["edited"]
    assert says(message, others[-1])


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_shown_to_one_person_and_in_a_thread(line: Line, name: str):
    metadata = {"event_type": "cspm_notice", "event_payload": {"notice": "1"}}
    parent = line.chat_postMessage(channel=CHANNEL, text="-", metadata=metadata)["ts"]
    for drawing in drawn(name):
        assert line.chat_postEphemeral(channel=CHANNEL, user=LEAD, **drawing)["message_ts"]
        line.chat_postMessage(channel=CHANNEL, thread_ts=parent, **drawing)
    above, *replies = line.conversations_replies(channel=CHANNEL, ts=parent)["messages"]
    assert above["metadata"] == metadata
    assert above["reply_count"] == len(replies) == len(LANGUAGES)
    assert all(map(says, replies, drawn(name)))
    assert newest(line, CHANNEL)["ts"] == parent


@pytest.mark.parametrize("name", [name for name in WITH_NEW_BLOCKS if name in MESSAGES])
def test_the_plain_form_is_posted_with_its_pictures_uploaded(line: Line, name: str):
    for language in LANGUAGES:
        t = Words(language)
        drawing = plain(EXAMPLES[name](t), t, lambda block, t=t: upload(line, block, t))
        line.chat_postMessage(channel=CHANNEL, **drawing)
        assert says(newest(line, CHANNEL), drawing)
        for image in (block for block in drawing["blocks"] if block["type"] == "image"):
            assert line.files_info(file=image["slack_file"]["id"])["file"]["mimetype"] == "image/png"


def test_a_picture_comes_back_whole(line: Line):
    t = Words("ko")
    [block] = [block for block in EXAMPLES["kpi.trend"](t)["blocks"] if block["type"] == "data_visualization"]
    file = line.files_info(file=upload(line, block, t))["file"]
    asked = urllib.request.Request(file["url_private"], headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        assert answer.read() == png(json.dumps(block))
    assert (file["title"], file["name"]) == (block["title"], "chart.png")


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_is_opened_and_updated_in_every_language(line: Line, name: str):
    first, *others = drawn(name)
    view = line.views_open(trigger_id=line.trigger(), view=first)["view"]
    for drawing in (first, *others):
        view = line.views_update(view_id=view["id"], hash=view["hash"], view=drawing)["view"]
        assert sent(drawing).items() <= view.items()


@pytest.mark.parametrize("name", HOMES)
def test_home_is_published_in_every_language_and_in_plain(line: Line, name: str):
    for language in LANGUAGES:
        t = Words(language)
        drawing = EXAMPLES[name](t)
        for form in (drawing, plain(drawing, t, lambda block, t=t: upload(line, block, t))):
            assert line.views_publish(user_id=LEAD, view=form)["view"]["blocks"] == sent(form)["blocks"]


def test_there_is_something_of_every_kind():
    assert {*MESSAGES, *MODALS, *HOMES} == set(EXAMPLES)
    assert all((MESSAGES, MODALS, HOMES, WITH_NEW_BLOCKS))
