"""The addresses under /hooks: who sends is made sure of, the body is bounded, and every answer is JSON."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from cspm_core import hooks
from cspm_core.hooks import HookKey

from .. import at_once
from ..detectors import jobs as detectors
from ..runtime import Runtime
from . import escalations, events, reading
from .answers import Answer, Refusing
from .keys import NotLetIn, shown
from .limits import Buckets
from .soon import Soon
from .taking import Hook, take

log = structlog.get_logger(__name__)
HOOKS = (escalations.HOOK, events.HOOK)
A_MINUTE_PER_KEY, FAILURES_A_MINUTE = 120, 30
GONE = (OperationalError, InterfaceError, NoConnection, ConnectionError)
At = Callable[[], Runtime]


def routes(at: At, soon: Callable[[], None] | None = None) -> Sequence[BaseRoute]:
    """POST /hooks/escalations and /hooks/events. `at`: the runtime when a request comes; `soon`: what follows a
    request that was taken: telling people, if left away."""
    desk = Desk(at, soon or Soon(lambda: _tell(at())))
    pages = Starlette(
        routes=[Route(f"/{hook.name}", desk.page(hook), methods=["POST"]) for hook in HOOKS],
        exception_handlers={HTTPException: _no_page},
    )
    pages.router.redirect_slashes = False
    return [Mount("/hooks", app=pages)]


def _tell(runtime: Runtime) -> None:
    """Events may have made a ticket late, and an escalation wants somebody: both are seen to now."""
    detectors.watch(runtime)
    at_once.carry_on(runtime)


class Desk:
    """Where requests come in, with what it has counted of each sender."""

    def __init__(self, at: At, soon: Callable[[], None]) -> None:
        self._at, self._soon = at, soon
        self._taken, self._failed = Buckets(A_MINUTE_PER_KEY), Buckets(FAILURES_A_MINUTE)

    def page(self, hook: Hook) -> Callable[[Request], object]:
        """What answers at a hook's address."""

        async def answer(request: Request) -> Response:
            try:
                return await self._answer(request, hook)
            except Refusing as refusing:
                await reading.drain(request)
                return self._refused(refusing, request).answer()
            except ClientDisconnect:
                return Answer({"ok": False, "error": "gone"}, 400)
            except Exception as error:
                return _accident(error, hook)

        return answer

    async def _answer(self, request: Request, hook: Hook) -> Response:
        runtime = self._at()
        root = runtime.settings.hooks_secret
        if not root:
            message = "This bot takes nothing from other systems yet: its operator has to set HOOKS_SECRET."
            raise Refusing(503, "not_set_up", message)
        reading.check(request.headers, hook.most_bytes)
        given = shown(request.headers, runtime.real_now())
        keys = await run_in_threadpool(_keys, runtime, given.name)
        if not given.is_signed or not keys:
            given.of(keys, root)
        body = await reading.body(request, hook.most_bytes)
        key = given.of(keys, root, body)
        if wait := self._taken.take((key.workspace_id, key.id)):
            raise _too_many(wait, f"At most {A_MINUTE_PER_KEY} requests a minute are taken from one key.")
        told = await run_in_threadpool(take, runtime, hook, key, body)
        log.info("hook taken", hook=hook.name, key=key.name)
        self._soon()
        return told

    def _refused(self, refusing: Refusing, request: Request) -> Refusing:
        """Strangers are told less and less."""
        if isinstance(refusing, NotLetIn):
            address = request.client.host if request.client else ""
            if wait := self._failed.take(address):
                return _too_many(wait, "Too many requests from this address had no valid key.")
        return refusing


def _keys(runtime: Runtime, name: str) -> Sequence[HookKey]:
    with runtime.store.reading() as session:
        return hooks.keys_called(session, name)


def _too_many(wait: int, message: str) -> Refusing:
    return Refusing(429, "too_many_requests", message, headers={"Retry-After": str(wait)}, retry_after_s=wait)


def _accident(error: Exception, hook: Hook) -> Answer:
    """The database is gone for a while, or a defect of ours: its reference stands in the log."""
    if isinstance(error, GONE) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        log.warning("hook not taken: no database", hook=hook.name, error=type(error).__name__)
        message = "The database does not answer. Nothing was taken; send the same again in a moment."
        told = {"ok": False, "error": "database_gone", "message": message, "retry_after_s": 5}
        return Answer(told, 503, {"Retry-After": "5"})
    reference = secrets.token_hex(3)
    log.error("hook failed", hook=hook.name, reference=reference, error=type(error).__name__, exc_info=error)
    message = f"Something went wrong here. Nothing was taken. The log has more under {reference}."
    return Answer({"ok": False, "error": "accident", "message": message, "reference": reference}, 500)


async def _no_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    await reading.drain(request)
    if error.status_code == 405:
        told = Refusing(405, "wrong_method", "Send a POST.", headers=error.headers)
    else:
        known = " and ".join(f"/hooks/{hook.name}" for hook in HOOKS)
        told = Refusing(404, "no_such_hook", f"Nothing is taken here. There are {known}.")
    return told.answer()
