"""The Web API: one file per family of methods; here a call is struck, let in, counted, answered and remembered."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..faults import Strike
from ..model import Call, Json
from . import apps, chat, conversations, dnd, files, history, usergroups, users, views
from .call import Arguments, Method, Refused, need_scope

if TYPE_CHECKING:
    from ..workspace import Workspace

METHODS: dict[str, Method] = {
    **apps.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **dnd.METHODS,
    **files.METHODS,
    **history.METHODS,
    **usergroups.METHODS,
    **users.METHODS,
    **views.METHODS,
}


@dataclass(frozen=True)
class HttpAnswer:
    """A method's answer: the JSON body, and status and headers where they are not the usual ones.

    It is held back for `hold_s` seconds; with `close` the connection ends without it.
    """

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hold_s: float = 0.0
    close: bool = False


def answer(workspace: Workspace, method: str, given: Json, token: str) -> HttpAnswer:
    """Answer one call as Slack would; never raises for what an app can send."""
    known = METHODS.get(method)
    strike = _strike(workspace, method) if known else None
    if strike and strike.kind == "429":
        return _too_many(workspace, method, given, strike.seconds, strike.kind)
    if strike and strike.kind == "500":
        _remember(workspace, method, given, "internal_error", strike.kind)
        return HttpAnswer({"ok": False, "error": "internal_error"}, 500)
    found = _carried_out(workspace, method, known, given, token, strike.kind if strike else "")
    return _spoilt(found, strike) if strike else found


def _carried_out(
    workspace: Workspace, method: str, known: Method | None, given: Json, token: str, struck: str
) -> HttpAnswer:
    try:
        if known is None:
            raise Refused("unknown_method", defect=True)
        wait = _let_in(workspace, method, known, given, token)
        if wait:
            return _too_many(workspace, method, given, wait, struck)
        body = {"ok": True, **known.handler(workspace, Arguments(given))}
    except Refused as refusal:
        _remember(workspace, method, given, refusal.error, struck)
        if refusal.defect:
            workspace.complain(method, refusal.error, "; ".join(refusal.reasons) or str(refusal.more or ""))
        body = {"ok": False, "error": refusal.error, **refusal.more}
        if refusal.reasons:
            body["response_metadata"] = {"messages": refusal.reasons}
        return HttpAnswer(body)
    _remember(workspace, method, given, "", struck)
    return HttpAnswer(body)


def _strike(workspace: Workspace, method: str) -> Strike | None:
    with workspace.lock:
        ordered = bool(workspace.faults.strikes)
        strike = workspace.faults.meets(method)
    if strike and ordered:
        workspace.faults_changed()
    return strike


def _spoilt(found: HttpAnswer, strike: Strike) -> HttpAnswer:
    """The answer to a call that was carried out, and whose caller shall not learn of it."""
    if strike.kind == "accept_then_hang":
        return replace(found, hold_s=strike.seconds)
    return HttpAnswer({"ok": False, "error": "fatal_error"}, 500, close=strike.kind == "accept_then_close")


def _too_many(workspace: Workspace, method: str, given: Json, seconds: float, struck: str) -> HttpAnswer:
    _remember(workspace, method, given, "ratelimited", struck)
    wait = {"Retry-After": str(max(1, math.ceil(seconds)))}
    return HttpAnswer({"ok": False, "error": "ratelimited"}, 429, wait)


def _let_in(workspace: Workspace, method: str, known: Method, given: Json, token: str) -> int:
    """Check token and scopes; the seconds to wait if the method was called too often."""
    if not token:
        raise Refused("not_authed", defect=True)
    if token != (workspace.app_token if known.app_token else workspace.bot_token):
        wrong_kind = token in (workspace.app_token, workspace.bot_token)
        raise Refused("not_allowed_token_type" if wrong_kind else "invalid_auth", defect=wrong_kind)
    need_scope(workspace, *known.scopes)
    if not workspace.faults.rate_limits:
        return 0
    with workspace.lock:
        return workspace.limits.retry_after(method, _same(workspace, str(given.get("channel", ""))))


def _same(workspace: Workspace, channel: str) -> str:
    """One key for a channel, whether it was named by its id or its name."""
    try:
        return workspace.conversations.find(channel).id
    except LookupError:
        return channel


def _remember(workspace: Workspace, method: str, given: Json, error: str, struck: str) -> None:
    with workspace.changed:
        workspace.calls.append(Call(method, given, error, struck))
        workspace.changed.notify_all()
