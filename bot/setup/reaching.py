"""Asking Slack about what is chosen in a setup: a channel, people, a user group."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import TypeVar

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from cspm_core import people
from cspm_core.people.naming import is_slack_channel

from .. import acquaintance
from ..acquaintance import Told
from ..asking import Ask
from ..digests.failure_views import BOT
from ..running.channels import channel as channel_told
from ..running.slack import code_of
from .step_forms import ChannelStep, Reach
from .zones import Offer

log = structlog.get_logger(__name__)
Heard = TypeVar("Heard")
ASKED_AT_ONCE = 8
PATIENCE_S = 2.0
"""So long a form may wait for Slack: its acknowledgement is due within three seconds."""
QUESTION_S = 1.2
"""So long for one question of two that a form may ask."""
UNREACHABLE = (SlackApiError, SlackClientError, OSError)


def channel(ask: Ask, named: str | None, patience_s: float | None = None) -> ChannelStep:
    """Whether we are in a channel, as Slack says now; a modal waits no longer than `QUESTION_S` for it."""
    if not named:
        return ChannelStep(None, False, Reach.NONE, "")
    unknown = ChannelStep(named.removeprefix("#"), is_slack_channel(named), Reach.UNKNOWN, "")
    return _in_time(lambda: _channel(ask, named, unknown), unknown, patience_s)


def _in_time(question: Callable[[], Heard], otherwise: Heard, patience_s: float | None = None) -> Heard:
    """What Slack answers; else what stands for it where that takes longer than somebody can wait for it."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="asking")
    answer = pool.submit(question)
    pool.shutdown(wait=False)
    try:
        return answer.result(QUESTION_S if patience_s is None else patience_s)
    except TimeoutError:
        log.warning("Slack is slow")
        return otherwise


def _channel(ask: Ask, named: str, unknown: ChannelStep) -> ChannelStep:
    try:
        told = channel_told(ask.runtime.client(ask.workspace_id), named)
    except UNREACHABLE as error:
        if code_of(error) not in ("channel_not_found", "missing_scope"):
            log.warning("channel unknown", error=type(error).__name__)
            return unknown
        told = {}
    if not told:
        return replace(unknown, reach=Reach.UNSEEN, bot=bot_name(ask))
    found = str(told.get("id") or unknown.channel)
    if told.get("is_archived"):
        return ChannelStep(found, True, Reach.ARCHIVED, "")
    if told.get("is_member"):
        return ChannelStep(found, True, Reach.IN, "")
    return ChannelStep(found, True, Reach.OUT, bot_name(ask))


def bot_name(ask: Ask) -> str:
    """What the bot is called where somebody invites it."""
    try:
        return str(ask.runtime.client(ask.workspace_id).auth_test()["user"])
    except UNREACHABLE as error:
        log.warning("own name unknown", error=type(error).__name__)
        return BOT.removeprefix("@")


@dataclass
class Asked:
    """What Slack said of people: who works here, who does not (by name), and of whom it said nothing in time."""

    known: dict[str, people.SlackProfile] = field(default_factory=dict)
    bots: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)


def about(ask: Ask, users: Sequence[str], until: float) -> Asked:
    """Ask Slack about several people at once, for as long as a form can wait: `until`, on the monotonic clock."""
    found = Asked()
    pool = ThreadPoolExecutor(ASKED_AT_ONCE, thread_name_prefix="asking")
    asked = {one: pool.submit(acquaintance.look_up, ask.runtime, ask.workspace_id, one) for one in users}
    wait(asked.values(), timeout=max(0.0, until - time.monotonic()))
    pool.shutdown(wait=False, cancel_futures=True)
    for user, answer in asked.items():
        _sort(found, user, _told(answer))
    return found


def _told(answer: Future[Told | None]) -> Told | None:
    return answer.result() if answer.done() and not answer.cancelled() else None


def _sort(found: Asked, user: str, told: Told | None) -> None:
    if told is None:
        found.silent.append(user)
    elif told.is_bot:
        found.bots[user] = told.profile.name
    elif told.is_gone:
        found.gone[user] = told.profile.name
    else:
        found.known[user] = told.profile


def groups(ask: Ask) -> Mapping[str, str]:
    """Slack's user groups, name by id; none where Slack does not tell in time."""
    return _in_time(lambda: _groups(ask), {})


def _groups(ask: Ask) -> Mapping[str, str]:
    try:
        told = ask.runtime.client(ask.workspace_id).usergroups_list()["usergroups"]
    except UNREACHABLE as error:
        log.warning("user groups unknown", error=type(error).__name__)
        return {}
    return {str(one["id"]): f"@{one.get('handle') or one.get('name')}" for one in told or []}


def offered_groups(ask: Ask, typed: str) -> list[Offer]:
    """Those whose name holds what was typed."""
    wanted = people.fold(typed).removeprefix("@")
    return [(name, key) for key, name in sorted(groups(ask).items(), key=lambda one: one[1]) if wanted in name.lower()]


def members(ask: Ask, group: str) -> list[str] | None:
    """The users of a group; None where Slack does not tell in time."""
    return _in_time(lambda: _members(ask, group), None)


def _members(ask: Ask, group: str) -> list[str] | None:
    try:
        told = ask.runtime.client(ask.workspace_id).usergroups_users_list(usergroup=group)["users"]
    except UNREACHABLE as error:
        log.warning("user group unknown", error=type(error).__name__)
        return None
    return [str(one) for one in told or []]
