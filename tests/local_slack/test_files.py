"""Files that people drop: told to the app as Slack tells them, and given to nobody without its token."""

from __future__ import annotations

import urllib.request
from urllib.parse import unquote

import pytest
from slack_sdk import WebClient

from bot.local_slack import Seat, Server, Workspace

from .stage import MANIFEST


@pytest.fixture
def mina(place: Workspace) -> Seat:
    return place.person("Mina")


def fetched(url: str, token: str = "") -> tuple[str, bytes]:
    """Content type and bytes."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return answer.headers["Content-Type"], answer.read()


def test_a_dropped_file_is_fetched_with_the_apps_token_only(server: Server, place: Workspace, mina: Seat):
    assert "files:read" in MANIFEST["oauth_config"]["scopes"]["bot"]
    client = WebClient(token=place.bot_token, base_url=server.api_url)
    dropped = mina.drops({"상담 내역.csv": b"id\n1\n"}, "for you")
    assert dropped.raw.subtype == "file_share"
    about = client.files_info(file=dropped.files[0].id)["file"]
    url = about["url_private_download"]
    assert unquote(url).endswith("상담 내역.csv")
    assert url.isascii()
    kind, data = fetched(url, place.bot_token)
    assert (kind.split(";")[0], data) == ("text/csv", b"id\n1\n")
    for token in ("", "xoxb-somebody-else"):
        kind, data = fetched(url, token)
        assert kind.startswith("text/html")
        assert b"id\n1" not in data


def test_several_files_come_in_one_message_with_its_text(mina: Seat):
    dropped = mina.drops({"a.csv": b"1", "b.csv": b"2"}, "both")
    assert dropped.text == "both"
    assert [one.name for one in dropped.files] == ["a.csv", "b.csv"]
