"""Modals: three deep, hashes, field errors, triggers; and the Home tab."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local_slack import Seat, Server, Workspace

from .stage import Seconds, actions, bolt_app, button, connect_bolt, modal, plain, section, text_input, workspace


def opens(app: App, *blocks: dict[str, Any], **more: Any) -> None:
    """`/kpi` opens this form."""

    @app.command("/kpi")
    def kpi(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(*blocks, **more))


def error_of(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])


def test_a_form_is_filled_sent_and_closed(app: App, mina: Seat) -> None:
    sent: list[Any] = []
    opens(app, text_input("name", "Team name"), private_metadata="kept")
    app.view("form")(lambda ack, view: (sent.append(view), ack()))
    mina.types("/kpi", channel="#returns")
    assert mina.modal is not None
    assert (mina.modal.title, mina.modal.fields()) == ("A form", {"name": "Team name"})
    assert mina.submits(name="Returns").result == "closed"
    assert mina.modal is None
    assert sent[0]["state"]["values"]["name"]["text"]["value"] == "Returns"
    assert sent[0]["private_metadata"] == "kept"


def test_errors_stand_beside_their_fields_and_the_form_stays(app: App, mina: Seat) -> None:
    opens(app, text_input("name", "Team name"))
    app.view("form")(lambda ack: ack(response_action="errors", errors={"name": "taken"}))
    mina.types("/kpi", channel="#returns")
    submission = mina.submits(name="Returns")
    assert (submission.result, submission.errors) == ("errors", {"name": "taken"})
    assert mina.modal is not None


def test_errors_for_a_field_that_is_not_there_are_a_complaint(place: Workspace, app: App, mina: Seat) -> None:
    opens(app, text_input("name", "Team name"))
    app.view("form")(lambda ack: ack(response_action="errors", errors={"nome": "taken"}))
    mina.types("/kpi", channel="#returns")
    assert mina.submits(name="Returns").result == "timeout"
    assert place.complaints[0].error == "invalid_errors"


def test_an_empty_required_field_never_reaches_the_app(app: App, mina: Seat) -> None:
    sent: list[Any] = []
    opens(app, text_input("name", "Team name"), text_input("note", "Note", optional=True))
    app.view("form")(lambda ack, view: (sent.append(view), ack()))
    mina.types("/kpi", channel="#returns")
    assert mina.submits().errors == {"name": "Please complete this required field."}
    assert sent == []
    assert mina.submits(name="x").result == "closed"


def test_an_unacknowledged_form_says_so_and_stays(app: App, mina: Seat) -> None:
    opens(app, text_input("name", "Team name"))
    mina.types("/kpi", channel="#returns")
    assert mina.submits(name="Returns").result == "timeout"
    assert mina.modal is not None
    assert mina.modal.error == "We had some trouble connecting. Try again?"


@pytest.mark.parametrize(
    ("answer", "result", "titles"),
    [
        ({"response_action": "update", "view": modal(section("b"), title="Other")}, "updated", ["Other"]),
        ({"response_action": "push", "view": modal(section("b"), title="Other")}, "pushed", ["A form", "Other"]),
        ({"response_action": "clear"}, "cleared", []),
        ({"response_action": "update", "view": modal(title="x" * 25)}, "timeout", ["A form"]),
    ],
)
def test_a_submission_can_be_answered_with_another_view(
    app: App, mina: Seat, answer: dict[str, Any], result: str, titles: list[str]
) -> None:
    opens(app, section("a"))
    app.view("form")(lambda ack: ack(**answer))
    mina.types("/kpi", channel="#returns")
    assert mina.submits().result == result
    assert [one.title for one in mina.modals] == titles


def test_a_stack_is_three_deep(app: App, mina: Seat) -> None:
    codes: list[str] = []
    opens(app, actions(button("Deeper", "deeper")))

    @app.action("deeper")
    def deeper(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        try:
            client.views_push(trigger_id=body["trigger_id"], view=modal(actions(button("Deeper", "deeper"))))
        except SlackApiError as refused:
            codes.append(refused.response["error"])

    mina.types("/kpi", channel="#returns")
    for _ in range(3):
        assert mina.modal is not None
        mina.presses(mina.modal, "Deeper")
    assert (len(mina.modals), codes) == (3, ["push_limit_reached"])
    assert len({one.id for one in mina.modals}) == 3
    mina.closes()
    assert len(mina.modals) == 2


def test_closing_is_told_where_the_view_asked_for_it(app: App, mina: Seat) -> None:
    closed: list[Any] = []
    opens(app, section("a"), notify_on_close=True)
    app.view_closed("form")(lambda ack, body: (closed.append(body["is_cleared"]), ack()))
    mina.types("/kpi", channel="#returns")
    mina.closes()
    assert (mina.modal, closed) == (None, [False])


def test_an_update_needs_the_last_hash_and_keeps_what_was_filled_in(app: App, client: WebClient, mina: Seat) -> None:
    opens(app, text_input("name", "Team name"), external_id="form-1")
    mina.types("/kpi", channel="#returns")
    assert mina.modal is not None
    mina.fills(name="Returns")
    first = mina.modal.hash
    changed = modal(text_input("name", "Team name"), section("more"), title="Changed", external_id="form-1")
    client.views_update(view_id=mina.modal.id, hash=first, view=changed)
    assert mina.modal.title == "Changed"
    assert mina.modal.state["name"]["text"]["value"] == "Returns"
    assert error_of(client.views_update, view_id=mina.modal.id, hash=first, view=changed) == "hash_conflict"
    assert client.views_update(external_id="form-1", view=changed)["ok"]
    assert error_of(client.views_update, view_id="V404", view=changed) == "not_found"


def test_a_trigger_is_good_once_and_for_three_seconds() -> None:
    seconds = Seconds()
    place = workspace(monotonic=seconds)
    with Server(place) as server:
        client = WebClient(token=place.bot_token, base_url=server.api_url, retry_handlers=[])
        user = place.person("Mina").id
        used, late = place.triggers.make(user), place.triggers.make(user)
        client.views_open(trigger_id=used, view=modal())
        assert error_of(client.views_open, trigger_id=used, view=modal()) == "exchanged_trigger_id"
        assert error_of(client.views_open, trigger_id="made.up", view=modal()) == "invalid_trigger_id"
        seconds.at += 3.1
        assert error_of(client.views_open, trigger_id=late, view=modal()) == "expired_trigger_id"


def test_an_input_with_dispatch_action_tells_the_app_what_else_is_filled_in(app: App, mina: Seat) -> None:
    heard: list[Any] = []
    when = {
        "type": "input",
        "block_id": "when",
        "label": plain("When"),
        "dispatch_action": True,
        "element": {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-01"},
    }
    opens(app, text_input("name", "Team name"), when)
    app.action("day")(lambda ack, body: (heard.append(body), ack()))
    mina.types("/kpi", channel="#returns")
    mina.fills(name="Returns", when="2026-11-23")
    assert [one["actions"][0]["selected_date"] for one in heard] == ["2026-11-23"]
    assert heard[0]["view"]["state"]["values"]["name"]["text"]["value"] == "Returns"


def test_choices_are_made_by_name(place: Workspace, app: App, mina: Seat) -> None:
    sent: list[Any] = []
    option = {"text": plain("Dutch"), "value": "nl"}

    def field(block_id: str, kind: str, **more: Any) -> dict[str, Any]:
        element = {"type": kind, "action_id": "x", **more}
        return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element}

    opens(
        app,
        field("who", "users_select"),
        field("where", "conversations_select"),
        field("language", "radio_buttons", options=[option]),
        field("several", "checkboxes", options=[option]),
        field("how_many", "number_input", is_decimal_allowed=False, min_value="1", max_value="5"),
    )
    app.view("form")(lambda ack, view: (sent.append(view["state"]["values"]), ack()))
    mina.types("/kpi", channel="#returns")
    choices = {"who": "Teo", "where": "#returns", "language": "Dutch", "several": ["nl"]}
    assert set(mina.submits(**choices, how_many="9").errors) == {"how_many"}
    assert mina.submits(how_many="3").result == "closed"
    values = {block: next(iter(inner.values())) for block, inner in sent[0].items()}
    assert values["who"]["selected_user"] == place.person("Teo").id
    assert values["where"]["selected_conversation"] == place.channel("#returns").id
    assert values["language"]["selected_option"] == option
    assert values["several"]["selected_options"] == [option]


def test_an_external_menu_asks_the_app(app: App, mina: Seat) -> None:
    menu = {"type": "external_select", "action_id": "team", "min_query_length": 1}
    opens(app, {"type": "input", "block_id": "t", "label": plain("Team"), "element": menu})
    app.options("team")(lambda ack, payload: ack(options=[{"text": plain(f"{payload['value']}turns"), "value": "1"}]))
    mina.types("/kpi", channel="#returns")
    assert mina.modal is not None
    assert [one["text"]["text"] for one in mina.options(mina.modal, "team", "re")] == ["returns"]


def test_home_is_published_for_who_opens_it(app: App, mina: Seat, place: Workspace) -> None:
    @app.event("app_home_opened")
    def home(client: WebClient, event: dict[str, Any]) -> None:
        client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [section("your week"), actions(button("Go", "go"))]}
        )

    app.action("go")(lambda ack: ack())
    shown = mina.opens_home()
    assert shown is not None
    assert "your week" in shown.says()
    assert mina.presses(shown, "Go") == "ok"
    assert place.person("Teo").home is None


def test_shortcuts_open_what_they_are_for(app: App, client: WebClient, mina: Seat) -> None:
    heard: list[Any] = []
    app.shortcut("ask")(lambda ack, shortcut: (heard.append(shortcut["type"]), ack()))
    app.shortcut("take")(lambda ack, shortcut: (heard.append(shortcut["message"]["text"]), ack()))
    client.chat_postMessage(channel="#returns", text="look")
    assert mina.uses_shortcut("ask") == "ok"
    assert mina.uses_shortcut("take", mina.latest("#returns")) == "ok"
    assert heard == ["shortcut", "look"]
    with pytest.raises(AssertionError, match="no global shortcut"):
        mina.uses_shortcut("other")


def test_views_open_on_top_of_the_modal_whose_trigger_it_was(place: Workspace, server: Server, mina: Seat) -> None:
    app = bolt_app(place, server)
    connect_bolt(place, app)
    opens(app, actions(button("Second", "second")))

    @app.action("second")
    def second(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(title="Second"))

    mina.types("/kpi", channel="#returns")
    assert mina.modal is not None
    mina.presses(mina.modal, "Second")
    assert [one.title for one in mina.modals] == ["A form", "Second"]


def test_a_file_goes_with_a_form(app: App, mina: Seat) -> None:
    sent: list[Any] = []
    field = {"type": "file_input", "action_id": "x", "filetypes": ["csv"]}
    opens(app, {"type": "input", "block_id": "rows", "label": plain("Rows"), "element": field})
    app.view("form")(lambda ack, view: (sent.append(view["state"]["values"]["rows"]["x"]["files"]), ack()))
    mina.types("/kpi", channel="#returns")
    assert mina.submits(rows=mina.picks("a.csv", b"id\n")).result == "closed"
    assert [(one["name"], one["mimetype"]) for one in sent[0]] == [("a.csv", "text/csv")]
