"""How every listener answers: promptly, in the reader's words, and never with silence."""

from __future__ import annotations

import functools
import secrets
import threading
from collections.abc import Callable
from dataclasses import replace

import structlog
from slack_bolt import Args

from cspm_core import errors

from . import acquaintance
from .asking import Ask
from .refusals import sentence
from .runtime import Runtime
from .words import Words

log = structlog.get_logger(__name__)


def listener(handle: Callable[[Ask], None]) -> Callable[[Args], None]:
    """Acknowledge first; turn refusals into sentences and accidents into a reference that stands in the log too."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        args.ack()
        runtime: Runtime = args.context["runtime"]
        if runtime.repeats.is_repeat(args.body):
            return
        ask = _stranger(args)
        impatient = threading.Timer(runtime.patience_s, lambda: _under_way(ask))
        impatient.daemon = True
        impatient.start()
        try:
            ask = _ask(args)
            handle(ask)
        except errors.Refusal as refusal:
            ask.answer({"text": sentence(refusal, ask.t)})
        except Exception as error:
            ask.answer({"text": _accident(handle.__qualname__, error, ask.t)})
        finally:
            impatient.cancel()

    del listen.__wrapped__
    return listen


def form(handle: Callable[[Ask], dict[str, str] | None]) -> Callable[[Args], None]:
    """For a submitted modal: commit, then close it; or return what to mend, by block id, to show beside the fields."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        ask = _stranger(args)
        first_field = next(iter(args.view["state"]["values"]), "") if args.view else ""
        try:
            ask = _ask(args)
            wrong = handle(ask)
        except errors.Refusal as refusal:
            wrong = {getattr(refusal, "field", first_field) or first_field: sentence(refusal, ask.t)}
        except Exception as error:
            wrong = {first_field: _accident(handle.__qualname__, error, ask.t)}
        if wrong:
            args.ack(response_action="errors", errors=wrong)
        else:
            args.ack()

    del listen.__wrapped__
    return listen


def event(handle: Callable[[Ask], None]) -> Callable[[Args], None]:
    """For what Slack tells unasked: nobody waits for an answer, so an accident only stands in the log."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        runtime: Runtime = args.context["runtime"]
        if runtime.repeats.is_repeat(args.body):
            return
        try:
            handle(_ask(args))
        except errors.Refusal as refusal:
            log.info("event declined", name=handle.__qualname__, refusal=type(refusal).__name__)
        except Exception as error:
            _accident(handle.__qualname__, error, Words("en"))

    del listen.__wrapped__
    return listen


def _under_way(ask: Ask) -> None:
    ask.answer({"text": ask.t("Still counting. The answer follows here.")})


def _accident(name: str, error: Exception, t: Words) -> str:
    reference = secrets.token_hex(3)
    log.error("listener failed", name=name, reference=reference, error=type(error).__name__, exc_info=error)
    return t("Something broke on our side. Try again; if it stays, tell your admin the reference {ref}.", ref=reference)


def _stranger(args: Args) -> Ask:
    """Somebody of whom nothing is known yet; enough to tell them of an accident."""
    runtime: Runtime = args.context["runtime"]
    return Ask(runtime, args, 0, str(args.context.user_id or ""), Words("en"), runtime.now())


def _ask(args: Args) -> Ask:
    """The same, once we know the workspace and the language."""
    ask = _stranger(args)
    team = str(args.context.team_id or "")
    workspace_id, language = acquaintance.of(ask.runtime, team, ask.user, now=ask.now)
    return replace(ask, workspace_id=workspace_id, t=Words(language))
