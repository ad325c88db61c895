"""How every listener answers: promptly, in the reader's words, and never with silence.

What counts is done by `threads.Threads.working`, so that an acknowledgement or a modal never waits behind it.
"""

from __future__ import annotations

import functools
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import structlog
from slack_bolt import Args

from cspm_core import errors, people

from . import acquaintance
from .asking import Ask
from .blocks import Drawing
from .refusals import mrkdwn, sentence
from .runtime import Runtime
from .slash import prefix_of
from .words import Words

log = structlog.get_logger(__name__)
MOST_OPTIONS = 100
"""What Slack shows of a menu."""


def listener(handle: Callable[[Ask], None]) -> Callable[[Args], None]:
    """Acknowledge first; turn refusals into sentences and accidents into a reference that stands in the log too."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        args.ack()
        runtime: Runtime = args.context["runtime"]
        if runtime.repeats.is_repeat(args.body):
            return
        impatient = threading.Timer(runtime.patience_s, _under_way, [args])
        impatient.daemon = True
        impatient.start()

        def work() -> None:
            try:
                _serve(handle, args, _ask)
            finally:
                impatient.cancel()

        later(args, handle.__qualname__, work)

    del listen.__wrapped__
    return listen


def opener(handle: Callable[[Ask], None]) -> Callable[[Args], None]:
    """The same for what opens a modal: at once, since Slack takes that only within three seconds of the press."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        args.ack()
        if not args.context["runtime"].repeats.is_repeat(args.body):
            _serve(handle, args, _ask_in_haste)

    del listen.__wrapped__
    return listen


@dataclass(frozen=True)
class Instead:
    """What a submitted modal shows now, instead of closing."""

    view: Drawing


def form(handle: Callable[[Ask], dict[str, str] | Instead | None]) -> Callable[[Args], None]:
    """For a submitted modal: commit, then close it; or return what to mend, by block id, to show beside the fields."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        ask = _stranger(args)
        wrong: dict[str, str] | Instead | None
        try:
            ask = _ask_in_haste(args)
            wrong = handle(ask)
        except errors.Refusal as refusal:
            wrong = {getattr(refusal, "field", ask.first_field): sentence(refusal, ask.t)}
        except Exception as error:
            wrong = {ask.first_field: _accident(handle.__qualname__, error, ask.t)}
        if isinstance(wrong, Instead):
            args.ack(response_action="update", view=wrong.view)
        elif wrong:
            args.ack(response_action="errors", errors=wrong)
        else:
            args.ack()

    del listen.__wrapped__
    return listen


def menu(handle: Callable[[Ask], list[Drawing]]) -> Callable[[Args], None]:
    """For a menu that asks for its options while somebody types. An accident leaves it empty and stands in the log."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        options: list[Drawing] = []
        try:
            options = handle(_ask_in_haste(args))[:MOST_OPTIONS]
        except errors.Refusal as refusal:
            log.info("menu declined", name=handle.__qualname__, refusal=type(refusal).__name__)
        except Exception as error:
            _accident(handle.__qualname__, error, Words("en"))
        args.ack(options=options)

    del listen.__wrapped__
    return listen


def event(handle: Callable[[Ask], None]) -> Callable[[Args], None]:
    """For what Slack tells unasked: nobody waits for an answer, so an accident only stands in the log."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        runtime: Runtime = args.context["runtime"]
        if not runtime.repeats.is_repeat(args.body):
            later(args, handle.__qualname__, lambda: work(args))

    def work(args: Args) -> None:
        try:
            handle(_ask(args))
        except errors.Refusal as refusal:
            log.info("event declined", name=handle.__qualname__, refusal=type(refusal).__name__)

    del listen.__wrapped__
    return listen


def later(args: Args, name: str, work: Callable[[], None]) -> None:
    """Let something be done among what takes longer; an accident stands in the log."""

    def safely() -> None:
        try:
            work()
        except Exception as error:
            _accident(name, error, Words("en"))

    args.context["working"].submit(safely)


def _serve(handle: Callable[[Ask], None], args: Args, meet: Callable[[Args], Ask]) -> None:
    ask = _stranger(args)
    try:
        ask = meet(args)
        handle(ask)
    except errors.Refusal as refusal:
        ask.answer({"text": mrkdwn(refusal, ask.t)})
    except Exception as error:
        ask.answer({"text": _accident(handle.__qualname__, error, ask.t)})


def _under_way(args: Args) -> None:
    ask = _stranger(args)
    with suppress(Exception):
        ask = _ask_in_haste(args)
    ask.answer({"text": ask.t("Still counting. The answer follows here.")})


def _accident(name: str, error: Exception, t: Words) -> str:
    reference = secrets.token_hex(3)
    log.error("listener failed", name=name, reference=reference, error=type(error).__name__, exc_info=error)
    return t("Something broke on our side. Try again; if it stays, tell your admin the reference {ref}.", ref=reference)


def _stranger(args: Args) -> Ask:
    """Somebody of whom nothing is known yet; enough to tell them of an accident."""
    runtime: Runtime = args.context["runtime"]
    return Ask(runtime, args, 0, str(args.context.user_id or ""), Words("en"), runtime.now())


def _ask(args: Args, *, in_haste: bool = False) -> Ask:
    """The same, once we know the workspace and the language."""
    ask = _stranger(args)
    team = str(args.context.team_id or "")
    met = acquaintance.of(ask.runtime, team, ask.user, now=ask.now, in_haste=in_haste)
    prefix = prefix_of(str(args.body.get("command") or ""))
    if prefix is None:
        prefix = met.prefix
    elif prefix != met.prefix:
        later(args, "command prefix", lambda: _learn(ask.runtime, met.workspace_id, prefix))
    return replace(ask, workspace_id=met.workspace_id, t=Words(met.language, prefix, year=ask.now.year))


def _learn(runtime: Runtime, workspace_id: int, prefix: str) -> None:
    """The names under which this workspace has our commands, from the one just typed."""
    with runtime.store.transaction() as session:
        people.learn_command_prefix(session, workspace_id, prefix)


def _ask_in_haste(args: Args) -> Ask:
    """The same without a question to Slack about somebody whom we know."""
    return _ask(args, in_haste=True)
