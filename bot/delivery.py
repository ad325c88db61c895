"""Carry notices to Slack: claim, post or update outside any transaction, record. The only place that tries again."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import OperationalError

from cspm_core import digests as digests_core
from cspm_core import notices
from cspm_core.notices import Claimed, Notice
from cspm_core.notices.rules import MARGIN, MENDING, MOOT, MOST_ATTEMPTS, wait

from .blocks import Drawing
from .calibrations import jobs as calibrations
from .coaching import jobs as coaching
from .coaching import performance_jobs as performance
from .crises import jobs as crises
from .detectors import jobs as detectors
from .digests import jobs as digests
from .disputes import jobs as disputes
from .escalations import jobs as escalations
from .finding import EVENT, find, is_id
from .first_days import jobs as first_days
from .goals import jobs as goals
from .handovers import jobs as handovers
from .notices import Kind, NotNow
from .privacy import jobs as privacy
from .recognition import jobs as recognition
from .runtime import Runtime
from .samples import jobs as samples
from .speaking import speak
from .staleness import jobs as staleness
from .troubles import Meaning, Trouble, trouble
from .uploads import jobs as uploads
from .watch import jobs as watch
from .welcomes import jobs as welcomes
from .wellbeing import jobs as wellbeing

log = structlog.get_logger(__name__)

KINDS: dict[str, Kind] = {
    **digests.KINDS,
    **first_days.KINDS,
    **escalations.KINDS,
    **detectors.KINDS,
    **watch.KINDS,
    **crises.KINDS,
    **handovers.KINDS,
    **uploads.KINDS,
    **calibrations.KINDS,
    **disputes.KINDS,
    **coaching.KINDS,
    **performance.KINDS,
    **samples.KINDS,
    **privacy.KINDS,
    **welcomes.KINDS,
    **wellbeing.KINDS,
    **goals.KINDS,
    **recognition.KINDS,
    **staleness.KINDS,
}
BEHIND = timedelta(seconds=2)
"""How soon it is looked again whether a message's thread is there."""
DELETED = "message_not_found"
"""Somebody deleted what should be updated."""


class ClaimRanOut(Exception):
    """Too little is left of a claim to send anything on it: another may hold the notice by now."""


class NotYet(Exception):
    """What it stands in the thread of is not in Slack yet."""


def thread_of(runtime: Runtime, notice: Notice) -> tuple[str, str] | None:
    """Channel and ts of the message in whose thread a notice stands; None where it stands alone, or its thread never
    came. Raises NotYet."""
    if notice.thread_id is None:
        return (notice.place, notice.thread_of) if notice.thread_of else None
    with runtime.store.reading() as session:
        parent = notices.notice(session, notice.workspace_id, notice.thread_id)
    if parent is not None and parent.slack_ts is None and parent.failed is None:
        raise NotYet
    return (str(parent.slack_channel), parent.slack_ts) if parent and parent.slack_ts else None


def deliver(runtime: Runtime) -> None:
    """Say and update whatever is due, also what was asked for meanwhile. A poisoned row never blocks the others."""
    tried: set[tuple[int, int]] = set()
    while True:
        with runtime.store.reading() as session:
            due = notices.due(session, now=runtime.now(), real_now=runtime.real_now())
        fresh = [row for row in due if row not in tried]
        if not fresh:
            return
        for row in fresh:
            tried.add(row)
            try:
                carry(runtime, *row)
            except Exception:
                log.exception("notice not recorded", notice=row[1])


def carry(runtime: Runtime, workspace_id: int, notice_id: int) -> None:
    """One notice: into our hands, to Slack, and what became of it written down."""
    now, token = runtime.now(), secrets.token_hex(8)
    with runtime.store.transaction() as session:
        claimed = notices.claim(session, workspace_id, notice_id, token, now=now, real_now=runtime.real_now())
    if claimed is None:
        return
    is_first = claimed.notice.slack_ts is None
    try:
        sent = _say(runtime, claimed, now)
    except ClaimRanOut:
        return
    except (NotYet, OperationalError):  # its thread is not there, or our own store: nothing was sent
        with runtime.store.transaction() as session:
            notices.wait_for(session, claimed, until=now + BEHIND)
        return
    except NotNow as waiting:
        with runtime.store.transaction() as session:
            notices.wait_for(session, claimed, until=waiting.until)
        return
    except Exception as error:
        _not_said(runtime, claimed, error, now)
        return
    _record(runtime, claimed, sent, now, is_first=is_first)


def _say(runtime: Runtime, claimed: Claimed, now: datetime) -> tuple[str, str] | None:
    """Channel and ts of the message as it now stands; None where there is nothing left to say."""
    notice, t = claimed.notice, runtime.words(claimed.notice.workspace_id, claimed.notice.language)
    client = runtime.client(notice.workspace_id)
    thread = _look(runtime, claimed)
    if notice.slack_ts is None and notice.expires_at is not None and notice.expires_at <= now:
        return None
    with runtime.permit, runtime.store.reading() as session:
        drawing = KINDS[notice.kind].draw(session, notice, t, now)
    if drawing is None:
        return None
    place, ts = notice.slack_channel or notice.place, notice.slack_ts
    if ts is None:
        thread = thread or thread_of(runtime, notice)
        place = thread[0] if thread else place
        if not thread and KINDS[notice.kind].needs_thread:
            return None

    def send(drawn: Drawing) -> tuple[str, str]:
        if claimed.until - runtime.real_now() < MARGIN:
            raise ClaimRanOut
        if ts:
            told = client.chat_update(channel=place, ts=ts, **drawn)
        else:
            told = client.chat_postMessage(
                channel=place if is_id(place) else "#" + place.removeprefix("#"),
                thread_ts=thread[1] if thread else notice.thread_of,
                reply_broadcast=(notice.broadcast or None) if thread else None,
                metadata={"event_type": EVENT, "event_payload": {"notice": str(notice.id)}},
                unfurl_links=False,
                unfurl_media=False,
                **drawn,
            )
        return str(told["channel"]), str(told["ts"])

    return speak(runtime, notice.workspace_id, drawing, t, send)


def _look(runtime: Runtime, claimed: Claimed) -> tuple[str, str] | None:
    """Where nobody knows how an earlier attempt ended, Slack is asked before anything else: what stands there is drawn,
    updated and ended as what stands. The message in whose thread it was looked for."""
    notice = claimed.notice
    if not claimed.is_unsure or notice.slack_ts is not None:
        return None
    thread = thread_of(runtime, notice)
    if not thread and KINDS[notice.kind].needs_thread:
        return None
    if found := find(runtime.client(notice.workspace_id), notice, thread):
        notice.slack_channel, notice.slack_ts = found
    return thread


def _record(runtime: Runtime, claimed: Claimed, sent: tuple[str, str] | None, now: datetime, *, is_first: bool) -> None:
    notice = claimed.notice
    with runtime.store.transaction() as session:
        if sent is None:
            notices.give_up(session, claimed, MOOT)
            return
        channel, ts = sent
        if not notices.shown(session, claimed, channel=channel, ts=ts, now=now):
            log.warning("claim ran out before the record", notice=notice.id)
            return
        if not is_id(notice.place):
            digests_core.know_channel(session, notice.workspace_id, notice.place, channel)
        if is_first and (arrived := KINDS[notice.kind].arrived):
            arrived(session, notice)


def _not_said(runtime: Runtime, claimed: Claimed, error: Exception, now: datetime) -> None:
    """When to try again, or that nobody should; whoever can mend it is told."""
    notice, found = claimed.notice, trouble(error)
    if found is None:
        _accident(runtime, claimed, error, now)
        return
    log.warning("notice not delivered", notice=notice.id, kind=notice.kind, code=found.code, meaning=found.meaning)
    with runtime.store.transaction() as session:
        refused = KINDS[notice.kind].refused
        if refused and found.meaning is not Meaning.TRANSIENT and notice.slack_ts is None:
            refused(
                session, notice, found.code, now
            )  # first: every verb locks what a notice is about before the notice
        again = _again(claimed, found, now)
        if found.code == DELETED and KINDS[notice.kind].is_vital:
            notices.say_anew(session, claimed)
        elif again is None:
            notices.give_up(session, claimed, found.code)
        else:
            notices.later(session, claimed, retry_at=again, is_unsure=found.is_unsure or claimed.is_unsure)


def _again(claimed: Claimed, found: Trouble, now: datetime) -> datetime | None:
    """When to try again; None: never. What cannot be updated while its day lasts is left as it stands."""
    if found.meaning is Meaning.TRANSIENT:
        return now + wait(claimed.attempts, at_least=found.wait)
    expires_at = claimed.notice.expires_at
    if found.meaning is Meaning.MENDABLE and (expires_at is None or now < expires_at):
        return now + MENDING
    if found.meaning is Meaning.GONE and expires_at and now < expires_at:
        return now + MENDING
    return None


def _accident(runtime: Runtime, claimed: Claimed, error: Exception, now: datetime) -> None:
    """A defect of ours, not Slack's: the reference stands in the log."""
    log.error(
        "notice not drawn",
        notice=claimed.notice.id,
        kind=claimed.notice.kind,
        reference=claimed.token[:6],
        error=type(error).__name__,
        exc_info=error,
    )
    with runtime.store.transaction() as session:
        if claimed.attempts + 1 >= MOST_ATTEMPTS:
            notices.give_up(session, claimed, "accident")
        else:
            again = now + max(wait(claimed.attempts), timedelta(minutes=1))
            notices.later(session, claimed, retry_at=again, is_unsure=claimed.is_unsure)
