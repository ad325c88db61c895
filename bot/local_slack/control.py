"""The people's side over HTTP: every verb of a `Seat` as JSON, for the page and for programs of others.

`as` is a person's id or name. Every success has `"ok": true`; every error is
`{"ok": false, "error": "<code>", "message": "<one sentence>"}` with a status of 400 or more.

    GET  /_control/state?as=U              workspace, me, people, groups, channels, apps, commands, shortcuts,
                                           clock, levers, faults, http, script
    GET  /_control/messages?as=U&channel=C [&thread_ts=…] [&limit=200] [&fresh=1]
                                           as this person sees them, oldest first; fresh=1 is a reload:
                                           ephemeral messages are gone
    POST /_control/type      as, channel, text [, thread_ts]    {"message"} or {"command", "result": ok|timeout|unknown}
    POST /_control/press     as, channel + ts or view_id, action_id [, block_id] and what is chosen: value,
                             selected_option, selected_options, selected_user(s), selected_channel(s),
                             selected_conversation(s), selected_date, selected_time, selected_date_time;
                             and `values` as in submit: what is filled in by now
    POST /_control/options   as, channel + ts or view_id, action_id [, block_id], query     {"options", "option_groups"}
    POST /_control/submit    as, view_id, values {block_id: {action_id: {…}}}    {"result", "errors", "views"}
                             result: closed, updated, pushed, cleared, errors, timeout
    POST /_control/close     as, view_id                          one level back
    GET  /_control/views?as=U                                     {"stack", "home"}
    POST /_control/home      as                                   opens the app's Home tab: {"home"}
    POST /_control/shortcut  as, callback_id [, channel, ts]      a global one, or one on that message: {"result"}
    POST /_control/upload    multipart: as, channel, file [, alt_txt] [, thread_ts]     {"message"}; without a channel
                             {"file"}, whose id goes into a file_input's `files` in submit
    POST /_control/join, leave   as, channel      POST /_control/invite, kick   as, channel, user ("app" is the app)
    POST /_control/archive   as, channel          POST /_control/read           as, channel [, ts]
    POST /_control/dm        as [, user]                          {"channel"}: with a person, or with the app
    POST /_control/clock     advance_s | to | next_morning [, as] {"clock"}
    POST /_control/lever     id                                   {"markdown"}
    GET, POST /_control/faults   {"faults"}; only calls of the Web API and payloads are struck, never /_control
                             refuse_new_blocks, deliver_twice, rate_limits: true or false
                             strikes: all that are to come, [{kind, times, method, seconds}]; each hits the next `times`
                             calls (of `method`, or of any). kind: 429 and 500, before a call is carried out;
                             accept_then_500, accept_then_hang (the answer is held back for `seconds`) and
                             accept_then_close (no answer at all), after it; drop_socket, as a payload goes out
                             chances: {kind: 0…1}, what strikes at random, with `seed`, a whole number
    POST /_control/drop_sockets  [refuse_s]: every socket breaks, none is let in for so long     {"dropped"}
    GET, POST /_control/http     url: payloads go there too, signed, once the challenge was answered; "" ends it
                                 {"http": {"url", "signing_secret"}}
    POST /_control/person    as [, locale] [, tz] [, deactivated] [, dnd_until: ISO instant, or "" for none]  {"person"}
    GET  /_control/complaints                                     what the app did that Slack would never take
    WS   /_control/live?as=U   pushes {"kind", …}; kind: message, changed, deleted, ephemeral, channels, view, home,
                               clock, toast, people, faults
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import clock, doing, looking
from .asked import Refusal, need, seat_of
from .model import Json
from .seat import Seat

if TYPE_CHECKING:
    from .workspace import Workspace

Verb = Callable[["Workspace", Json], Json]


def _member(verb: Callable[[Seat, Json], None]) -> Verb:
    def run(workspace: Workspace, body: Json) -> Json:
        need(body, "channel")
        verb(seat_of(workspace, body), body)
        return {}

    return run


READS: dict[str, Verb] = {
    "state": looking.state,
    "messages": looking.messages,
    "views": looking.views,
    "faults": lambda workspace, _: doing.faults(workspace, {}),
    "complaints": looking.complaints,
    "http": looking.http,
}
VERBS: dict[str, Verb] = {
    "type": doing.typed,
    "press": doing.press,
    "options": doing.options,
    "submit": doing.submit,
    "close": doing.close,
    "home": doing.home,
    "shortcut": doing.shortcut,
    "upload": doing.upload,
    "join": _member(lambda seat, body: seat.joins(body["channel"])),
    "leave": _member(lambda seat, body: seat.leaves(body["channel"])),
    "invite": _member(lambda seat, body: seat.invites(need(body, "user"), body["channel"])),
    "kick": _member(lambda seat, body: seat.kicks(need(body, "user"), body["channel"])),
    "archive": _member(lambda seat, body: seat.archives(body["channel"])),
    "read": doing.read,
    "dm": doing.direct,
    "clock": lambda workspace, body: {"clock": clock.turn(workspace, body)},
    "lever": doing.lever,
    "faults": doing.faults,
    "drop_sockets": doing.drop_sockets,
    "http": doing.http,
    "person": doing.person,
}


def control(workspace: Workspace, name: str, body: Json, write: bool) -> tuple[int, Json]:
    """Run one verb: (status, JSON)."""
    verb = (VERBS if write else READS).get(name)
    if verb is None:
        return 404, {"ok": False, "error": "unknown_verb", "message": f"There is no /_control/{name} of this kind."}
    try:
        return 200, {"ok": True, **verb(workspace, body)}
    except Refusal as refusal:
        return refusal.status, {"ok": False, "error": refusal.code, "message": refusal.sentence}
    except LookupError as missing:
        return 404, {"ok": False, "error": "not_found", "message": _sentence(missing)}
    except (AssertionError, AttributeError, ValueError, TypeError) as wrong:
        return 400, {"ok": False, "error": "not_possible", "message": _sentence(wrong)}


def _sentence(error: BaseException) -> Any:
    text = str(error.args[0] if error.args else error).rstrip(".") or type(error).__name__
    return f"{text[:1].upper()}{text[1:]}."
