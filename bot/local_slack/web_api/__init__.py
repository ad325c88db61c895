"""The Web API: one file per family of methods; here a call is let in, counted, answered and remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..model import Call, Json
from . import apps, chat, conversations, files, history, users, views
from .call import Arguments, Method, Refused, need_scope

if TYPE_CHECKING:
    from ..workspace import Workspace

METHODS: dict[str, Method] = {
    **apps.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **history.METHODS,
    **users.METHODS,
    **views.METHODS,
}


@dataclass(frozen=True)
class HttpAnswer:
    """A method's answer: the JSON body, and status and headers where they are not the usual ones."""

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def answer(workspace: Workspace, method: str, given: Json, token: str) -> HttpAnswer:
    """Answer one call as Slack would; never raises for what an app can send."""
    known = METHODS.get(method)
    try:
        if known is None:
            raise Refused("unknown_method", defect=True)
        wait = _let_in(workspace, method, known, given, token)
        if wait:
            _remember(workspace, method, given, "ratelimited")
            return HttpAnswer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)})
        body = {"ok": True, **known.handler(workspace, Arguments(given))}
    except Refused as refusal:
        _remember(workspace, method, given, refusal.error)
        if refusal.defect:
            workspace.complain(method, refusal.error, "; ".join(refusal.reasons) or str(refusal.more or ""))
        body = {"ok": False, "error": refusal.error, **refusal.more}
        if refusal.reasons:
            body["response_metadata"] = {"messages": refusal.reasons}
        return HttpAnswer(body)
    _remember(workspace, method, given, "")
    return HttpAnswer(body)


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


def _remember(workspace: Workspace, method: str, given: Json, error: str) -> None:
    with workspace.changed:
        workspace.calls.append(Call(method, given, error))
        workspace.changed.notify_all()
