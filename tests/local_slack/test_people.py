"""People who leave, want no notifications, or are called together as a group."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local_slack import Group, Seat, Server, Workspace

from .stage import MANIFEST, section, workspace
from .test_control import Program


def refused(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as wrong:
        call(**arguments)
    return str(wrong.value.response["error"])


def test_nothing_reaches_a_deactivated_person_until_they_are_back(
    place: Workspace, server: Server, client: WebClient
) -> None:
    teo, program = place.person("Teo"), Program(server)
    dm = client.conversations_open(users=teo.id)["channel"]["id"]
    assert program.post("person", **{"as": "Teo"}, deactivated=True)["person"]["deactivated"] is True
    assert client.users_info(user=teo.id)["user"]["deleted"] is True
    assert [one["id"] for one in client.users_list()["members"] if one["deleted"]] == [teo.id]
    assert refused(client.conversations_open, users=teo.id) == "user_disabled"
    for channel in (teo.id, dm):
        assert refused(client.chat_postMessage, channel=channel, text="hi") == "user_disabled"
    assert refused(client.chat_postEphemeral, channel="#returns", user=teo.id, text="hi") == "user_not_in_channel"
    assert teo.id not in client.conversations_members(channel=place.channel("#returns").id)["members"]
    with pytest.raises(AssertionError, match="cannot write"):
        teo.types("still here?", channel="#returns")
    teo.is_deactivated(False)
    assert client.chat_postMessage(channel=dm, text="welcome back")["ok"]
    assert client.users_info(user=teo.id)["user"]["deleted"] is False
    assert place.complaints == []


def test_the_app_hears_that_somebody_left(place: Workspace, app: App) -> None:
    heard: list[bool] = []
    app.event("user_change")(lambda event: heard.append(event["user"]["deleted"]))
    place.person("Teo").is_deactivated()
    place.person("Teo").is_deactivated(False)
    assert heard == [True, False]


def test_a_channel_out_of_reach_says_why(place: Workspace, client: WebClient, mina: Seat) -> None:
    channel = place.channel("#returns").id
    mina.kicks("app", "#returns")
    assert refused(client.chat_postMessage, channel=channel, text="x") == "not_in_channel"
    mina.invites("app", "#returns")
    ts = client.chat_postMessage(channel=channel, text="x")["ts"]
    mina.archives("#returns")
    assert refused(client.chat_postMessage, channel=channel, text="x") == "is_archived"
    assert refused(client.chat_update, channel=channel, ts=ts, text="y") == "is_archived"


QUIET = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def test_who_wants_no_notifications_is_known_until_it_is_over(
    place: Workspace, client: WebClient, server: Server, mina: Seat
) -> None:
    now = int(place.now().timestamp())

    def dnd() -> dict[str, Any]:
        answer = client.dnd_info(user=mina.id)
        return {name: answer[name] for name in QUIET} | {"more": len(answer.data) - 1 - len(QUIET)}

    assert dnd() == {**QUIET, "more": 0}
    mina.does_not_disturb(minutes=30)
    pause = {"dnd_enabled": True, "next_dnd_start_ts": now, "next_dnd_end_ts": now + 1800}
    assert dnd() == {**pause, "more": 0}  # snooze_* are for oneself
    teo = place.person("Teo").id
    assert client.dnd_teamInfo(users=[mina.id, teo, "U404"])["users"] == {mina.id: pause, teo: QUIET}
    place.turn(place.now() + timedelta(minutes=30))
    assert dnd() == {**QUIET, "more": 0}
    program, until = Program(server), "2026-11-23T18:00:00+01:00"
    assert program.post("person", **{"as": "Mina"}, dnd_until=until)["person"]["dnd_until"] == until
    assert dnd()["next_dnd_end_ts"] == 1795453200
    assert program.post("person", **{"as": "Mina"}, dnd_until="")["person"]["dnd_until"] == ""
    assert dnd() == {**QUIET, "more": 0}
    assert program.post("person", **{"as": "Mina"}, dnd_until="2026-11-23T18:00:00")["status"] == 400
    assert client.dnd_info()["snooze_enabled"] is False
    assert refused(client.dnd_info, user="U404") == "user_not_found"


def test_the_app_hears_of_a_pause() -> None:
    settings = {"event_subscriptions": {"bot_events": ["dnd_updated_user"]}}
    place = workspace(manifest={**MANIFEST, "settings": settings})
    heard: list[dict[str, Any]] = []
    place.connect(lambda body, _: (heard.append(body["event"]) or 200, None))
    place.person("Mina").does_not_disturb(until=place.now() + timedelta(hours=1))
    place.person("Mina").may_be_disturbed()
    assert [(one["user"], one["dnd_status"]["dnd_enabled"]) for one in heard] == [
        (place.person("Mina").id, True),
        (place.person("Mina").id, False),
    ]


@pytest.fixture
def grouped(server: Server) -> Workspace:
    place = workspace(groups=[Group("leads", "Team leads", ["Mina", "Teo"]), Group("nobody")])
    server.shows(place)
    return place


def test_groups_are_listed_with_who_works_here(grouped: Workspace, server: Server) -> None:
    client = WebClient(token=grouped.bot_token, base_url=server.api_url, retry_handlers=[])
    mina, teo = grouped.person("Mina").id, grouped.person("Teo").id
    leads = client.usergroups_list(include_users=True, include_count=True)["usergroups"][0]
    assert (leads["handle"], leads["name"], leads["users"], leads["user_count"]) == (
        "leads",
        "Team leads",
        [mina, teo],
        2,
    )
    assert "users" not in client.usergroups_list()["usergroups"][0]
    grouped.person("Teo").is_deactivated()
    assert client.usergroups_users_list(usergroup=leads["id"])["users"] == [mina]
    assert refused(client.usergroups_users_list, usergroup="S404") == "no_such_subteam"
    assert Program(server).get("state?as=Mina")["groups"][0] == {
        "id": leads["id"],
        "handle": "leads",
        "name": "Team leads",
        "members": [mina, teo],
    }


def test_a_group_is_called_by_its_handle(grouped: Workspace) -> None:
    leads, mina = grouped.groups.find("@leads").id, grouped.person("Mina")
    typed = mina.types("@leads please look, @Teo", channel="#returns")
    assert not isinstance(typed, str)
    assert typed.text == f"<!subteam^{leads}> please look, <@{grouped.person('Teo').id}>"
    assert typed.says() == "@leads please look, @Teo"
    rich = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "usergroup", "usergroup_id": leads}]}],
    }
    blocks = [section(f"<!subteam^{leads}>: take it"), rich]
    grouped.call("chat.postMessage", {"channel": "#returns", "text": "x", "blocks": blocks})
    assert mina.latest("#returns").says() == "@leads: take it\n@leads"


def test_a_command_that_escapes_names_the_group(grouped: Workspace) -> None:
    heard: list[str] = []
    grouped.connect(lambda body, _: (heard.append(body["text"]) or 200, None))
    grouped.person("Mina").types("/kpi @leads", channel="#returns")
    assert heard == [f"<!subteam^{grouped.groups.find('leads').id}|@leads>"]


def test_a_channel_that_was_renamed_remembers_its_name(place: Workspace, client: WebClient) -> None:
    channel = place.channel("#returns").id
    place.person("Mina").renames("#returns", "#refunds")
    told = client.conversations_info(channel=channel)["channel"]
    assert (told["name"], told["previous_names"]) == ("refunds", ["returns"])
